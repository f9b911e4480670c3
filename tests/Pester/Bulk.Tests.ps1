BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    # The documented secret for development.
    $secret = 'emulator-development-secret-not-for-production-0123456789abcdef0'

    function New-TestRow([int] $Count) { 1..$Count | ForEach-Object { [pscustomobject]@{ email = "person$_@example.com"; firstName = "Person $_" } } }
    function Get-Made { @((Invoke-MembraneAction list-contacts $crm -InputObject @{ limit = 1000 }).Output.items) }
    function Clear-Made { Get-Made | ForEach-Object { @{ id = $_.id } } | Invoke-MembraneAction (Get-DeleteAction) $crm | Out-Null }
    function Get-DeleteAction {
        if (-not $script:deleteAction) {
            $null = New-MembraneAgentSession "Create an action to delete a contact for connection $($crm.Id)" | Wait-MembraneAgentSession -TimeoutSec 60
            $script:deleteAction = (Find-MembraneAction 'delete a contact' $crm | Select-Object -First 1).Key
        }

        $script:deleteAction
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Running many inputs' {
    AfterEach { Clear-TestFault; Clear-Made }

    It 'gives each input exactly one result, numbered' {
        $runs = New-TestRow 100 | Invoke-MembraneAction create-contact $crm -SummaryVariable account
        $runs.Count | Should -Be 100
        $runs.InputIndex | Sort-Object | Should -Be (0..99)
        foreach ($run in $runs) { $run.Output.email | Should -Be "person$($run.InputIndex + 1)@example.com" }
        $account.Total | Should -Be 100
        $account.Succeeded | Should -Be 100
        $account.Pending | Should -Be 0
    }

    It 'works on as many at once as the throttle says, and never on more' {
        # The service holds every answer back until the fault is cleared; what has arrived by then is what is under way.
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 600000 }
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context, $crm) Import-Module $module; 1..12 | ForEach-Object { @{ email = "t$_@example.com" } } | Invoke-MembraneAction create-contact $crm -Context $context -ThrottleLimit 3').AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($crm)
        Clear-TestRequest
        $running = $shell.BeginInvoke()
        while (@(Get-TestRequest | Where-Object path -like '*/run').Count -lt 3) { Start-Sleep -Milliseconds 20; if ($running.IsCompleted) { throw "It ended too early: $($shell.Streams.Error)" } }
        Start-Sleep -Milliseconds 100
        @(Get-TestRequest | Where-Object path -like '*/run').Count | Should -Be 3
        Clear-TestFault
        $shell.EndInvoke($running).Count | Should -Be 12
        $shell.Dispose()
    }

    It 'keeps the order with -Ordered, even when the first is the slowest' {
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 300; times = 1 }
        $runs = New-TestRow 20 | Invoke-MembraneAction create-contact $crm -Ordered
        $runs.InputIndex | Should -Be (0..19)
    }

    It 'emits results while input still comes' {
        $order = [System.Collections.Generic.List[string]]::new()
        1..40 | ForEach-Object { $order.Add('in'); Start-Sleep -Milliseconds 5; @{ email = "p$_@example.com" } } |
            Invoke-MembraneAction create-contact $crm -ThrottleLimit 2 | ForEach-Object { $order.Add('out') }
        $order.IndexOf('out') | Should -BeLessThan $order.LastIndexOf('in')
    }

    It 'reads properties that are script on the pipeline thread' {
        $row = [pscustomobject]@{ first = 'a' } | Add-Member -MemberType ScriptProperty -Name email -Value { $this.first + '@example.com' } -PassThru
        ($row | Invoke-MembraneAction create-contact $crm).Output.email | Should -Be 'a@example.com'
    }

    It 'counts every input when answers are lost and connections break' {
        Add-TestFault @{ match = @{ method = 'POST'; path = '*/run' }; drop = 'after'; probability = 0.15 }
        Add-TestFault @{ match = @{ method = 'POST'; path = '*/run' }; drop = 'before'; probability = 0.15 }
        $runs = New-TestRow 150 | Invoke-MembraneAction create-contact $crm -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        Clear-TestFault
        $account.Total | Should -Be 150
        ($account.Succeeded + $account.Failed + $account.NotSent + $account.Unknown) | Should -Be 150
        (@($runs.InputIndex) + @($problems.Exception.InputIndex)) | Sort-Object | Should -Be (0..149)
        $problems.Exception.Outcome | Select-Object -Unique | Should -Be 'Unknown'
        $made = Get-Made
        ($made | Group-Object email | Where-Object Count -gt 1) | Should -BeNullOrEmpty
        foreach ($run in $runs) { $made.email | Should -Contain $run.Output.email }
    }

    It 'repeats what is unknown only with -RetryUnknown' {
        Add-TestFault @{ match = @{ method = 'POST'; path = '*/run' }; drop = 'after'; times = 1 }
        (@{ email = 'twice@example.com' } | Invoke-MembraneAction create-contact $crm -RetryUnknown).Output.email | Should -Be 'twice@example.com'
        Clear-TestFault
        @(Get-Made | Where-Object email -eq 'twice@example.com').Count | Should -Be 2
    }

    It 'slows down as a whole when the service limits the rate, and loses nothing' {
        Add-TestFault @{ match = @{ path = '*/run' }; requestsPerSecond = 40 }
        Clear-TestRequest
        $runs = New-TestRow 120 | Invoke-MembraneAction create-contact $crm -ThrottleLimit 32 -SummaryVariable account
        $runs.Count | Should -Be 120
        $account.Succeeded | Should -Be 120
        @(Get-TestRequest | Where-Object status -eq 429).Count | Should -BeGreaterThan 0
    }

    It 'leaves nothing under way after Select-Object -First' {
        # If the first input comes late, it is held back, too: its result is waited for.
        Add-TestFault @{ match = @{ path = '*/run' }; times = 4 }
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 10000 }
        Clear-TestRequest
        New-TestRow 200 | Invoke-MembraneAction create-contact $crm -ThrottleLimit 4 | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        Assert-TestNothingFollow '*/run' -ThrottleLimit 4
    }

    It 'ends when a command downstream fails, and keeps the summary' {
        { New-TestRow 50 | Invoke-MembraneAction create-contact $crm -SummaryVariable account | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
        ($account.Succeeded + $account.Unknown) | Should -Be $account.Total
        $account.Total | Should -BeLessThan 50
    }

    It 'ends at once when it is stopped, and counts what was in progress' {
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 30000 }
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context, $crm) Import-Module $module; 1..50 | ForEach-Object { @{ email = "s$_@example.com" } } | Invoke-MembraneAction create-contact $crm -Context $context -SummaryVariable global:account').AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($crm)
        Clear-TestRequest
        $running = $shell.BeginInvoke()
        while (@(Get-TestRequest | Where-Object path -like '*/run').Count -lt 8) { Start-Sleep -Milliseconds 30; if ($running.IsCompleted) { throw 'It ended too early.' } }
        $shell.Stop()
        $shell.Commands.Clear()
        $account = $shell.AddScript('$global:account').Invoke()[0]
        $account.Total | Should -BeGreaterThan 7
        $account.Pending | Should -Be 0
        $account.Unknown | Should -BeGreaterThan 0
        $shell.Dispose()
    }
}

