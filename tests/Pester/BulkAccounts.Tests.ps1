BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    $rows = 1..4 | ForEach-Object { @{ email = "row$_@example.com" } }
}

AfterAll { Stop-TestWorkspace }

Describe 'The account of many inputs' {
    AfterEach { Clear-TestFault }

    It 'has an input whose connection could not be asked for' {
        Add-TestFault @{ match = @{ method = 'GET'; path = '*/connections/hubspot' }; status = 500; times = 1 }
        $runs = $rows | Invoke-MembraneAction create-contact hubspot -Ordered -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].Exception.InputIndex | Should -Be 0
        $problems[0].TargetObject.email | Should -Be 'row1@example.com'
        $runs.InputIndex | Should -Be (1..3)
        $runs.Output.email | Should -Be @('row2@example.com', 'row3@example.com', 'row4@example.com')
        $account.Total | Should -Be 4
        $account.Failed | Should -Be 1
        $account.Pending | Should -Be 0
    }

    It 'has an input whose action could not be asked for with -UseAct' {
        Add-TestFault @{ match = @{ method = 'GET'; path = '*/actions/create-contact' }; status = 500; times = 1 }
        $runs = $rows | Invoke-MembraneAction create-contact $crm -UseAct -SkipInputCheck -Ordered -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Exception.InputIndex | Should -Be 0
        $runs.InputIndex | Should -Be (1..3)
        $account.Total | Should -Be 4
    }

    It 'has input that is not valid JSON' {
        Invoke-MembraneAction create-contact $crm -InputJson '{a:' -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Exception.InputIndex | Should -Be 0
        $account.NotSent | Should -Be 1
    }

    It 'has nothing of a checkpoint file of another batch, which ends the command once' {
        $file = Join-Path $TestDrive 'misfit'
        $null = $rows[0] | Invoke-MembraneAction create-contact $crm -CheckpointPath $file
        Clear-TestRequest
        $problem = Get-TestError { $rows | Invoke-MembraneAction create-company $crm -CheckpointPath $file -ErrorAction Continue }
        "$problem" | Should -Match 'belongs to another batch'
        @(Get-TestRequest | Where-Object path -like '*/run').Count | Should -Be 0
    }

    It 'has what was declined' {
        $rows | Invoke-MembraneAction create-contact $crm -WhatIf -SummaryVariable account
        $account.Total | Should -Be 4
        $account.NotSent | Should -Be 4
    }

    It 'has an error of its own for each input that failed for the same reason' {
        Add-TestFault @{ match = @{ method = 'GET'; path = '*/actions/create-contact' }; status = 500; delayMs = 200 }
        $null = $rows | Invoke-MembraneAction create-contact $crm -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Exception.InputIndex | Sort-Object | Should -Be (0..3)
        foreach ($problem in $problems) { $problem.TargetObject.email | Should -Be $rows[$problem.Exception.InputIndex].email }
    }

    It 'knows what was never sent when the command is stopped' {
        Add-TestFault @{ match = @{ path = '*/run' }; status = 429; headers = @{ 'Retry-After' = '30' } }
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context, $crm) Import-Module $module; 1..50 | ForEach-Object { @{ email = "s$_@example.com" } } | Invoke-MembraneAction create-contact $crm -Context $context -SummaryVariable global:account').AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($crm)
        Clear-TestRequest
        $running = $shell.BeginInvoke()
        while (@(Get-TestRequest | Where-Object status -eq 429).Count -lt 1) { Start-Sleep -Milliseconds 30; if ($running.IsCompleted) { throw 'It ended too early.' } }
        # The answers of what was sent together with it have come by now, too.
        Start-Sleep -Milliseconds 500
        $shell.Stop()
        $shell.Commands.Clear()
        $account = $shell.AddScript('$global:account').Invoke()[0]
        $account.Total | Should -BeGreaterThan 7
        $account.Pending | Should -Be 0
        $account.Unknown | Should -Be 0
        $account.NotSent | Should -Be $account.Total
        $shell.Dispose()
    }
}

