BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    # The documented secret for development.
    $secret = 'emulator-development-secret-not-for-production-0123456789abcdef0'

    function Get-MadeCount([string] $Email) { @(Get-MembraneRecord contacts $crm -Filter @{ email = $Email }).Count }

    # Runs a row in a process whose files cannot grow: there is room to write down that the row is sent, and no more.
    function Invoke-OnFullDisk([string] $File, [string] $Row) {
        # How long the lines of such a row are, by another one.
        $probe = "$File.probe"
        $null = & ([scriptblock]::Create($Row.Replace('full@', 'prob@').Replace('no address', 'np address'))) | Invoke-MembraneAction create-contact $crm -SkipInputCheck -CheckpointPath $probe -ErrorAction SilentlyContinue
        $start, $end = [System.IO.File]::ReadAllLines($probe)[1, 2] | ForEach-Object { $_.Length + 1 }
        for ($number = 0; ; $number++) {
            $null = @{ email = "fill$number-$([guid]::NewGuid())@example.com" } | Invoke-MembraneAction create-contact $crm -CheckpointPath $File
            # Without the seal, in whose place the next run writes.
            $size = (Get-Item -LiteralPath $File).Length - 44
            $room = 512 - $size % 512
            if ($room -ge $start -and $room -lt $start + $end) { break }
        }

        $script = Join-Path $TestDrive "full-$([guid]::NewGuid()).ps1"
        @"
Import-Module '$env:MEMBRANE_TEST_MODULE'
Connect-Membrane -WorkspaceKey '$($Emulator.WorkspaceKey)' -WorkspaceSecret '$secret' -TenantKey ada -ApiUri '$($Emulator.ApiUri)'
`$run = $Row | Invoke-MembraneAction create-contact '$($crm.Id)' -SkipInputCheck -CheckpointPath '$File' -ErrorVariable problems -WarningVariable warnings -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
[pscustomobject]@{ Runs = @(`$run).Count; Ids = @(`$problems.Exception.ErrorId); Outcomes = @(`$problems.Exception.Outcome | ForEach-Object { "`$_" }); Warnings = @(`$warnings | ForEach-Object { "`$_" }) } | ConvertTo-Json -Compress
"@ | Set-Content -LiteralPath $script
        $limit = ($size + $room) / 512
        # The runtime maps its code from a file, unless it is told not to.
        & sh -c "trap '' XFSZ; ulimit -f $limit; DOTNET_EnableWriteXorExecute=0 exec timeout 60 '$env:MEMBRANE_TEST_ENGINE' -NoProfile -NonInteractive -File '$script'" | Select-Object -Last 1 | ConvertFrom-Json
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'A file that is no checkpoint file' {
    It 'is left as it is: <Text>' -ForEach @(
        @{ Text = '[{"a":1}]' }
        @{ Text = 'notes' }
        @{ Text = '{"format":"membrane-checkpoint","version":1,"action":"another"' }
        @{ Text = "[1,`n2]" }
        @{ Text = ' ' }
    ) {
        $file = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        [System.IO.File]::WriteAllText($file, $Text)
        (Get-TestError { @{ email = 'never@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CheckpointDamaged,*'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly $Text
        Get-MadeCount 'never@example.com' | Should -Be 0
    }

    It 'is begun where it is empty, or where the first line was cut off' {
        $file = Join-Path $TestDrive 'begun'
        $null = New-Item -ItemType File -Path $file
        $null = @{ email = 'begun1@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop
        $header = [System.IO.File]::ReadAllLines($file)[0]
        foreach ($length in 1, 10, $header.Length) {
            [System.IO.File]::WriteAllText($file, $header.Substring(0, $length))
            $null = @{ email = "begun-$length@example.com" } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop
            # The header, the start and the end of the input, and the seal.
            [System.IO.File]::ReadAllLines($file).Count | Should -Be 4
        }
    }
}

Describe 'A file that was not closed' {
    It 'is read, with one warning, and no finished input is sent again' {
        $file = Join-Path $TestDrive 'cut'
        $rows = 1..3 | ForEach-Object { @{ email = "cut$_@example.com" } }
        $null = $rows | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop
        $lines = [System.IO.File]::ReadAllLines($file)
        [System.IO.File]::WriteAllText($file, (($lines | Select-Object -SkipLast 1) -join "`r`n"))
        $null = $rows | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -SummaryVariable account -WarningVariable warnings -WarningAction SilentlyContinue
        $account.Skipped | Should -Be 3
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike "*$file*stopped from outside*cut off*"
        $null = $rows | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -WarningVariable again
        $again | Should -BeNullOrEmpty
        1..3 | ForEach-Object { Get-MadeCount "cut$_@example.com" | Should -Be 1 }
    }
}

Describe 'A path that is no file' {
    It 'is refused before anything is sent: <Path>' -ForEach @(
        if ($IsWindows) {
            'NUL', 'nul.txt', 'CON', '\\.\pipe\x', 'HKCU:\x' | ForEach-Object { @{ Path = $_ } }
        }
        else {
            '/dev/null', '/dev/full', '/dev/stdout' | ForEach-Object { @{ Path = $_ } }
        }
        'Env:\x', 'Variable:x', 'NoSuchDrive:\x', '.', 'TestDrive:\' | ForEach-Object { @{ Path = $_ } }
    ) {
        Clear-TestRequest
        $problem = Get-TestError { @{ email = 'never@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $Path -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be 'CheckpointPath'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-CheckpointPath*'
        Get-TestRequest | Should -BeNullOrEmpty
        Join-Path $PWD 'x' | Should -Not -Exist
    }
}

Describe 'A disk that is full' -Skip:(-not $IsLinux) {
    BeforeEach { $file = Join-Path $TestDrive ([guid]::NewGuid().ToString('N')) }

    It 'does not make a run that was done one that was never sent' {
        $result = Invoke-OnFullDisk $file "@{ email = 'full@example.com' }"
        $result.Runs | Should -Be 0
        $result.Ids | Should -Be 'CheckpointUnavailable'
        $result.Outcomes | Should -Be 'Unknown'
        Get-MadeCount 'full@example.com' | Should -Be 1
        (Get-TestError { @{ email = 'full@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'OutcomeUnknown,*'
        (@{ email = 'after@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop).Output.email | Should -Be 'after@example.com'
        Get-MadeCount 'full@example.com' | Should -Be 1
    }

    It 'does not hide why a run failed' {
        $result = Invoke-OnFullDisk $file "@{ firstName = 'no address' }"
        $result.Ids | Should -Not -Be 'CheckpointUnavailable'
        $result.Outcomes | Should -Be 'Failed'
        "$($result.Warnings)" | Should -BeLike '*cannot be written*'
        (Get-TestError { @{ firstName = 'no address' } | Invoke-MembraneAction create-contact $crm -SkipInputCheck -CheckpointPath $file -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'OutcomeUnknown,*'
    }
}

Describe 'A checkpoint file' {
    AfterEach { Clear-TestFault; Select-MembraneContext default }

    It 'is for one workspace, tenant, address and integration' {
        Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = @{ made = $true } } }
        Connect-Membrane -Emulator -TenantKey bob -Name bob
        Select-MembraneContext default
        $file = Join-Path $TestDrive 'tenants'
        Clear-TestRequest
        $row = @{ email = 'tenant@example.com' }
        @($row | Invoke-MembraneAction create-contact -CheckpointPath $file -SkipInputCheck -ErrorAction Stop).Count | Should -Be 1
        $problem = Get-TestError { $row | Invoke-MembraneAction create-contact -Context bob -CheckpointPath $file -SkipInputCheck -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
        "$problem" | Should -BeLike '*tenant*ada*bob*'
        (Get-TestError { $row | Invoke-MembraneAction create-contact -IntegrationKey hubspot -CheckpointPath $file -SkipInputCheck -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
        @(Get-TestRequest | Where-Object path -like '*/actions/create-contact/run').Count | Should -Be 1
        $row | Invoke-MembraneAction create-contact -CheckpointPath $file -SkipInputCheck -SummaryVariable account | Should -BeNullOrEmpty
        $account.Skipped | Should -Be 1
    }

    It 'of a batch that has done nothing, as with a mistyped action, may be deleted, and says so' {
        $file = Join-Path $TestDrive 'mistyped'
        $rows = 1..3 | ForEach-Object { @{ email = "mistyped$_@example.com" } }
        $rows | Invoke-MembraneAction creat-contact $crm -CheckpointPath $file -ErrorAction SilentlyContinue
        $before = [System.IO.File]::ReadAllText($file)
        $problem = Get-TestError { $rows | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
        "$problem" | Should -BeLike "*'creat-contact', not 'create-contact'*"
        $problem.ErrorDetails.RecommendedAction | Should -BeLike 'No input was done by that batch: delete*'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly $before

        # One input done, or one that is unknown, is reason enough to keep it.
        foreach ($state in 'D', 'S') {
            Remove-Item -LiteralPath $file
            $rows[0] | Invoke-MembraneAction create-contact $crm -CheckpointPath $file | Out-Null
            if ($state -eq 'S') { [System.IO.File]::WriteAllLines($file, @([System.IO.File]::ReadAllLines($file) | Select-Object -First 2)) }
            $problem = Get-TestError { $rows | Invoke-MembraneAction update-contact $crm -CheckpointPath $file -SkipInputCheck -ErrorAction Stop }
            $problem.FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
            $problem.ErrorDetails.RecommendedAction | Should -BeExactly 'Choose another checkpoint for this batch.'
        }
    }

    It 'of an earlier version is refused, with words that say so' {
        $file = Join-Path $TestDrive 'earlier'
        $text = '{"format":"membrane-checkpoint","version":1,"action":"create-contact","connection":"","key":""}' + "`n"
        [System.IO.File]::WriteAllText($file, $text)
        $problem = Get-TestError { @{ email = 'earlier@example.com' } | Invoke-MembraneAction create-contact -CheckpointPath $file -SkipInputCheck -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
        "$problem" | Should -BeLike '*earlier version*'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly $text
    }
}

Describe 'An input that was answered with 407, and no proxy was on the way' {
    AfterEach { Clear-TestFault }

    It 'is not one that was not sent, and is not run again' {
        $file = Join-Path $TestDrive 'asked'
        $row = @{ email = 'asked@example.com' }
        Add-TestFault @{ match = @{ path = '*/run' }; status = 407; headers = @{ 'Proxy-Authenticate' = 'Basic realm="x"' } }
        $null = $row | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Exception.Outcome | Should -Be 'Failed'
        $problems.Exception.StatusCode | Should -Be 'ProxyAuthenticationRequired'
        Clear-TestFault
        Clear-TestRequest
        $null = $row | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeLike 'FailedBefore,*'
        Get-TestChange | Should -BeNullOrEmpty
    }
}
