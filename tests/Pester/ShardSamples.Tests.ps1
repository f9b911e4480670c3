# The samples for several machines, each as far as one machine can: the runbook with its host imitated, SSH remoting to real sshd.
BeforeDiscovery {
    . "$PSScriptRoot/Support/SshMachines.ps1"
    $hasSshd = [bool] (Find-Sshd)
    if (-not $hasSshd) { Write-Warning 'SKIPPED: workers on several machines by SSH. There is no sshd here (Debian: apt-get install openssh-server).' }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Support/SshMachines.ps1"
    Start-TestWorkspace
    $null = New-MembraneConnection -IntegrationKey hubspot -Credentials @{ apiKey = 'k' }
    $samples = (Resolve-Path "$PSScriptRoot/../../docs/samples/shards").Path
    $secret = 'emulator-development-secret-not-for-production-0123456789abcdef0'
    function Get-Email([string] $Like) { @((Get-MembraneRecord -Connection hubspot -Collection contacts).Fields.email | Where-Object { $_ -like $Like }) }
    function New-Source([string] $Prefix, [int] $Count) {
        $path = Join-Path $TestDrive "$Prefix.csv"
        1..$Count | ForEach-Object { [pscustomobject]@{ email = "$Prefix$_@example.com"; firstName = "Zoë $_" } } | Export-Csv -LiteralPath $path -Encoding utf8
        $path
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Start-Shards.ps1' {
    AfterEach { Clear-TestFault }

    It 'shares the rows among child jobs, and starts those again that did not do all of theirs: <Jobs>' -ForEach @(
        @{ Jobs = 3; Rows = 60; Starts = 4, 5 }
        @{ Jobs = 1; Rows = 60; Starts = 2 }
        # Most of these have no row: they are done at once.
        @{ Jobs = 5; Rows = 1; Starts = 6 }
    ) {
        $source = New-Source "book-of-$Jobs-" $Rows
        $folder = Join-Path $TestDrive "book$Jobs"
        $started = [System.Collections.Concurrent.ConcurrentDictionary[guid, object]]::new()
        $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
        $state.ImportPSModule($env:MEMBRANE_TEST_MODULE)
        foreach ($name in 'started', 'samples', 'secret', 'Emulator') { $state.Variables.Add([System.Management.Automation.Runspaces.SessionStateVariableEntry]::new("Host$name", (Get-Variable $name -ValueOnly), '')) }
        # What the sandbox of Azure Automation has.
        foreach ($function in @{
                'Start-AutomationRunbook' = {
                    param([string] $Name, [hashtable] $Parameters)
                    $child = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
                    $child.ImportPSModule($env:MEMBRANE_TEST_MODULE)
                    $child.Commands.Add([System.Management.Automation.Runspaces.SessionStateFunctionEntry]::new('Get-AutomationVariable', "param([string] `$Name) @{ MembraneWorkspaceKey = 'emulator-workspace'; MembraneWorkspaceSecret = '$HostSecret'; MembraneTenantKey = 'ada' }[`$Name]"))
                    $shell = [powershell]::Create($child).AddCommand("$HostSamples/$Name.ps1").AddParameters($Parameters)
                    $id = [guid]::NewGuid()
                    $HostStarted[$id] = @{ Shell = $shell; Index = $Parameters.Index; Running = $shell.BeginInvoke() }
                    $id
                }
                'Wait-AutomationJob'      = {
                    # How long, and how often it looks, is for the sandbox to keep.
                    param([guid[]] $Id, [int] $TimeoutInMinutes, [int] $DelayInSeconds)
                    $null = $TimeoutInMinutes, $DelayInSeconds
                    foreach ($one in $Id) { try { $null = $HostStarted[$one].Shell.EndInvoke($HostStarted[$one].Running) } catch { $HostStarted[$one].Failure = "$_" } }
                }
            }.GetEnumerator()) { $state.Commands.Add([System.Management.Automation.Runspaces.SessionStateFunctionEntry]::new($function.Key, $function.Value)) }
        $before = $env:MEMBRANE_API_URL
        $env:MEMBRANE_API_URL = $Emulator.ApiUri
        try {
            Add-TestFault @{ match = @{ path = '*/run' }; status = 500; times = [Math]::Min($Rows, 2) }
            $shell = [powershell]::Create($state).AddCommand("$samples/Start-Shards.ps1").AddParameters(@{ Source = $source; Count = $Jobs; KeyColumn = 'email'; CheckpointFolder = $folder })
            $accounts = @($shell.Invoke())
        }
        finally { $env:MEMBRANE_API_URL = $before }
        "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        $accounts.Shard | Should -Be (0..($Jobs - 1))
        ($accounts | Measure-Object Succeeded -Sum).Sum | Should -Be $Rows -Because ($accounts | ConvertTo-Json -Compress)
        $started.Count | Should -BeIn $Starts
        $emails = Get-Email "book-of-$Jobs-*"
        $emails.Count | Should -Be $Rows
        @($emails | Select-Object -Unique).Count | Should -Be $Rows
    }

    It 'is refused with no shards at all' {
        (Get-TestError { & "$samples/Start-Shards.ps1" -Source a -Count 0 -KeyColumn b -CheckpointFolder c }).Exception.ParameterName | Should -Be Count
        (Get-TestError { & "$samples/Start-SshShards.ps1" -Machine @{ HostName = '127.0.0.1'; Port = 1 } -Count 0 -Script a -Parameters @{} }).Exception.ParameterName | Should -Be Count
    }
}

Describe 'Start-SshShards.ps1' -Skip:(-not $hasSshd) {
    AfterEach { Clear-TestFault }

    It 'does every row once on several machines, also when a worker is killed in the middle and its shard started again' {
        $source = New-Source ssh 120
        $machines = @(Start-SshMachine -Count 2 -Folder (Join-Path $TestDrive 'ssh'))
        try {
            # Some rows go through; the others are held back for as long as it takes to kill a worker.
            Add-TestFault @{ match = @{ path = '*/run' }; times = 10 }
            Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 600000 }
            $parameters = @{
                Machine = @($machines.Machine); Count = 4; Script = "$samples/Sync-Shard.ps1"
                Parameters = @{ Source = $source; KeyColumn = 'email'; CheckpointFolder = Join-Path $TestDrive 'ssh-checkpoints' }
                Environment = @{ MEMBRANE_API_URL = "$($Emulator.ApiUri)"; MEMBRANE_WORKSPACE_KEY = 'emulator-workspace'; MEMBRANE_WORKSPACE_SECRET = $secret; MEMBRANE_TENANT_KEY = 'ada' }
            }
            $shell = [powershell]::Create().AddCommand("$samples/Start-SshShards.ps1").AddParameters($parameters)
            $running = $shell.BeginInvoke()
            # A row that is recorded and not sent yet when its worker dies stays undone, and is told: here both workers have sent all they may.
            while (@(Get-MembraneEmulatorRequest '*/run' | Where-Object StatusCode -EQ $null).Count -lt 16) { if ($running.IsCompleted) { throw "It ended: $($shell.Streams.Error) $($shell.Streams.Warning)" }; Start-Sleep -Milliseconds 50 }
            & kill -9 (Get-Content -LiteralPath $machines[0].WorkerFile)
            Clear-TestFault
            $accounts = @($shell.EndInvoke($running))
            "$($shell.Streams.Error)" | Should -BeNullOrEmpty
            "$($shell.Streams.Warning)" | Should -BeLike '*Shard*'
            @($accounts.Shard | Sort-Object) | Should -Be '0 of 4', '1 of 4', '2 of 4', '3 of 4'
            ($accounts | Measure-Object Total -Sum).Sum | Should -Be 120
            $emails = Get-Email 'ssh*'
            Write-Host "Killed one of $($machines.Count) workers: $($emails.Count) rows of 120 are there, $(@($emails | Select-Object -Unique).Count) different; unknown to their worker: $(($accounts | Measure-Object Unknown -Sum).Sum)"
            @($emails | Select-Object -Unique).Count | Should -Be 120
            $emails.Count | Should -Be 120
            (Get-MembraneCheckpoint (Join-Path $TestDrive 'ssh-checkpoints/*') -Summary).DoneTwice | Should -Be 0
        }
        finally { Stop-SshMachine $machines }
    }
}