Describe 'What fails after the change is done' {
    AfterEach { Clear-TestFault }

    It 'leaves open whether it was done: <Name>' -ForEach @(
        @{ Name = 'Set-MembraneRecord'; Command = { Set-MembraneRecord contacts $crm -Record $record.Id -Fields @{ firstName = "Later" } -PassThru @with }; Path = '*/find-by-id' }
        @{ Name = 'Update-MembraneConnectionCredential'; Command = { Update-MembraneConnectionCredential $crm -PassThru @with }; Path = '/connections/*' }
        @{ Name = 'Restore-MembraneConnection'; Command = { Restore-MembraneConnection $crm.Id -PassThru @with }; Path = '/connections/*' }
        @{ Name = 'Disconnect-MembraneConnection'; Command = { Disconnect-MembraneConnection $spare -PassThru -Confirm:$false @with }; Path = '/connections/*' }
        @{ Name = 'Restore-MembraneTenant'; Command = { Restore-MembraneTenant $tenant.Id -PassThru -Context manager @with }; Path = '/customers/*' }
        @{ Name = 'Start-MembraneFlow'; Command = { Start-MembraneFlow $flow -Wait @with }; Path = '/flow-runs/*' }
        @{ Name = 'Restore-MembraneElement'; Command = { Restore-MembraneElement flow $flow.Id -Connection $crm -PassThru @with }; Path = '/flows/*' }
        @{ Name = 'Stop-MembraneFlowRun'; Command = { Stop-MembraneFlowRun (Start-MembraneFlow $flow).Id -PassThru @with }; Path = '/flow-runs/*' }
    ) {
        if (-not $record) {
            $script:record = New-MembraneRecord contacts $crm -Fields @{ email = 'read-back@example.com' }
            $script:spare = New-TestConnection slack -Name 'Spare'
            Connect-Membrane -Emulator -Manager -Name manager
            $script:tenant = Get-MembraneTenant ada -Context manager
            Select-MembraneContext default
            # Two nodes that start each other go on for a long time.
            $script:flow = Get-MembraneFlow (Invoke-MembraneRequest /flows -Method POST -Body @{ name = 'Endless'; connectionId = $crm.Id; nodes = @{
                        ping = @{ type = 'transform-data'; name = 'Ping'; links = @(@{ key = 'pong' }) }
                        pong = @{ type = 'transform-data'; name = 'Pong'; links = @(@{ key = 'ping' }) }
                    } }).id
        }

        foreach ($status in 500, 404) {
            Add-TestFault @{ match = @{ method = $(if ($Path -like '*find*') { 'POST' } else { 'GET' }); path = $Path }; status = $status }
            Clear-TestRequest
            $with = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
            if ($Name -ne 'Restore-MembraneElement') { $with.SummaryVariable = 'account' }
            $account = $problems = $null
            $null = . $Command
            Clear-TestFault
            @(Get-TestRequest | Where-Object status -eq $status).Count | Should -BeGreaterThan 0
            $problems.Exception.Outcome | Should -Be 'Unknown'
            if ($with.SummaryVariable) { $account.Unknown | Should -Be 1 }
        }
    }

    It 'leaves open what became of a flow that takes too long' {
        $null = Start-MembraneFlow $flow -Wait -TimeoutSec 1 -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        $problems.Exception.Outcome | Should -Be 'Unknown'
        $problems.Exception.LastSeen | Should -BeOfType ([Membrane.FlowRun])
        $account.Unknown | Should -Be 1
    }
}

Describe 'A rehearsal' {
    It 'refuses what the run refuses, in its place' {
        $null = @{ email = 'a@example.com' }, @{ amount = [double]::NaN } | Invoke-MembraneAction create-contact $crm -WhatIf -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'Invalid*'
        $problems[0].Exception.InputIndex | Should -Be 1
        $account.Total | Should -Be 2
    }
}

Describe 'The pages of an action' {
    BeforeEach { Clear-TestRequest }
    AfterEach { Clear-TestFault }

    It 'are asked for as the first one was' {
        Add-TestFault @{ match = @{ path = '/act' }; status = 200; body = @{ output = @{ next = 'p2' } }; times = 1 }
        Add-TestFault @{ match = @{ path = '/act' }; status = 200; body = @{ output = @{ last = $true } }; times = 1 }
        $runs = Invoke-MembraneAction list-contacts $crm -UseAct -SkipInputCheck -CursorProperty next -CursorInput cursor
        $runs.Count | Should -Be 2
        @(Get-TestRequest | Where-Object method -eq POST).path | Should -Be @('/act', '/act')
    }

    It 'end with an error where a cursor leads back, for that input alone' {
        foreach ($cursor in 'a', 'b', 'a', 'b') { Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ next = $cursor } }; times = 1 } }
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ last = $true } } }
        $runs = Invoke-MembraneAction list-contacts $crm -SkipInputCheck -CursorProperty next -CursorInput cursor -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        @($runs).Count | Should -Be 3
        $problems.FullyQualifiedErrorId | Should -BeLike 'MalformedResponse,*'
        $problems.Exception.InputIndex | Should -Be 0
        "$($account.Succeeded) $($account.Failed + $account.NotSent)" | Should -Be '3 1'
        # A cursor that stays the same is how some apps say that there is no more.
        Clear-TestFault
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ next = 7 } } }
        @(Invoke-MembraneAction list-contacts $crm -SkipInputCheck -CursorProperty next -CursorInput cursor -ErrorAction Stop).Count | Should -Be 2
    }

    It 'are repeated with -RetryUnknown' {
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ next = 'p2' } }; times = 1 }
        Add-TestFault @{ match = @{ path = '*/run' }; drop = 'after'; times = 1 }
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ last = $true } }; times = 1 }
        @(Invoke-MembraneAction list-contacts $crm -SkipInputCheck -RetryUnknown -CursorProperty next -CursorInput cursor -ErrorAction Stop).Count | Should -Be 2
    }

    It 'belong to their input' {
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ next = 'p2' } }; times = 2 }
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ last = $true } }; times = 1 }
        Add-TestFault @{ match = @{ path = '*/run' }; status = 400; times = 1 }
        $runs = @{ limit = 1 }, @{ limit = 2 } | Invoke-MembraneAction list-contacts $crm -SkipInputCheck -CursorProperty next -CursorInput cursor -Ordered -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        $runs.InputIndex | Should -Be @(0, 1, 0)
        $problems.Exception.InputIndex | Should -Be 1
        $problems.TargetObject.limit | Should -Be 2
        $account.Total | Should -Be 4
    }

    It 'are checked against the schema of their own action' {
        $made = 'cursor', 'other' | ForEach-Object {
            New-MembraneAction -Name "Pages by $_" -Connection $crm -Type api-request-to-external-app -Config @{ request = @{ method = 'GET'; path = '/contacts' } } -InputSchema @{ type = 'object'; properties = @{ $_ = @{ type = 'string' } }; additionalProperties = $false }
        }
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ next = 'p2' } }; times = 1 }
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ last = $true } } }
        $runs = $made | Invoke-MembraneAction -Connection $crm -CursorProperty next -CursorInput cursor -Ordered -ThrottleLimit 1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -BeNullOrEmpty
        $runs.InputIndex | Should -Be @(0, 1, 0)
    }
}
