# Which rows are in which shard, compared with an oracle in Python that knows the help page alone.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $python = (Get-Command python3, python -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
    $seed = if ($env:MEMBRANE_TEST_ROWS_SEED) { [int] $env:MEMBRANE_TEST_ROWS_SEED } else { Get-Random -Maximum 1000000 }

    # The shard of each row, as all the workers together see it.
    function Get-Shard([object[]] $Row, [int] $Count, [string] $Key) {
        $options = if ($Key) { @{ Key = $Key } } else { @{} }
        $shards = @{}
        foreach ($index in 0..($Count - 1)) {
            # Each row carries its place, so that equal rows are told apart.
            $number = 0
            $places = [System.Collections.Generic.Dictionary[object, object]]::new([System.Collections.Generic.ReferenceEqualityComparer]::Instance)
            foreach ($one in $Row) { $places[$one] = $number++ }
            foreach ($one in @($Row | Select-MembraneShard -Index $index -Count $Count @options)) {
                $shards.ContainsKey($places[$one]) | Should -BeFalse
                $shards[$places[$one]] = $index
            }
        }

        0..($Row.Count - 1) | ForEach-Object { $shards[$_] }
    }

    function Get-OracleShard([string[]] $Json, [int] $Count, [string] $Key) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        [System.IO.File]::WriteAllLines($file, $Json)
        & $python "$PSScriptRoot/../cases/shards.py" $Count "$Key" $file | ForEach-Object { [int] $_ }
    }

    # A random row of what JSON can say.
    function New-RandomRow([System.Random] $Random) {
        $row = [ordered]@{ id = $Random.Next(50); email = "p$($Random.Next(1000))@exämple.com" }
        $values = 'x', '', 'Zoë', "tab`tquote`"back\slash", [char]::ConvertFromUtf32(0x1F600), "`u{e000}", '007', ' 5', $true, $false, $null, 5, -3, 0, 1.5, 0.1, 1e21, 1.7e-7, 123456789012345678, 0.30000000000000004, @(1, 'two', $null), @{ b = 1; a = @{ deep = 'x' } }, @()
        foreach ($name in 'name', 'Ärger', 'z', "$([char]::ConvertFromUtf32(0x1F600))", "`u{e000}b", 'nested') {
            if ($Random.Next(3)) { $row[$name] = $values[$Random.Next($values.Count)] }
        }

        $row
    }
}

