# The bar of a batch. It is shown to a person only, so each case runs in a process that takes its console for one.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $connection = New-TestConnection hubspot

    # What the bars of some commands said, one list of records for each command.
    function Get-TestProgress {
        param([string[]] $Command)
        $script = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
        Set-Content -LiteralPath $script -Value @"
`$ErrorActionPreference = 'Stop'
Import-Module '$env:MEMBRANE_TEST_MODULE'
`$token = '$(New-MembraneToken ada -WorkspaceKey $Emulator.WorkspaceKey -WorkspaceSecret emulator-development-secret-not-for-production-0123456789abcdef0 -AsPlainText)'
`$space = [runspacefactory]::CreateRunspace(`$Host)
`$space.Open()
foreach (`$command in $(($Command | ForEach-Object { "'$($_ -replace "'", "''")'" }) -join ', ')) {
    `$shell = [powershell]::Create()
    `$shell.Runspace = `$space
    `$null = `$shell.AddScript("Import-Module '$env:MEMBRANE_TEST_MODULE'; Connect-Membrane -Token `$token -ApiUri '$($Emulator.ApiUri)'; `$command").Invoke()
    `$records = @(`$shell.Streams.Progress | Where-Object ActivityId -EQ 0x4D43 | ForEach-Object { @{ Status = `$_.StatusDescription; Percent = `$_.PercentComplete; Left = `$_.SecondsRemaining; Type = "`$(`$_.RecordType)" } })
    'SEEN:' + (ConvertTo-Json -Compress @{ Records = `$records; Errors = @(`$shell.Streams.Error | ForEach-Object { "`$_" }) })
}
"@
        $seen = & $env:MEMBRANE_TEST_ENGINE -NoProfile -Command "& '$script'" 2>&1
        $found = @($seen -match '^SEEN:' | ForEach-Object { $_.Substring(5) | ConvertFrom-Json })
        if ($found.Count -ne $Command.Count) { throw "$seen" }
        $found
    }

    $run = "1..36 | ForEach-Object { @{ email = `"row`$_@example.com`" } } | Invoke-MembraneAction create-contact $($connection.Id) -ThrottleLimit 4 -SkipInputCheck"
    $file = Join-Path $TestDrive 'checkpoint'
    Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 100 }
    Add-TestFault @{ match = @{ method = 'GET'; path = "/connections/$($connection.Id)" }; delayMs = 150 }
    Add-TestFault @{ match = @{ path = '*/refresh-credentials' }; delayMs = 20 }
    $names = "(@('$($connection.Id)') * 40)"
    $cases = [ordered]@{
        Unknown = $run
        Known = "$run -TotalCount 36"
        TooSmall = "$run -TotalCount 10"
        TooLarge = "$run -TotalCount 720"
        Zero = "$run -TotalCount 0"
        Null = "$run -TotalCount `$null"
        Empty = "@() | Invoke-MembraneAction create-contact $($connection.Id) -TotalCount 0"
        Negative = "$run -TotalCount -1"
        Array = "Get-MembraneConnection $names"
        Piped = "$names | Get-MembraneConnection"
        Changed = "Update-MembraneConnectionCredential $names"
        Skipped = "$run -TotalCount 36 -CheckpointPath '$file' | Select-Object -First 30 | Out-Null; $run -TotalCount 36 -CheckpointPath '$file'"
    }
    $seen = @(Get-TestProgress @($cases.Values))
    $of = @{}
    $index = 0
    foreach ($name in $cases.Keys) { $of[$name] = $seen[$index++] }
}

AfterAll { Stop-TestWorkspace }

Describe 'The progress of a batch' {
    It 'has no percentage and no remaining time where no one knows how much is to come: <_>' -ForEach 'Unknown', 'Piped', 'Zero' {
        $bars = @($of[$_].Records | Where-Object Type -EQ 'Processing')
        $bars | Should -Not -BeNullOrEmpty
        $bars.Percent | Sort-Object -Unique | Should -Be -1
        $bars.Left | Sort-Object -Unique | Should -Be -1
        $bars[0].Status | Should -Match '^\d+ done, 0 failed, [\d.,]+ a second$'
        @($of[$_].Records)[-1].Type | Should -Be 'Completed'
    }

    It 'has both where that is known, and they fit what is done: <Name>' -ForEach @(
        @{ Name = 'Known'; Total = 36 }, @{ Name = 'TooLarge'; Total = 720 }, @{ Name = 'Array'; Total = 40 }, @{ Name = 'Changed'; Total = 40 }
    ) {
        $bars = @($of[$Name].Records | Where-Object Type -EQ 'Processing')
        $bars.Count | Should -BeGreaterThan 1
        foreach ($bar in $bars) {
            $bar.Status | Should -Match "^(\d+) of $Total done, \d+ failed"
            $done = [int] [regex]::Match($bar.Status, '^\d+').Value
            $bar.Percent | Should -Be ([Math]::Floor(100 * $done / $Total))
            $bar.Left | Should -Not -Be -1
            if ($done -eq $Total) { $bar.Left | Should -Be 0 } else { $bar.Left | Should -BeGreaterThan 0 }
        }

        # It is the remaining time of what is left, not of what is under way.
        if ($Name -eq 'TooLarge') { $bars[-1].Left | Should -BeGreaterThan 10 }
    }

    It 'says no more than it knows once more has come than was said' {
        $bars = @($of['TooSmall'].Records | Where-Object Type -EQ 'Processing')
        $bars[-1].Status | Should -Match '^\d+ done, '
        $bars[-1].Percent | Should -Be -1
        $bars[-1].Left | Should -Be -1
        $of['TooSmall'].Errors | Should -BeNullOrEmpty
    }

    It 'does not take what an earlier run had done for the speed of this one' {
        $bars = @($of['Skipped'].Records | Where-Object Type -EQ 'Processing')
        foreach ($bar in $bars) { [double] [regex]::Match($bar.Status, '([\d.]+) a second').Groups[1].Value | Should -BeLessThan 60 }
    }

    It 'takes the count of nothing for nothing, and refuses a negative one and none by name' {
        $of['Empty'].Errors | Should -BeNullOrEmpty
        foreach ($name in 'Negative', 'Null') { "$($of[$name].Errors)" | Should -BeLike "*'TotalCount'*" }
    }
}
