BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot -Name 'CRM'

    function New-TestFlow {
        param([string] $Name, [hashtable] $Nodes)
        $made = Invoke-MembraneRequest /flows -Method POST -Body @{ name = $Name; connectionId = $hubspot.Id; nodes = $Nodes }
        Get-MembraneFlow $made.id
    }

    $import = New-TestFlow 'Import contacts' @{
        begin = @{ type = 'api-trigger'; name = 'Begin'; links = @(@{ key = 'create' }) }
        create = @{ type = 'run-action'; name = 'Create'; config = @{ actionKey = 'create-contact' } }
    }
    # Two nodes that start each other go on for a long time.
    $endless = New-TestFlow 'Endless' @{
        ping = @{ type = 'transform-data'; name = 'Ping'; links = @(@{ key = 'pong' }) }
        pong = @{ type = 'transform-data'; name = 'Pong'; links = @(@{ key = 'ping' }) }
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Get-MembraneFlow' {
    It 'lists flows, typed, with wildcards, paging and search' {
        $flows = Get-MembraneFlow
        $flows.Id | Should -Contain $import.Id
        $flows[0] | Should -BeOfType ([Membrane.Flow])
        (Get-MembraneFlow -Name 'import*').Id | Should -Be $import.Id
        (Get-MembraneFlow -Search Endless).Id | Should -Be $endless.Id
        (Get-MembraneFlow -First 1 -Skip 1).Id | Should -Be $flows[1].Id
        (Get-MembraneFlow -PageSize 1).Id | Should -Be $flows.Id
        ($hubspot | Get-MembraneFlow).Id | Should -Contain $import.Id
        Get-MembraneFlow -Name 'nothing*' | Should -BeNullOrEmpty
    }

    It 'gets flows by id and key, with their nodes as ordinary objects' {
        (Get-MembraneFlow $import.Id).Nodes.create.type | Should -Be 'run-action'
        (Get-MembraneFlow $import.Key -Connection $hubspot).Id | Should -Be $import.Id
        (Get-MembraneFlow -Flow $import, $endless).Id | Should -Be @($import.Id, $endless.Id)
    }

    It 'goes on after one that is not there' {
        $found = Get-MembraneFlow nope, $import.Id -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Id | Should -Be $import.Id
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem[0].TargetObject | Should -Be 'nope'
    }

    It 'completes the keys of integrations' {
        foreach ($line in 'Get-MembraneFlow -IntegrationKey hubs', 'Start-MembraneFlow x -IntegrationKey hubs') {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'hubspot'
        }
    }

    It 'completes, and shows a table and a list' {
        $line = 'Start-MembraneFlow -Flow import'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain $import.Key
        ($import | Format-Table | Out-String) | Should -Match 'Import contacts'
        ($import | Format-List | Out-String) | Should -Match '(?m)^Nodes +:'
    }
}