Describe 'What is left behind' {
    # What a stopped batch had sent already may be done after it: not among the rows of the other tests.
    BeforeAll { $aside = New-TestConnection hubspot -Name 'Aside' -AllowMultipleConnections }
    AfterEach { Clear-TestFault }
    AfterAll { Remove-MembraneConnection $aside -Confirm:$false }

    It 'is no socket, file or task, however a batch ended' -Skip:(-not $IsLinux) {
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 20 }
        $checkpoint = Join-Path $TestDrive 'left-behind'
        $script = Join-Path $TestDrive 'left-behind.ps1'
        @"
Import-Module '$env:MEMBRANE_TEST_MODULE'
# Assemblies are loaded when they are first needed, with two handles for each: they are none of ours.
function Get-Left {
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    `$handles = [System.IO.Directory]::GetFiles("/proc/`$PID/fd") | ForEach-Object { try { [System.IO.File]::ResolveLinkTarget(`$_, `$false).Name } catch [System.IO.IOException] { } } | Where-Object { `$_ -and `$_ -notmatch '\.(dll|so)\b' }
    "`$(@(`$handles -like 'socket:*').Count) sockets, `$(@(`$handles -like 'left-behind*').Count) journals, `$(@(`$handles).Count) handles, `$([System.Threading.Timer]::ActiveCount) timers, `$([System.Threading.ThreadPool]::PendingWorkItemCount) tasks"
}
function Start-Round([int] `$Number) {
    Connect-Membrane -WorkspaceKey '$($Emulator.WorkspaceKey)' -WorkspaceSecret '$secret' -TenantKey ada -ApiUri '$($Emulator.ApiUri)'
    `$rows = 1..40 | ForEach-Object { @{ email = "left`$Number-`$_@example.com" } }
    `$null = `$rows | Invoke-MembraneAction create-contact '$($aside.Id)' -CheckpointPath "$checkpoint`$Number" | Select-Object -First 1
    try { `$rows | Invoke-MembraneAction create-contact '$($aside.Id)' | ForEach-Object { throw 'downstream' } } catch { `$null = `$_ }
    `$null = Get-MembraneAction -Connection '$($aside.Id)' -PageSize 1 | Select-Object -First 1
    Disconnect-Membrane
}
1..3 | ForEach-Object { Start-Round `$_ }
# What the first rounds have left is given the time that the last ones are given below.
for (`$try = 0; `$try -lt 50 -and (`$before = Get-Left) -notlike '* 0 tasks'; `$try++) { Start-Sleep -Milliseconds 100 }
4..15 | ForEach-Object { Start-Round `$_ }
# Closing a socket is not waited for by the one who closes it.
for (`$try = 0; `$try -lt 50 -and (Get-Left) -ne `$before; `$try++) { Start-Sleep -Milliseconds 100 }
`$before
Get-Left
"@ | Set-Content -LiteralPath $script
        $before, $after = & $env:MEMBRANE_TEST_ENGINE -NoProfile -NonInteractive -File $script | Select-Object -Last 2
        $before | Should -BeLike '* sockets, 0 journals, * handles, * timers, 0 tasks'
        $after | Should -Be $before
    }
}

Describe 'Checkpoints' {
    # A workspace of its own: what a stopped batch had sent may be done long after it, and is not to be counted here.
    BeforeAll {
        Start-TestWorkspace
        $script:deleteAction = $null
        $crm = New-TestConnection hubspot -Name 'CRM'
    }

    BeforeEach { $file = Join-Path $TestDrive ([guid]::NewGuid().ToString('N')) }
    AfterEach { Clear-TestFault; Clear-Made }

    It 'skip what was done' {
        $null = New-TestRow 30 | Invoke-MembraneAction create-contact $crm -CheckpointPath $file
        $again = New-TestRow 40 | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -SummaryVariable account
        $again.Count | Should -Be 10
        $again.InputIndex | Sort-Object | Should -Be (30..39)
        $account.Skipped | Should -Be 30
        (Get-Made).Count | Should -Be 40
    }

    It 'tell inputs apart by a key' {
        $null = [pscustomobject]@{ email = 'k@example.com'; firstName = 'A' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -CheckpointKey email
        [pscustomobject]@{ email = 'k@example.com'; firstName = 'B' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -CheckpointKey email | Should -BeNullOrEmpty
        (Get-TestError { @{ firstName = 'no key' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -CheckpointKey email -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
    }

    It 'do not take equal inputs for one' {
        $rows = 1..3 | ForEach-Object { @{ email = 'same@example.com' } }
        @($rows | Invoke-MembraneAction create-contact $crm -CheckpointPath $file).Count | Should -Be 3
        $rows + @{ email = 'same@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file | ForEach-Object InputIndex | Should -Be 3
    }

    It 'report what failed and what is unknown, and repeat it when told to' {
        Add-TestFault @{ match = @{ path = '*/run' }; drop = 'after'; times = 1 }
        $rows = @{ email = 'unknown@example.com' }, @{ firstName = 'fails' }, @{ email = 'fine@example.com' }
        $null = $rows | Invoke-MembraneAction create-contact $crm -SkipInputCheck -ThrottleLimit 1 -CheckpointPath $file -ErrorAction SilentlyContinue
        $none = $rows | Invoke-MembraneAction create-contact $crm -SkipInputCheck -CheckpointPath $file -Ordered -ErrorVariable problems -ErrorAction SilentlyContinue
        $none | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be @('OutcomeUnknown', 'FailedBefore')
        $repeated = $rows | Invoke-MembraneAction create-contact $crm -SkipInputCheck -CheckpointPath $file -RetryUnknown -ErrorAction SilentlyContinue
        $repeated.Output.email | Should -Be 'unknown@example.com'
        $null = $rows | Invoke-MembraneAction create-contact $crm -SkipInputCheck -CheckpointPath $file -ResumeFailed -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Not -BeLike 'FailedBefore,*'
        (Get-Made | Where-Object email -eq 'fine@example.com').Count | Should -Be 1
    }

    It 'repeat what was not sent' {
        # It asks for more patience than a batch has.
        Add-TestFault @{ match = @{ path = '*/run' }; status = 429; headers = @{ 'Retry-After' = '3600' }; times = 1 }
        $problem = Get-TestError { @{ email = 'later@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop }
        $problem.Exception.Outcome | Should -Be 'NotSent'
        [System.IO.File]::ReadAllLines($file)[1..2] | ForEach-Object { $_[0] } | Should -Be @('S', 'N')
        (@{ email = 'later@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file).Output.email | Should -Be 'later@example.com'
    }

    It 'refuse a file of another action, a damaged one and one in use' {
        $null = @{ email = 'a@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file
        (Get-TestError { @{ name = 'x' } | Invoke-MembraneAction create-company $crm -CheckpointPath $file -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
        $lock = [System.IO.File]::Open($file, 'Open', 'ReadWrite', 'None')
        try { (Get-TestError { @{ email = 'b@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CheckpointUnavailable,*' } finally { $lock.Dispose() }
        $before = [System.IO.File]::ReadAllText($file)
        [System.IO.File]::WriteAllText($file, $before.Replace("`nS ", "`nD "))
        $damaged = [System.IO.File]::ReadAllText($file)
        (Get-TestError { @{ email = 'c@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CheckpointDamaged,*'
        [System.IO.File]::ReadAllText($file) | Should -Be $damaged
    }

    It 'drop a last line that was cut off, and go on' {
        $null = New-TestRow 3 | Invoke-MembraneAction create-contact $crm -CheckpointPath $file
        [System.IO.File]::AppendAllText($file, 'D 0123')
        @(New-TestRow 4 | Invoke-MembraneAction create-contact $crm -CheckpointPath $file).Count | Should -Be 1
        @(New-TestRow 4 | Invoke-MembraneAction create-contact $crm -CheckpointPath $file).Count | Should -Be 0
    }

    It 'need an action by name' {
        (Get-TestError { Get-MembraneAction list-contacts -Connection $crm | Invoke-MembraneAction -CheckpointPath $file }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        (Get-TestError { Invoke-MembraneAction list-contacts $crm -ResumeFailed }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
    }

    It 'lose nothing and run nothing twice when the process is killed at random moments' {
        $kills = if ($env:MEMBRANE_TEST_KILLS) { [int]$env:MEMBRANE_TEST_KILLS } else { 6 }
        # More than are done in a round, so that all of the kills find work.
        $total = $kills * 250
        $script = Join-Path $TestDrive 'job.ps1'
        @"
`$ErrorActionPreference = 'SilentlyContinue'
Import-Module '$env:MEMBRANE_TEST_MODULE'
Connect-Membrane -WorkspaceKey '$($Emulator.WorkspaceKey)' -WorkspaceSecret '$secret' -TenantKey ada -ApiUri '$($Emulator.ApiUri)'
[Console]::WriteLine('started')
1..$total | ForEach-Object { @{ email = "kill`$_@example.com" } } |
    Invoke-MembraneAction create-contact '$($crm.Id)' -CheckpointPath '$file' -ErrorVariable problems | ForEach-Object { [Console]::WriteLine('done ' + `$_.Output.email) }
[Console]::WriteLine('finished')
foreach (`$problem in `$problems) { [Console]::WriteLine('unknown ' + `$problem.TargetObject.email + ' ' + `$problem.FullyQualifiedErrorId) }
"@ | Set-Content -LiteralPath $script
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 5; jitterMs = 20 }
        $random = [random]::new(42)
        $output = [System.Collections.Generic.List[string]]::new()
        $killed = 0
        for ($round = 0; $round -lt ($kills * 4); $round++) {
            $start = [System.Diagnostics.ProcessStartInfo]::new($env:MEMBRANE_TEST_ENGINE, "-NoProfile -NonInteractive -File `"$script`"")
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $process = [System.Diagnostics.Process]::Start($start)
            while ($null -ne ($line = $process.StandardOutput.ReadLine()) -and $line -ne 'started') { }
            $reader = $process.StandardOutput.ReadToEndAsync()
            if ($round -lt $kills -and -not $process.WaitForExit($random.Next(600))) {
                # From before the first request to well into the work.
                $process.Kill()
                $killed++
            }

            $process.WaitForExit()
            foreach ($line in $reader.Result.Split("`n", [StringSplitOptions]::RemoveEmptyEntries)) { $output.Add($line.Trim()) }
            if ($output.Contains('finished')) { break }
        }

        $output | Should -Contain 'finished'
        Write-Host "$killed kills"
        $killed | Should -BeGreaterThan ($kills / 2)
        Clear-TestFault
        $made = @(Get-MembraneRecord contacts $crm | ForEach-Object { $_.Fields.email } | Where-Object { $_ -like 'kill*' })
        $known = [System.Collections.Generic.HashSet[string]]::new([string[]]$made)
        # None twice; and each one made, or reported as unknown.
        $known.Count | Should -Be $made.Count
        foreach ($line in $output | Where-Object { $_ -like 'unknown *OutcomeUnknown*' }) { $null = $known.Add($line.Split(' ')[1]) }
        $missing = 1..$total | ForEach-Object { "kill$_@example.com" } | Where-Object { -not $known.Contains($_) }
        $missing | Should -BeNullOrEmpty
    }
}
