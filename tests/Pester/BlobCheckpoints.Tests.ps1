# Checkpoints in the real Azurite: leases, small appends, a storage that goes away and comes back.
BeforeDiscovery {
    . "$PSScriptRoot/Support/Azurite.ps1"
    $hasAzurite = [bool] (Find-Azurite)
    if (-not $hasAzurite) { Write-Warning 'SKIPPED: checkpoints in Azure Blob Storage. There is no Azurite: it needs node and npm (npm ci --prefix tests/azurite).' }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Support/Azurite.ps1"
    $hasAzurite = [bool] (Find-Azurite)
    if (-not $hasAzurite) { return }
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    $secret = 'emulator-development-secret-not-for-production-0123456789abcdef0'
    $azurite = Start-Azurite -Folder (Join-Path $TestDrive 'azurite')
    (Invoke-Storage PUT "$($azurite.Address)/runs?restype=container").StatusCode | Should -Be 201
    function Get-Blob([string] $Name, [string] $Permissions = 'racw') { "$($azurite.Address)/runs/${Name}?$(Get-StorageSignedQuery runs -Permissions $Permissions)" }
    function Get-Email { @(Get-MembraneRecord contacts $crm).Fields.email }
    function New-Row([string] $Prefix, [int] $Count) { 1..$Count | ForEach-Object { [pscustomobject]@{ email = "$Prefix$_@example.com" } } }

    # A worker beside this one, which says how it ended: in a process that can be killed, or in a runspace.
    $work = {
        param($Module, $Emulator, $Secret, $Connection, $Blob, $Prefix, $Count, $Options)
        Import-Module $Module
        Connect-Membrane -WorkspaceKey $Emulator.WorkspaceKey -WorkspaceSecret $Secret -TenantKey ada -ApiUri $Emulator.ApiUri
        try {
            $null = 1..$Count | ForEach-Object { [pscustomobject]@{ email = "$Prefix${_}@example.com" } } |
                Invoke-MembraneAction create-contact $Connection -CheckpointUri $Blob -CheckpointKey email -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -WarningVariable warnings @Options
        }
        catch { $problems = $_ }
        [pscustomobject]@{ Account = $account; Ids = @($problems.Exception.ErrorId | Select-Object -Unique); Messages = @($problems | ForEach-Object { "$_" } | Select-Object -First 3); Warnings = @($warnings | ForEach-Object { "$_" }) }
    }

    function Start-Worker([string] $Blob, [string] $Prefix, [int] $Count, [hashtable] $Options = @{}) {
        $shell = [powershell]::Create().AddScript($work)
        foreach ($argument in $env:MEMBRANE_TEST_MODULE, $Emulator, $secret, $crm.Id, $Blob, $Prefix, $Count, $Options) { $null = $shell.AddArgument($argument) }
        @{ Shell = $shell; Running = $shell.BeginInvoke() }
    }

    function Receive-Worker($Worker) { $Worker.Shell.EndInvoke($Worker.Running) | Select-Object -Last 1 }

    function Start-WorkerProcess([string] $Blob, [string] $Prefix, [int] $Count) {
        $script = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
        "& { $work } '$env:MEMBRANE_TEST_MODULE' ([pscustomobject]@{ WorkspaceKey = '$($Emulator.WorkspaceKey)'; ApiUri = '$($Emulator.ApiUri)' }) '$secret' '$($crm.Id)' '$Blob' '$Prefix' $Count @{}" | Set-Content -LiteralPath $script
        Start-Process $env:MEMBRANE_TEST_ENGINE -ArgumentList '-NoProfile', '-NonInteractive', '-File', $script -PassThru -RedirectStandardOutput (Join-Path $TestDrive 'killed.log')
    }

    function Wait-Email([string] $Like, [int] $Count, $Worker) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while (@(Get-Email | Where-Object { $_ -like $Like }).Count -lt $Count) {
            if ($clock.Elapsed.TotalSeconds -gt 120) { throw "There are no $Count of $Like." }
            Start-Sleep -Milliseconds 20
        }
    }
}