Describe 'Select-MembraneShard' {
    It 'divides rows as an oracle that knows the help page does, by content and by key' {
        if (-not $python) { Set-ItResult -Skipped -Because 'there is no Python: the oracle of shards did not run (Debian: apt-get install python3)'; return }
        Write-Host "Seed of the rows: $seed (MEMBRANE_TEST_ROWS_SEED)"
        $random = [System.Random]::new($seed)
        $rows = @(1..300 | ForEach-Object { New-RandomRow $random })
        $json = @($rows | ForEach-Object { ConvertTo-Json -InputObject $_ -Depth 9 -Compress })
        Get-Shard $rows 7 | Should -Be (Get-OracleShard $json 7)
        Get-Shard $rows 5 -Key email | Should -Be (Get-OracleShard $json 5 email)
        Get-Shard $rows 3 -Key ID | Should -Be (Get-OracleShard $json 3 id)
    }

    It 'takes a hashtable, an object, a CSV row, a table row and what comes from JSON or CLIXML for the same row' {
        $values = [ordered]@{ b = 'x y'; a = 5; c = $true }
        $table = [System.Data.DataTable]::new()
        $null = $table.Columns.Add('a', [int]), $table.Columns.Add('b'), $table.Columns.Add('c', [bool])
        $null = $table.Rows.Add(5, 'x y', $true)
        $same = @(
            @{ a = 5; b = 'x y'; c = $true }
            $values
            [pscustomobject] $values
            [pscustomobject] @{ c = 'True'; b = 'x y'; a = '5'; d = $null; e = '' }
            [pscustomobject] @{ a = [decimal] '5.00'; b = 'x y'; c = $true }
            [pscustomobject] @{ a = [double] 5; b = 'x y'; c = $true }
            [pscustomobject] @{ a = [bigint] 5; b = [uri] 'x y'; c = $true }
            ([pscustomobject] $values | ConvertTo-Csv | ConvertFrom-Csv)
            ($values | ConvertTo-Json | ConvertFrom-Json)
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([pscustomobject] $values))
            $table.Rows[0]
        )
        @(Get-Shard $same 1009 | Select-Object -Unique).Count | Should -Be 1
        # Different rows are in different shards here: nothing else would show that the values matter.
        @(Get-Shard @($values, @{ a = 5; b = 'x y'; c = $false }, @{ a = 5; B = 'x y'; c = $true }, @{ a = 51; b = 'x y'; c = $true }) 1009 | Select-Object -Unique).Count | Should -Be 4
    }

    It 'does not depend on the culture, and takes text and numbers as rows' {
        $before = [cultureinfo]::CurrentCulture
        $rows = @(1.5, 'İstanbul', 'istanbul', 1234567.25, '1.5', [datetime]::new(2026, 11, 28, 1, 2, 3, [DateTimeKind]::Utc), [datetimeoffset]::new(2026, 11, 28, 3, 2, 3, [timespan]::FromHours(2)))
        $shards = foreach ($culture in 'en-US', 'de-DE', 'tr-TR', 'ar-SA') {
            [cultureinfo]::CurrentCulture = $culture
            try { "$(Get-Shard @($rows | ForEach-Object { [psobject]::AsPSObject($_) }) 97)" } finally { [cultureinfo]::CurrentCulture = $before }
        }

        @($shards | Select-Object -Unique).Count | Should -Be 1
        $each = $shards[0] -split ' '
        $each[4] | Should -Be $each[0]
        $each[6] | Should -Be $each[5]
    }

    It 'passes each row on as it is, in exactly one shard, equal keys in the same one' {
        $rows = 1..400 | ForEach-Object { [pscustomobject]@{ customer = $_ % 40; number = $_ } }
        $parts = foreach ($index in 0..7) { , @($rows | Select-MembraneShard -Index $index -Count 8 -Key Customer) }
        @($parts | ForEach-Object { $_ } | ForEach-Object number | Sort-Object) | Should -Be (1..400)
        foreach ($part in $parts) { "$($part.number)" | Should -Be "$($part.number | Sort-Object)" }
        $parts | ForEach-Object { $_ } | Group-Object customer | ForEach-Object Count | Select-Object -Unique | Should -Be 10
        # None has nothing to do.
        1..1000 | Select-MembraneShard -Index 3 -Count 8 | Measure-Object | ForEach-Object Count | Should -BeGreaterThan 80
        [object]::ReferenceEquals(($rows[0] | Select-MembraneShard 0 1), $rows[0]) | Should -BeTrue
    }

    It 'reports a row that lacks the key once, by its number and the key, and goes on' {
        $rows = @{ email = 'a' }, @{ name = 'none' }, @{ email = 'b' }, @{ email = '' }, 'text', $null, @{ email = $null }
        $kept = 0
        $problems = foreach ($index in 0..4) {
            $kept += @($rows | Select-MembraneShard -Index $index -Count 5 -Key email -ErrorVariable problem -ErrorAction SilentlyContinue).Count
            $problem
        }

        $kept | Should -Be 2
        @($problems).Count | Should -Be 5
        $problems | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*' }
        @($problems.Exception.InputIndex | Sort-Object) | Should -Be 1, 3, 4, 5, 6
        "$($problems | Where-Object { $_.Exception.InputIndex -eq 3 })" | Should -BeLike '*Row 4*email*'
    }

    It 'reports a row that is no data once' {
        $loop = @{ name = 'loop' }
        $loop.self = $loop
        $rows = $loop, @{ secret = ConvertTo-SecureString x -AsPlainText -Force }
        $problems = foreach ($index in 0..2) { $rows | Select-MembraneShard -Index $index -Count 3 -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty; $problem }
        @($problems).Count | Should -Be 2
        "$($problems[0])" | Should -BeLike '*Row 1*deep*'
        "$($problems[1])" | Should -BeLike '*Row 2*SecureString*'
    }

    It 'refuses what is no shard: <Line>' -ForEach @(
        @{ Line = '-Index 5 -Count 5'; Parameter = 'Index'; Words = '*from 0 to 4*' }
        @{ Line = '-Index -1 -Count 5'; Parameter = 'Index'; Words = '*from 0 to 4*' }
        @{ Line = '-Index 0 -Count 0'; Parameter = 'Count'; Words = '*0 shards*' }
        @{ Line = '-Index 0 -Count -3'; Parameter = 'Count'; Words = '*-3 shards*' }
    ) {
        $problem = Get-TestError { 1 | & ([scriptblock]::Create("`$input | Select-MembraneShard $Line -ErrorAction Stop")) }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be $Parameter
        "$problem" | Should -BeLike $Words
    }
}