Describe 'Start-MembraneFlow' {
    It 'starts a run, and what it gave can be received' {
        $output = Start-MembraneFlow $import -InputObject @{ email = 'f1@example.com'; firstName = 'Flo' } -Wait | Receive-MembraneFlowRun
        $output.email | Should -Be 'f1@example.com'
        (Find-MembraneRecord contacts -Match @{ email = 'f1@example.com' } -Connection $hubspot).Fields.firstName | Should -Be 'Flo'
    }

    It 'emits the run at once without -Wait' {
        $run = Start-MembraneFlow $endless
        $run | Should -BeOfType ([Membrane.FlowRun])
        $run.State | Should -BeIn 'queued', 'running'
        $run.ConnectionId | Should -Be $hubspot.Id
        $run | Stop-MembraneFlowRun
    }

    It 'sends node, input, meta and connection' {
        Clear-TestRequest
        $run = Start-MembraneFlow $import.Id -Connection hubspot -NodeKey create -InputJson '{"email":"f2@example.com"}' -Meta @{ why = 'test' } -Wait
        $run.StartNodeKey | Should -Be 'create'
        $run.Meta.why | Should -Be 'test'
        $sent = Get-TestRequest | Where-Object { $_.method -eq 'POST' }
        $sent.path | Should -Be "/flows/$($import.Id)/run"
        $sent.query | Should -Be "connectionId=$($hubspot.Id)"
        $body = if ($sent.body -is [string]) { $sent.body | ConvertFrom-Json } else { $sent.body }
        $body.PSObject.Properties.Name | Sort-Object | Should -Be @('input', 'meta', 'nodeKey')
    }

    It 'starts once for each input of the pipeline' {
        $rows = 'email', 'p1@example.com', 'p2@example.com' | ConvertFrom-Csv
        $runs = $rows | Start-MembraneFlow -Flow $import -Wait
        $runs.State | Should -Be @('completed', 'completed')
        ($runs | Receive-MembraneFlowRun).email | Should -Be $rows.email
    }

    It 'emits a run that fails, with an error that says why' {
        $run = Start-MembraneFlow $import -InputObject @{ firstName = 'no address' } -Wait -ErrorVariable problem -ErrorAction SilentlyContinue
        $run.State | Should -Be 'failed'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'FlowRunFailed,*'
        $problem[0].TargetObject.Id | Should -Be $run.Id
        "$($problem[0])" | Should -Match 'email'
        $run.Errors[0] | Should -BeOfType ([Membrane.ErrorData])
    }

    It 'sends nothing with -WhatIf' {
        Clear-TestRequest
        Start-MembraneFlow $import -InputObject @{ email = 'x@example.com' } -Wait -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuses before any request: <Name>' -ForEach @(
        @{ Name = 'a path for a flow'; Command = { Start-MembraneFlow '../x' -ErrorAction Stop } }
        @{ Name = 'white space for a node'; Command = { Get-MembraneFlowRun fr_1 -NodeKey ' ' -ErrorAction Stop } }
        @{ Name = 'text that is not valid JSON'; Command = { Start-MembraneFlow $import -InputJson '{a' -ErrorAction Stop } }
        @{ Name = 'a path for a run'; Command = { Get-MembraneFlowRun 'a/b' -ErrorAction Stop } }
        @{ Name = 'an output of no node'; Command = { Receive-MembraneFlowRun fr_1 -OutputId o -ErrorAction Stop } }
        @{ Name = 'a path for a node'; Command = { Receive-MembraneFlowRun fr_1 -NodeKey '..' -ErrorAction Stop } }
    ) {
        Clear-TestRequest
        (Get-TestError $Command).FullyQualifiedErrorId | Should -Match '^Invalid(Input|Json),'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'does not start twice when the answer is lost' {
        Add-TestFault @{ match = @{ method = 'POST'; path = '/flows/*' }; drop = 'after'; times = 1 }
        Clear-TestRequest
        (Get-TestError { Start-MembraneFlow $import -InputObject @{ email = 'once@example.com' } -ErrorAction Stop }).Exception.Outcome | Should -Be 'Unknown'
        @(Get-TestRequest | Where-Object method -eq POST).Count | Should -Be 1
        Clear-TestFault
    }
}

Describe 'Flow runs' {
    BeforeAll {
        $done = Start-MembraneFlow $import -InputObject @{ email = 'done@example.com' } -Wait
    }

    It 'are listed with filters' {
        (Get-MembraneFlowRun).Count | Should -BeGreaterThan 3
        (Get-MembraneFlowRun -First 1).Id | Should -Be $done.Id
        (Get-MembraneFlowRun -State failed).State | Select-Object -Unique | Should -Be 'failed'
        (Get-MembraneFlowRun -Flow $import).Id | Should -Contain $done.Id
        ($endless | Get-MembraneFlowRun).Id | Should -Not -Contain $done.Id
        (Get-MembraneFlowRun -Flow $import.Key -Connection hubspot).Id | Should -Contain $done.Id
        Get-MembraneFlowRun -To (Get-Date).AddDays(-1) | Should -BeNullOrEmpty
        (Get-MembraneFlowRun -From (Get-Date).AddDays(-1) -PageSize 2).Id | Should -Contain $done.Id
    }

    It 'are read by id and object' {
        $again = Get-MembraneFlowRun $done.Id
        $again.State | Should -Be 'completed'
        $again.Nodes.create.state | Should -Be 'completed'
        $again.Duration | Should -BeOfType ([timespan])
        ($done | Get-MembraneFlowRun).Id | Should -Be $done.Id
        $null = Get-MembraneFlowRun nope, $done.Id -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].TargetObject | Should -Be 'nope'
    }

    It 'have runs and outputs of nodes' {
        $nodeRun = $done | Get-MembraneFlowRun -NodeKey create
        $nodeRun | Should -BeOfType ([Membrane.FlowNodeRun])
        $nodeRun.Status | Should -Be 'completed'
        $nodeRun.FlowRunId | Should -Be $done.Id
        (Get-MembraneFlowRun $done -NodeKey create -NodeRunId $nodeRun.Id).Id | Should -Be $nodeRun.Id
        ($done | Receive-MembraneFlowRun -NodeKey create).email | Should -Be 'done@example.com'
        (Receive-MembraneFlowRun $done begin, create).email | Should -Be @('done@example.com', 'done@example.com')
        (Receive-MembraneFlowRun $done create -OutputId $nodeRun.Outputs[0].id).email | Should -Be 'done@example.com'
        ($nodeRun | Format-Table | Out-String -Width 200) | Should -Match 'create'
    }

    It 'can be waited for and stopped' {
        $run = Start-MembraneFlow $endless
        $problem = Get-TestError { $run | Wait-MembraneFlowRun -TimeoutSec 1 -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        $run | Stop-MembraneFlowRun -WhatIf
        (Get-MembraneFlowRun $run).State | Should -Be 'running'
        Stop-MembraneFlowRun $run.Id | Should -BeNullOrEmpty
        ($run | Stop-MembraneFlowRun -PassThru).State | Should -Be 'stopped'
        $ended = $run.Id | Wait-MembraneFlowRun -ErrorVariable problems -ErrorAction SilentlyContinue
        $ended.State | Should -Be 'stopped'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'FlowRunFailed,*'
    }

    It 'takes its progress away when time is up: <Name>' -ForEach @(
        @{ Name = 'Wait-MembraneFlowRun'; Command = 'Wait-MembraneFlowRun $id -TimeoutSec 1 -Context $context' }
        @{ Name = 'Start-MembraneFlow'; Command = 'Start-MembraneFlow $id -Wait -TimeoutSec 1 -Context $context' }
    ) {
        $run = if ($Name -like 'Wait-*') { Start-MembraneFlow $endless }
        $shell = [powershell]::Create()
        $null = $shell.AddScript("param(`$module, `$context, `$id) Import-Module `$module; $Command")
        $null = $shell.AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($(if ($run) { $run.Id } else { $endless.Id })).Invoke()
        $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        @($shell.Streams.Progress)[-1].RecordType | Should -Be 'Completed'
        $shell.Dispose()
        Get-MembraneFlowRun -Flow $endless -State running | Stop-MembraneFlowRun
    }

    It 'show a table and a list' {
        ($done | Format-Table | Out-String -Width 200) | Should -Match 'completed'
        ($done | Format-List | Out-String) | Should -Match 'LaunchedBy'
    }

    It 'refuse objects of another kind from the pipeline' {
        Clear-TestRequest
        { Get-Date | Stop-MembraneFlowRun -ErrorAction Stop } | Should -Throw
        @(Get-TestRequest).Count | Should -Be 0
    }
}
