BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    Connect-Membrane -Emulator -Manager -Name manager
    Connect-Membrane -Emulator -TenantKey ada
    $crm = New-TestConnection hubspot -Name 'CRM'
    $connections = 1..6 | ForEach-Object { New-TestConnection hubspot -Name "Many $_" -AllowMultipleConnections }
    $flow = Get-MembraneFlow (Invoke-MembraneRequest /flows -Method POST -Body @{
            name = 'Many'; connectionId = $crm.Id
            nodes = @{ begin = @{ type = 'api-trigger'; name = 'Begin' } }
        }).id

    function New-TestRow([int] $Count) { 1..$Count | ForEach-Object { @{ email = "many$_@example.com"; firstName = "Person $_" } } }
    function New-TestRecord([int] $Count) { New-TestRow $Count | New-MembraneRecord contacts $crm | Get-MembraneRecord }
    function Get-Arrived([string] $Method, [string] $Path) { @(Get-TestRequest | Where-Object { $_.method -eq $Method -and $_.path -like $Path }).Count }

    # Runs a command for items in a runspace of its own.
    function Start-Bulk([string] $Command, [object[]] $Item, [string] $ContextName = 'default') {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("param(`$module, `$context, `$items, `$crm, `$flow) Import-Module `$module; $Command")
        $null = $shell.AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext $ContextName)).AddArgument($Item).AddArgument($crm).AddArgument($flow)
        [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Changing and reading many' {
    AfterEach {
        Clear-TestFault
        Get-MembraneRecord contacts $crm | Remove-MembraneRecord -Confirm:$false
    }

    It 'works on as many at once as the throttle says, and never on more: <Command>' -ForEach @(
        @{ Items = 'rows'; Method = 'POST'; Path = '*/create'; Command = 'New-MembraneRecord contacts $crm' }
        @{ Items = 'records'; Method = 'POST'; Path = '*/update'; Command = 'Set-MembraneRecord contacts $crm -Fields @{ lastName = "Changed" }' }
        @{ Items = 'records'; Method = 'POST'; Path = '*/delete'; Command = 'Remove-MembraneRecord contacts $crm -Confirm:$false' }
        @{ Items = 'records'; Method = 'POST'; Path = '*/find-by-id'; Command = 'Get-MembraneRecord contacts -Connection $crm' }
        @{ Items = 'connections'; Method = 'POST'; Path = '*/test'; Command = 'Test-MembraneConnection' }
        @{ Items = 'connections'; Method = 'POST'; Path = '*/refresh-credentials'; Command = 'Update-MembraneConnectionCredential' }
        @{ Items = 'connections'; Method = 'PATCH'; Path = '/connections/*'; Command = 'Set-MembraneConnection -Meta @{ changed = $true }' }
        @{ Items = 'connections'; Method = 'DELETE'; Path = '/connections/*'; Command = 'Remove-MembraneConnection -Confirm:$false' }
        @{ Items = 'connections'; Method = 'POST'; Path = '*/restore'; Command = 'Restore-MembraneConnection' }
        @{ Items = 'connections'; Method = 'GET'; Path = '/connections/*'; Command = 'Get-MembraneConnection' }
        @{ Items = 'rows'; Method = 'POST'; Path = '/flows/*/run'; Command = 'Start-MembraneFlow $flow' }
        @{ Items = 'runs'; Method = 'POST'; Path = '/flow-runs/*/stop'; Command = 'Stop-MembraneFlowRun' }
        @{ Items = 'runs'; Method = 'GET'; Path = '/flow-runs/*'; Command = 'Get-MembraneFlowRun' }
        @{ Items = 'names'; Method = 'POST'; Path = '/customers'; Command = 'New-MembraneTenant'; ContextName = 'manager' }
        @{ Items = 'tenants'; Method = 'PATCH'; Path = '/customers/*'; Command = 'Set-MembraneTenant -Fields @{ plan = "pro" }'; ContextName = 'manager' }
        @{ Items = 'tenants'; Method = 'GET'; Path = '/customers/*'; Command = 'Get-MembraneTenant'; ContextName = 'manager' }
    ) {
        $given = switch ($Items) {
            'rows' { New-TestRow 6 }
            'records' { New-TestRecord 6 | ForEach-Object Id }
            'connections' { $connections.Id }
            'runs' { New-TestRow 6 | Start-MembraneFlow $flow | ForEach-Object Id }
            'names' { 1..6 | ForEach-Object { [pscustomobject]@{ Name = "Tenant $([guid]::NewGuid())" } } }
            'tenants' { 1..6 | ForEach-Object { New-MembraneTenant "Tenant $_" -Context manager } | ForEach-Object Id }
        }
        # The service holds every answer back until the fault is cleared; what has arrived by then is what is under way.
        Add-TestFault @{ match = @{ method = $Method; path = $Path }; delayMs = 600000 }
        Clear-TestRequest
        $who = if ($ContextName) { $ContextName } else { 'default' }
        $bulk = Start-Bulk "`$items | $Command -ThrottleLimit 3 -Context `$context" $given $who
        while ((Get-Arrived $Method $Path) -lt 3) { Start-Sleep -Milliseconds 20; if ($bulk.Running.IsCompleted) { throw "It ended too early: $($bulk.Shell.Streams.Error)" } }
        Start-Sleep -Milliseconds 100
        Get-Arrived $Method $Path | Should -Be 3
        Clear-TestFault
        $null = $bulk.Shell.EndInvoke($bulk.Running)
        $bulk.Shell.Streams.Error | Should -BeNullOrEmpty
        Get-Arrived $Method $Path | Should -Be 6
        $bulk.Shell.Dispose()
    }

    It 'emits in the order of the input, even when the first is the slowest' {
        Add-TestFault @{ match = @{ path = '*/create' }; delayMs = 300; times = 1 }
        Add-TestFault @{ match = @{ path = '*/find-by-id' }; delayMs = 300; times = 1 }
        $records = New-TestRecord 20
        $records.Fields.email | Should -Be (1..20 | ForEach-Object { "many$_@example.com" })
    }

    It 'changes one thing several times in the order of the input' {
        $record = New-TestRecord 1
        Add-TestFault @{ match = @{ path = '*/update' }; delayMs = 200; times = 1 }
        $changes = 'first', 'second', 'third' | ForEach-Object { $change = Get-MembraneRecord contacts $crm -Record $record.Id; $change.Fields.firstName = $_; $change }
        $changes | Set-MembraneRecord
        ($record | Get-MembraneRecord).Fields.firstName | Should -Be 'third'
    }

    It 'gives each input exactly one result or one error, numbered' {
        $records = New-TestRecord 3
        $given = $records[0].Id, 'nope', $records[1].Id, 'nope too', $records[2].Id
        $changed = $given | Set-MembraneRecord contacts $crm -Fields @{ lastName = 'X' } -PassThru -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        $changed.Id | Should -Be $records.Id
        $problems.Exception.InputIndex | Should -Be @(1, 3)
        $problems.TargetObject | Should -Be @('nope', 'nope too')
        $account.Total | Should -Be 5
        $account.Succeeded | Should -Be 3
        $account.Failed | Should -Be 2
        $found = $given | Get-MembraneRecord contacts -Connection $crm -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Id | Should -Be $records.Id
        $problems.TargetObject | Should -Be @('nope', 'nope too')
    }

    It 'accounts for every input when answers are lost, and creates nothing twice' {
        Add-TestFault @{ match = @{ method = 'POST'; path = '*/create' }; drop = 'after'; probability = 0.2 }
        $made = New-TestRow 80 | New-MembraneRecord contacts $crm -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        Clear-TestFault
        @($made).Count | Should -Be $account.Succeeded
        @($problems).Count | Should -Be $account.Unknown
        ($account.Succeeded + $account.Unknown) | Should -Be 80
        $account.Unknown | Should -BeGreaterThan 0
        $there = Get-MembraneRecord contacts $crm
        $there | Group-Object { $_.Fields.email } | Where-Object Count -gt 1 | Should -BeNullOrEmpty
        $made.Id | Where-Object { $_ -notin $there.Id } | Should -BeNullOrEmpty
    }

    It 'counts a run that fails as failed' {
        $failing = Get-MembraneFlow (Invoke-MembraneRequest /flows -Method POST -Body @{
                name = 'Fails'; connectionId = $crm.Id
                nodes = @{
                    begin = @{ type = 'api-trigger'; name = 'Begin'; links = @(@{ key = 'create' }) }
                    create = @{ type = 'run-action'; name = 'Create'; config = @{ actionKey = 'there-is-none' } }
                }
            }).id
        $runs = 1..3 | ForEach-Object { @{ number = $_ } } | Start-MembraneFlow $failing -Wait -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        $runs.State | Should -Be @('failed', 'failed', 'failed')
        $problems.Exception.InputIndex | Should -Be (0..2)
        $account.Failed | Should -Be 3
    }

    It 'answers -Quiet in the order of the input' {
        Disconnect-MembraneConnection $connections[2] -Confirm:$false
        Add-TestFault @{ match = @{ path = '*/test' }; delayMs = 200; times = 2 }
        $connections[0..3] | Test-MembraneConnection -Quiet | Should -Be @($true, $true, $false, $true)
    }

    It 'asks in the order of the input, and sends nothing with -WhatIf' {
        $records = New-TestRecord 5
        Clear-TestRequest
        $records | Set-MembraneRecord -Fields @{ lastName = 'X' } -WhatIf
        $records | Remove-MembraneRecord -WhatIf
        $connections | Update-MembraneConnectionCredential -WhatIf
        New-TestRow 3 | Start-MembraneFlow $flow -WhatIf
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'leaves nothing under way after Select-Object -First: <Command>' -ForEach @(
        @{ Path = '*/create'; Command = 'New-MembraneRecord contacts $crm' }
        @{ Path = '/flows/*/run'; Command = 'Start-MembraneFlow $flow' }
    ) {
        # The first four are answered, the others are held back. If the first input comes late, it is, too: its result is waited for.
        Add-TestFault @{ match = @{ path = $Path }; times = 4 }
        Add-TestFault @{ match = @{ path = $Path }; delayMs = 10000 }
        Clear-TestRequest
        $bulk = Start-Bulk "`$items | $Command -Context `$context -ThrottleLimit 4 | Select-Object -First 1" (New-TestRow 100)
        @($bulk.Shell.EndInvoke($bulk.Running)).Count | Should -Be 1
        Assert-TestNothingFollow $Path -ThrottleLimit 4
        $bulk.Shell.Dispose()
    }

    It 'ends at once when it is stopped' {
        Add-TestFault @{ match = @{ path = '*/create' }; delayMs = 30000 }
        Clear-TestRequest
        $bulk = Start-Bulk '$items | New-MembraneRecord contacts $crm -Context $context -SummaryVariable global:account' (New-TestRow 30)
        while ((Get-Arrived POST '*/create') -lt 8) { Start-Sleep -Milliseconds 30; if ($bulk.Running.IsCompleted) { throw 'It ended too early.' } }
        $bulk.Shell.Stop()
        $bulk.Shell.Commands.Clear()
        $account = $bulk.Shell.AddScript('$global:account').Invoke()[0]
        $account.Pending | Should -Be 0
        $account.Unknown | Should -BeGreaterThan 0
        ($account.Unknown + $account.NotSent) | Should -Be $account.Total
        $bulk.Shell.Dispose()
    }
}