Describe 'Select-MembraneShard -IndexFromEnvironment' {
    BeforeAll {
        $variables = 'JOB_COMPLETION_INDEX', 'SLURM_ARRAY_TASK_ID', 'SLURM_ARRAY_TASK_COUNT', 'SLURM_ARRAY_TASK_MIN', 'SLURM_ARRAY_TASK_MAX', 'SLURM_ARRAY_TASK_STEP', 'AWS_BATCH_JOB_ARRAY_INDEX', 'AWS_BATCH_JOB_ARRAY_SIZE', 'BATCH_TASK_INDEX', 'CLOUD_RUN_TASK_INDEX', 'SYSTEM_JOBPOSITIONINPHASE', 'SYSTEM_TOTALJOBSINPHASE', 'CI_NODE_INDEX', 'CI_NODE_TOTAL', 'CIRCLE_NODE_INDEX', 'BUILDKITE_PARALLEL_JOB'
        $saved = @{}
        foreach ($name in $variables) { $saved[$name] = [Environment]::GetEnvironmentVariable($name) }
        function Set-Worker([hashtable] $Values) { foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $Values[$name]) } }
        $rows = 1..40
    }

    AfterAll { foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) } }

    It 'is <Index> of <Count> for <Name>' -ForEach @(
        @{ Name = 'Kubernetes'; Index = 2; Count = 5; Options = @{ Count = 5 }; Values = @{ JOB_COMPLETION_INDEX = '2' } }
        @{ Name = 'Slurm'; Index = 3; Count = 8; Options = @{}; Values = @{ SLURM_ARRAY_TASK_ID = '3'; SLURM_ARRAY_TASK_COUNT = '8'; SLURM_ARRAY_TASK_MIN = '0'; SLURM_ARRAY_TASK_MAX = '7' } }
        @{ Name = 'Slurm from 10 in steps of 5'; Index = 1; Count = 3; Options = @{}; Values = @{ SLURM_ARRAY_TASK_ID = '15'; SLURM_ARRAY_TASK_COUNT = '3'; SLURM_ARRAY_TASK_MIN = '10'; SLURM_ARRAY_TASK_MAX = '20'; SLURM_ARRAY_TASK_STEP = '5' } }
        @{ Name = 'one task of Slurm again'; Index = 3; Count = 8; Options = @{ Count = 8 }; Values = @{ SLURM_ARRAY_TASK_ID = '3'; SLURM_ARRAY_TASK_COUNT = '1'; SLURM_ARRAY_TASK_MIN = '3'; SLURM_ARRAY_TASK_MAX = '3' } }
        @{ Name = 'AWS Batch'; Index = 0; Count = 4; Options = @{}; Values = @{ AWS_BATCH_JOB_ARRAY_INDEX = '0'; AWS_BATCH_JOB_ARRAY_SIZE = '4' } }
        @{ Name = 'Azure Pipelines'; Index = 0; Count = 6; Options = @{}; Values = @{ SYSTEM_JOBPOSITIONINPHASE = '1'; SYSTEM_TOTALJOBSINPHASE = '6' } }
        @{ Name = 'GitLab'; Index = 5; Count = 6; Options = @{}; Values = @{ CI_NODE_INDEX = '6'; CI_NODE_TOTAL = '6' } }
    ) {
        Set-Worker $Values
        $rows | Select-MembraneShard -IndexFromEnvironment @Options | Should -Be ($rows | Select-MembraneShard -Index $Index -Count $Count)
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'no number'; Options = @{ Count = 5 }; Values = @{}; Words = '*JOB_COMPLETION_INDEX*SLURM_ARRAY_TASK_ID*' }
        @{ Name = 'two numbers'; Options = @{ Count = 5 }; Values = @{ JOB_COMPLETION_INDEX = '1'; CI_NODE_INDEX = '2' }; Words = '*more than once*JOB_COMPLETION_INDEX*CI_NODE_INDEX*' }
        @{ Name = 'no count'; Options = @{}; Values = @{ JOB_COMPLETION_INDEX = '1' }; Words = '*not how many*' }
        @{ Name = 'text'; Options = @{ Count = 5 }; Values = @{ JOB_COMPLETION_INDEX = 'one' }; Words = "*JOB_COMPLETION_INDEX*'one'*" }
        @{ Name = 'a number beyond the count'; Options = @{ Count = 5 }; Values = @{ JOB_COMPLETION_INDEX = '5' }; Words = '*from 0 to 4*' }
        @{ Name = 'some tasks of a Slurm array'; Options = @{}; Values = @{ SLURM_ARRAY_TASK_ID = '3'; SLURM_ARRAY_TASK_COUNT = '2'; SLURM_ARRAY_TASK_MIN = '3'; SLURM_ARRAY_TASK_MAX = '7' }; Words = '*Slurm*not all*' }
    ) {
        Set-Worker $Values
        $problem = Get-TestError { $rows | Select-MembraneShard -IndexFromEnvironment @Options -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        "$problem" | Should -BeLike $Words
    }
}