AfterAll {
    if ($hasAzurite) {
        Stop-Azurite $azurite
        Stop-TestWorkspace
    }
}

Describe 'A checkpoint in a blob' -Skip:(-not $hasAzurite) {
    AfterEach { Clear-TestFault }

    It 'goes on where the last run ended, in small appends, and is read as objects' {
        $blob = Get-Blob first
        $rows = New-Row blob 40
        $null = $rows | Select-Object -First 30 | Invoke-MembraneAction create-contact $crm -CheckpointUri $blob -CheckpointKey email -SummaryVariable account -WarningVariable warnings
        $account.Succeeded | Should -Be 30
        $warnings | Should -BeNullOrEmpty
        $null = $rows | Invoke-MembraneAction create-contact $crm -CheckpointUri $blob -CheckpointKey email -SummaryVariable account -WarningVariable warnings
        $account.Skipped | Should -Be 30
        $account.Succeeded | Should -Be 10
        $warnings | Should -BeNullOrEmpty
        @(Get-Email | Where-Object { $_ -like 'blob*' }).Count | Should -Be 40
        $inputs = @(Get-MembraneCheckpoint -Uri $blob)
        $inputs.Count | Should -Be 40
        $inputs.Input | Should -Contain 'blob7@example.com'
        $inputs.Checkpoint | Select-Object -Unique | Should -Be "$($azurite.Address)/runs/first"
        $head = Invoke-Storage HEAD "$($azurite.Address)/runs/first"
        $head.Headers['x-ms-blob-type'] | Should -Be 'AppendBlob'
        $head.Headers['x-ms-lease-state'] | Should -Be 'available'
    }

    It 'is refused to a second worker with the same index, and that of a killed one is taken over when its lease ends' {
        # Both are held back in the middle: the one until the second worker has been refused, the other for ever.
        Add-TestFault @{ match = @{ path = '*/run' }; times = 10 }
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 600000 }
        $killed = Start-WorkerProcess (Get-Blob killed) killed 30
        Wait-Email 'killed*' 5
        $first = Start-Worker (Get-Blob two) two 30
        while (@(Get-MembraneCheckpoint -Uri (Get-Blob two) -ErrorAction Ignore).Count -lt 8) { Start-Sleep -Milliseconds 20 }
        $second = Start-Worker (Get-Blob two) two 30
        $killed.Kill()
        $killed.WaitForExit()
        $again = Start-Worker (Get-Blob killed) killed 30
        $refused = Receive-Worker $second
        $refused.Ids | Should -Be 'CheckpointUnavailable'
        "$($refused.Messages)" | Should -BeLike '*runs/two*lease*'
        "$($refused.Messages)" | Should -Not -BeLike '*sig=*'
        "$($refused.Warnings)" | Should -BeLike '*leased to another run*'
        (Get-MembraneCheckpoint -Uri (Get-Blob two) -Summary).Open | Should -Be 1
        Clear-TestFault
        (Receive-Worker $first).Account.Succeeded | Should -Be 30
        @(Get-Email | Where-Object { $_ -like 'two*' }).Count | Should -Be 30

        # What was under way when the worker was killed is told of, and not sent again.
        $result = Receive-Worker $again
        $result.Account.Skipped | Should -BeGreaterThan 0
        $result.Account.Skipped + $result.Account.Succeeded + $result.Account.Unknown | Should -Be 30
        $emails = @(Get-Email | Where-Object { $_ -like 'killed*' })
        @($emails | Select-Object -Unique).Count | Should -Be $emails.Count
        $emails.Count | Should -BeGreaterOrEqual (30 - $result.Account.Unknown)
    }

    It 'that another run has taken over takes no further line, and nothing is sent that cannot be written down' {
        $blob = Get-Blob lost
        Add-TestFault @{ match = @{ path = '*/run' }; times = 5 }
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 600000 }
        $worker = Start-Worker $blob lost 40
        Wait-Email 'lost*' 1
        # The run takes a lease again that has ended, unless another one was faster.
        do {
            $null = Invoke-Storage PUT "$($azurite.Address)/runs/lost?comp=lease" @{ 'x-ms-lease-action' = 'break'; 'x-ms-lease-break-period' = '0' }
            $taken = Invoke-Storage PUT "$($azurite.Address)/runs/lost?comp=lease" @{ 'x-ms-lease-action' = 'acquire'; 'x-ms-lease-duration' = '-1'; 'x-ms-proposed-lease-id' = "$([guid]::NewGuid())" }
        } until ($taken.StatusCode -eq 201)
        Clear-TestFault
        $result = Receive-Worker $worker
        $result.Ids | Should -Be 'CheckpointUnavailable'
        "$($result.Messages)" | Should -BeLike '*taken it over*'
        # Those under way when the lease was lost were done, and their outcome could not be written: unknown. The others were not sent.
        $result.Account.NotSent | Should -BeGreaterThan 20
        @(Get-Email | Where-Object { $_ -like 'lost*' }).Count | Should -Be ($result.Account.Succeeded + $result.Account.Unknown)
        (Invoke-Storage PUT "$($azurite.Address)/runs/lost?comp=lease" @{ 'x-ms-lease-action' = 'break'; 'x-ms-lease-break-period' = '0' }).StatusCode | Should -Be 202
        $null = New-Row lost 40 | Invoke-MembraneAction create-contact $crm -CheckpointUri $blob -CheckpointKey email -SummaryVariable account -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $account.Skipped + $account.Unknown + $account.Succeeded | Should -Be 40
        $account.Unknown | Should -Be $result.Account.Unknown
        $emails = @(Get-Email | Where-Object { $_ -like 'lost*' })
        $emails.Count | Should -Be 40
        @($emails | Select-Object -Unique).Count | Should -Be 40
    }

    It 'outlasts a storage that is shut down in the middle and started again' {
        $blob = Get-Blob restart
        $worker = Start-Worker $blob restart 120 -Options @{ ThrottleLimit = 1 }
        Wait-Email 'restart*' 10
        Stop-Azurite $azurite
        $during = @(Get-Email | Where-Object { $_ -like 'restart*' }).Count
        $null = Start-Azurite $azurite
        $result = Receive-Worker $worker
        $during | Should -BeLessThan 120
        $result.Messages | Should -BeNullOrEmpty
        $result.Account.Succeeded | Should -Be 120
        $emails = @(Get-Email | Where-Object { $_ -like 'restart*' })
        $emails.Count | Should -Be 120
        @($emails | Select-Object -Unique).Count | Should -Be 120
        $joined = Get-MembraneCheckpoint -Uri $blob -Summary
        $joined.Succeeded | Should -Be 120
        $joined.Open | Should -Be 0
    }

    It 'is refused where it cannot be: <Name>' -ForEach @(
        @{ Name = 'no container'; Blob = { "$($azurite.Address)/none/x?$(Get-StorageSignedQuery none)" }; Id = 'CheckpointUnavailable'; Words = '*none/x*ContainerNotFound*container must exist*' }
        @{ Name = 'an expired signature'; Blob = { "$($azurite.Address)/runs/x?$(Get-StorageSignedQuery runs -Expires ([DateTime]::UtcNow.AddHours(-1)))" }; Id = 'CheckpointUnavailable'; Words = '*403*signature*' }
        @{ Name = 'a block blob'; Blob = { Get-Blob block }; Id = 'CheckpointUnavailable'; Words = '*BlockBlob*AppendBlob*' }
        @{ Name = 'no blob'; Blob = { "$($azurite.Address)" }; Id = 'InvalidInput'; Words = '*names no blob*' }
        @{ Name = 'no https'; Blob = { 'http://account.blob.core.windows.net/runs/x?sig=secret' }; Id = 'InvalidInput'; Words = '*https://*' }
        @{ Name = 'no address'; Blob = { 'runs/x' }; Id = 'InvalidInput'; Words = '*https://*' }
    ) {
        (Invoke-Storage PUT "$($azurite.Address)/runs/block" @{ 'x-ms-blob-type' = 'BlockBlob' }).StatusCode | Should -Be 201
        Clear-TestRequest
        $problem = Get-TestError { New-Row never 3 | Invoke-MembraneAction create-contact $crm -CheckpointUri (& $Blob) -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$problem $($problem.ErrorDetails.RecommendedAction)" | Should -BeLike $Words
        "$problem $($problem.Exception.RecommendedAction)" | Should -Not -BeLike '*sig=*'
        @(Get-TestChange) | Should -BeNullOrEmpty
    }

    It 'goes with no file, no key of nothing, and no token without it' {
        (Get-TestError { New-Row x 1 | Invoke-MembraneAction create-contact $crm -CheckpointUri (Get-Blob x) -CheckpointPath y -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        (Get-TestError { New-Row x 1 | Invoke-MembraneAction create-contact $crm -CheckpointToken t -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
    }
}

Describe 'A checkpoint in a blob, with a token' -Skip:(-not $hasAzurite -or -not $IsLinux) {
    # Only a process that is told of it when it starts trusts the certificate.
    It 'takes it as Get-AzAccessToken emits it, as text, and from a script block, which is asked again when it was refused' {
        $certificate = New-AzuriteCertificate $TestDrive
        $secure = Start-Azurite -Folder (Join-Path $TestDrive 'secure') -Certificate $certificate
        try {
            (Invoke-Storage PUT "$($secure.Address)/runs?restype=container").StatusCode | Should -Be 201
            $script = Join-Path $TestDrive 'token.ps1'
            @'
param($Module, $WorkspaceKey, $Secret, $ApiUri, $Connection, $Blob, $Token, $Expired)
$ErrorActionPreference = 'Stop'
Import-Module $Module
Connect-Membrane -WorkspaceKey $WorkspaceKey -WorkspaceSecret $Secret -TenantKey ada -ApiUri $ApiUri
$asked = 0
$secret = ConvertTo-SecureString $Token -AsPlainText -Force
$accounts = foreach ($given in $Token, [pscustomobject]@{ Token = $secret }, { $script:asked++; if ($asked -eq 1) { $Expired } else { $Token } }, $Expired) {
    try {
        1..20 | ForEach-Object { [pscustomobject]@{ email = "token$_@example.com" } } |
            Invoke-MembraneAction create-contact $Connection -CheckpointUri $Blob -CheckpointToken $given -CheckpointKey email -SummaryVariable account | Out-Null
        "$($account.Succeeded) done, $($account.Skipped) skipped"
    }
    catch { "$($_.FullyQualifiedErrorId) $_" }
}
ConvertTo-Json @{ Accounts = $accounts; Asked = $asked } -Compress
'@ | Set-Content -LiteralPath $script
            $before = $env:SSL_CERT_FILE
            $env:SSL_CERT_FILE = $certificate.Path
            try {
                $output = & $env:MEMBRANE_TEST_ENGINE -NoProfile -NonInteractive -File $script $env:MEMBRANE_TEST_MODULE $Emulator.WorkspaceKey $secret $Emulator.ApiUri $crm.Id "$($secure.Address)/runs/token" (New-StorageToken) (New-StorageToken ([DateTimeOffset]::UtcNow.AddHours(-1)))
            }
            finally { $env:SSL_CERT_FILE = $before }
            $result = $output | Select-Object -Last 1 | ConvertFrom-Json
            $result.Accounts[0..2] | Should -Be '20 done, 0 skipped', '0 done, 20 skipped', '0 done, 20 skipped'
            $result.Accounts[3] | Should -BeLike 'CheckpointUnavailable*AuthenticationFailed*'
            $result.Asked | Should -Be 2
        }
        finally { Stop-Azurite $secure }
    }
}
