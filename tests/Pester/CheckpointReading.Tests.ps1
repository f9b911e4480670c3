# Checkpoints read as objects, joined, and taken over by a run with another number of shards.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    function New-Row([string] $Prefix, [int] $Count) { 1..$Count | ForEach-Object { [pscustomobject]@{ email = "$Prefix$_@example.com"; number = "$_" } } }
    function Get-Email([string] $Like) { @((Get-MembraneRecord contacts $crm).Fields.email | Where-Object { $_ -like $Like }) }
}

AfterAll { Stop-TestWorkspace }

Describe 'Get-MembraneCheckpoint' {
    AfterEach { Clear-TestFault }

    It 'says what became of each input: input, outcome, run, time and error' {
        $file = Join-Path $TestDrive 'read.checkpoint'
        Add-TestFault @{ match = @{ path = '*/run' }; status = 500; times = 1; body = @{ type = 'InternalError'; message = 'broken "today"' } }
        Add-TestFault @{ match = @{ path = '*/run' }; drop = 'after'; times = 1 }
        $runs = @(New-Row read 4 | Invoke-MembraneAction create-contact $crm -ThrottleLimit 1 -CheckpointPath $file -CheckpointKey email -ErrorAction SilentlyContinue)
        $inputs = @(Get-MembraneCheckpoint $file)
        $inputs.Input | Should -Be 'read1@example.com', 'read2@example.com', 'read3@example.com', 'read4@example.com'
        "$($inputs.Outcome)" | Should -Be 'Failed Unknown Succeeded Succeeded'
        $inputs[0] | Should -BeOfType Membrane.CheckpointInputState
        $inputs[0].ErrorMessage | Should -BeLike '*broken "today"*'
        $inputs[0].ErrorId | Should -Not -BeNullOrEmpty
        $inputs[1].Time | Should -BeNullOrEmpty
        $inputs[2].ActionRunId | Should -Be $runs[0].ActionRunId
        $inputs[2].ActionId | Should -Be 'create-contact'
        $inputs[2].Time | Should -BeGreaterOrEqual $inputs[2].StartedAt
        ([DateTimeOffset]::UtcNow - $inputs[2].Time).TotalMinutes | Should -BeLessThan 10
        $inputs[2].Checkpoint | Should -Be $file
        ($inputs | Get-MembraneCheckpoint -LiteralPath { $_.Checkpoint }).Count | Should -Be 16
        (Get-Item $file | Get-MembraneCheckpoint).Count | Should -Be 4
        $summary = Get-MembraneCheckpoint $file -Summary
        "$($summary.Total) $($summary.Succeeded) $($summary.Failed) $($summary.Unknown) $($summary.NotSent) $($summary.Open) $($summary.DoneTwice)" | Should -Be '4 2 1 1 0 0 0'
        $summary.TenantKey | Should -Be 'ada'
        ($inputs | ConvertTo-Json | ConvertFrom-Json)[0].Outcome | Should -Be 1
    }

    It 'has the input itself where there is no key, and how it begins where it is long' {
        $file = Join-Path $TestDrive 'whole.checkpoint'
        $null = @{ email = 'whole@example.com'; firstName = 'Zoë' }, @{ email = 'long@example.com'; firstName = 'x' * 5000 } | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -ThrottleLimit 1
        $inputs = @(Get-MembraneCheckpoint $file)
        $inputs[0].Input.firstName | Should -BeExactly 'Zoë'
        $inputs[1].Input | Should -BeOfType string
        $inputs[1].Input.Length | Should -BeLessThan 1100
        (Get-Item $file).Length | Should -BeLessThan 4000
        # With a key, nothing else of an input is kept.
        $keyed = Join-Path $TestDrive 'keyed.checkpoint'
        $null = @{ email = 'keyed@example.com'; firstName = 'private' } | Invoke-MembraneAction create-contact $crm -CheckpointPath $keyed -CheckpointKey email
        [System.IO.File]::ReadAllText($keyed) | Should -Not -BeLike '*private*'
    }

    It 'reads a checkpoint while it is written' {
        $file = Join-Path $TestDrive 'live.checkpoint'
        Add-TestFault @{ match = @{ path = '*/run' }; times = 3 }
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 600000 }
        $shell = [powershell]::Create().AddScript({ param($module, $context, $connection, $rows, $file) Import-Module $module; $rows | Invoke-MembraneAction create-contact $connection -Context $context -CheckpointPath $file -CheckpointKey email -ThrottleLimit 2 })
        foreach ($argument in $env:MEMBRANE_TEST_MODULE, (Get-MembraneContext default), $crm.Id, (New-Row live 6), $file) { $null = $shell.AddArgument($argument) }
        $running = $shell.BeginInvoke()
        # Three have succeeded, and those that are held back are recorded as begun a moment later.
        do { if ($running.IsCompleted) { throw "It ended: $($shell.Streams.Error)" }; $entries = @(Get-MembraneCheckpoint $file -ErrorAction Ignore) } until ($entries.Count -gt 3 -and @($entries | Where-Object Outcome -EQ Succeeded).Count -eq 3)
        @(Get-MembraneCheckpoint $file).Count | Should -BeIn 4, 5
        (Get-MembraneCheckpoint $file -Summary).Open | Should -Be 1
        # Who reads does not keep others from writing, and a second writer is still refused.
        (Get-TestError { New-Row live 6 | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -CheckpointKey email -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CheckpointUnavailable,*'
        Clear-TestFault
        @($shell.EndInvoke($running)).Count | Should -Be 6
        (Get-MembraneCheckpoint $file -Summary).Succeeded | Should -Be 6
    }

    It 'says which file is none, and goes on with the others' {
        $good = Join-Path $TestDrive 'good.checkpoint'
        $null = New-Row good 2 | Invoke-MembraneAction create-contact $crm -CheckpointPath $good
        $bad = Join-Path $TestDrive 'bad.checkpoint'
        $lines = [System.IO.File]::ReadAllLines($good)
        [System.IO.File]::WriteAllLines($bad, @($lines[0], $lines[1].Replace('S ', 'D '), $lines[2]))
        $text = Join-Path $TestDrive 'text.checkpoint'
        Set-Content -LiteralPath $text -Value 'notes'
        $found = Get-MembraneCheckpoint $bad, $text, (Join-Path $TestDrive 'none'), (Join-Path $TestDrive 'none*'), $TestDrive, $good -ErrorVariable problems -ErrorAction SilentlyContinue
        @($found).Count | Should -Be 2
        @($problems | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be 'CheckpointDamaged', 'CheckpointDamaged', 'CheckpointUnavailable', 'CheckpointUnavailable', 'CheckpointUnavailable'
        "$($problems[0])" | Should -BeLike "*$bad*line 2*"
        $odd = Join-Path $TestDrive 'good[1].checkpoint'
        Copy-Item -LiteralPath $good -Destination $odd
        @(Get-MembraneCheckpoint ([WildcardPattern]::Escape($odd)); Get-MembraneCheckpoint -LiteralPath $odd).Count | Should -Be 4
        foreach ($path in 'nodrive:/x*', 'nodrive:/x', 'Env:/x*', "$TestDrive/[z-a]*") {
            (Get-TestError { Get-MembraneCheckpoint $path -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*' -Because $path
        }

        # What a path is that is only read: one that is not there is not a place to write to.
        (Get-TestError { Get-MembraneCheckpoint -LiteralPath $TestDrive -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CheckpointUnavailable,*'
        "$(Get-TestError { Get-MembraneCheckpoint -LiteralPath "$TestDrive/nowhere" -ErrorAction Stop })" | Should -Be "There is no checkpoint file '$(Join-Path $TestDrive nowhere)'."
        # A file whose end is not written yet is no damage: with every byte less, it has what is before.
        $bytes = [System.IO.File]::ReadAllBytes($good)
        $cut = Join-Path $TestDrive 'cut.checkpoint'
        for ($length = 0; $length -lt $bytes.Length; $length += 7) {
            [System.IO.File]::WriteAllBytes($cut, $bytes[0..$length])
            @(Get-MembraneCheckpoint $cut -ErrorAction Stop).Count | Should -BeLessOrEqual 2
        }
    }
}

Describe 'A run without inputs' {
    It 'has a closed checkpoint too, which the next run goes on with, and none with -WhatIf' {
        $file = Join-Path $TestDrive 'nothing.checkpoint'
        $null = @() | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -CheckpointKey email -WhatIf
        Test-Path -LiteralPath $file | Should -BeFalse
        $null = @() | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -CheckpointKey email -SummaryVariable account
        $account.Total | Should -Be 0
        $summary = Get-MembraneCheckpoint $file -Summary
        "$($summary.Checkpoints) $($summary.Open) $($summary.Total) $($summary.TenantKey)" | Should -Be '1 0 0 ada'
        $null = New-Row nothing 2 | Invoke-MembraneAction create-contact $crm -CheckpointPath $file -CheckpointKey email -ErrorAction Stop
        (Get-MembraneCheckpoint $file -Summary).Succeeded | Should -Be 2
    }
}

Describe 'A run with another number of shards' {
    It 'does nothing twice, whatever the number, and joins the accounts' {
        $rows = New-Row shard 60
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'shards')).FullName
        # Three shards, one of which does not come to its end, and one is not started.
        Add-TestFault @{ match = @{ path = '*/run' }; status = 500; times = 2 }
        $sent = 0
        foreach ($index in 0, 1) {
            $rows | Select-MembraneShard $index 3 -Key email | Select-Object -First 12 | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/of3-$index.checkpoint" -CheckpointKey email -SummaryVariable account -ErrorAction SilentlyContinue | Out-Null
            $sent += $account.Succeeded + $account.Failed
        }

        Clear-TestFault
        (Get-MembraneCheckpoint "$folder/*" -Summary).Total | Should -Be $sent
        # Then five, which find the checkpoints of all the others by the same pattern, and leave out their own.
        $total = 0
        foreach ($index in 0..4) {
            $rows | Select-MembraneShard $index 5 -Key email | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/of5-$index.checkpoint" -PriorCheckpoint "$folder/*.checkpoint" -CheckpointKey email -ResumeFailed -SummaryVariable account -ErrorVariable problems | Out-Null
            $problems | Should -BeNullOrEmpty
            $total += $account.Total
        }

        $total | Should -Be 60
        $emails = Get-Email 'shard*'
        $emails.Count | Should -Be 60
        @($emails | Select-Object -Unique).Count | Should -Be 60
        $joined = Get-MembraneCheckpoint "$folder/*" -Summary
        "$($joined.Checkpoints) $($joined.Total) $($joined.Succeeded) $($joined.Failed) $($joined.DoneTwice)" | Should -Be '7 60 60 0 0'
        # And all of it in one, also with no shard at all.
        $null = $rows | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/one.checkpoint" -PriorCheckpoint "$folder/of*" -CheckpointKey email -SummaryVariable account
        $account.Skipped | Should -Be 60
    }

    It 'does not send again what another run may have done, and reports it' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'unknown')).FullName
        Add-TestFault @{ match = @{ path = '*/run' }; drop = 'after'; times = 1 }
        $null = New-Row may 1 | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/a" -CheckpointKey email -ErrorAction SilentlyContinue
        $null = New-Row may 2 | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/b" -PriorCheckpoint "$folder/a" -CheckpointKey email -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($account.Unknown) $($account.Succeeded)" | Should -Be '1 1'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'OutcomeUnknown,*'
        (Get-Email 'may*').Count | Should -Be 2
    }

    It 'refuses checkpoints of another batch, of nothing, and without one of its own' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'others')).FullName
        $null = @{ name = 'other' } | Invoke-MembraneAction create-company $crm -CheckpointPath "$folder/company"
        $row = @{ email = 'never@example.com' }
        $problem = Get-TestError { $row | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/own" -PriorCheckpoint "$folder/c*" -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CheckpointMismatch,*'
        "$problem" | Should -BeLike '*company*action*'
        (Get-TestError { $row | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/own" -PriorCheckpoint "$folder/none" -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'CheckpointUnavailable,*'
        (Get-TestError { $row | Invoke-MembraneAction create-contact $crm -PriorCheckpoint "$folder/c*" -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        (Get-Email 'never*').Count | Should -Be 0
        # A pattern that finds nothing is what the first run of all has, or one that is mistyped.
        $null = @{ email = 'begun@example.com' } | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/own" -PriorCheckpoint "$folder/x*" -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        (Get-Email 'begun*').Count | Should -Be 1
        "$warnings" | Should -BeLike '*no checkpoint*x`**'
        (Get-TestError { $row | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/own" -PriorCheckpoint "$folder/[x" -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
    }

    It 'takes a file with brackets in its name by that name, and by a pattern what it finds' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'brackets')).FullName
        $rows = New-Row brackets 3
        $null = $rows[0] | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/p[1].cp" -CheckpointKey email
        $null = $rows[1] | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/p1.cp" -CheckpointKey email
        $null = $rows | Invoke-MembraneAction create-contact $crm -CheckpointPath "$folder/p[2].cp" -PriorCheckpoint "$folder/p[1].cp" -CheckpointKey email -SummaryVariable account -WarningVariable warnings
        "$($account.Skipped) $($account.Succeeded)" | Should -Be '2 1'
        $warnings | Should -BeNullOrEmpty
        (Get-Email 'brackets*').Count | Should -Be 3
    }
}
