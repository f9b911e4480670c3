# Rows of tables, databases and jobs through native commands. tests/cases/rows.json has cases as they came in.
BeforeDiscovery {
    $cases = Get-Content -LiteralPath (Join-Path $PSScriptRoot '../cases/rows.json') -Raw | ConvertFrom-Json -AsHashtable
    $rowCases = foreach ($index in 0..($cases.Count - 1)) { @{ Name = $cases[$index].name; Index = $index } }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $chat = New-TestConnection slack -Name 'Chat'
    $cases = Get-Content -LiteralPath (Join-Path $PSScriptRoot '../cases/rows.json') -Raw | ConvertFrom-Json -AsHashtable

    # A native command for an action with a schema of one's own: New-RowThing.
    function New-TestCommand($InputSchema, [string] $Name = 'Create Thing') {
        Get-MembraneAction -Connection $chat -Name $Name | Remove-MembraneAction -Connection $chat -Confirm:$false
        $made = New-MembraneAction -Name $Name -Connection $chat -Type run-javascript -InputSchema $InputSchema -Config @{ code = 'module.exports = ({ input }) => input' }
        Import-MembraneApp $chat -Prefix Row -Action $made.Key -Force
        Clear-TestRequest
    }

    # What was sent as input, as JSON text, in the order of sending.
    function Get-TestSent { @(Get-TestRequest | Where-Object path -like '*/run' | ForEach-Object { [System.Text.Json.JsonDocument]::Parse($_.body).RootElement.GetProperty('input').GetRawText() }) }

    # Two JSON texts that say the same: members in any order, numbers by value, times as instants.
    function Compare-TestJson($Left, $Right) {
        if ($Left -is [System.Collections.IDictionary] -or $Right -is [System.Collections.IDictionary]) {
            if ($Left -isnot [System.Collections.IDictionary] -or $Right -isnot [System.Collections.IDictionary] -or $Left.Count -ne $Right.Count) { return $false }
            foreach ($key in $Left.Keys) { if (-not $Right.Contains($key) -or -not (Compare-TestJson $Left[$key] $Right[$key])) { return $false } }
            return $true
        }

        if ($Left -is [array] -or $Right -is [array]) {
            if (@($Left).Count -ne @($Right).Count -or ($Left -is [array]) -ne ($Right -is [array])) { return $false }
            foreach ($index in 0..(@($Left).Count - 1)) { if ($Left.Count -and -not (Compare-TestJson $Left[$index] $Right[$index])) { return $false } }
            return $true
        }

        if ($Left -is [datetime] -and $Right -is [datetime]) { return $Left.ToUniversalTime() -eq $Right.ToUniversalTime() }
        if ($null -eq $Left -or $null -eq $Right) { return $null -eq $Left -and $null -eq $Right }
        if ($Left -is [string] -ne ($Right -is [string])) { return $false }
        $Left -ceq $Right
    }
}

AfterAll {
    Get-Module Membrane.App.* | Remove-Module
    Stop-TestWorkspace
}

Describe 'A set of rows: <Name>' -ForEach $rowCases {
    It 'is sent as it is, or refused by the name of the field' {
        $case = $cases[$Index]
        New-TestCommand $case.schema
        $rows = if ($case.Contains('rows')) { $case.rows | ConvertFrom-Csv } else { $case.objects | ConvertTo-Json -Depth 20 -AsArray | ConvertFrom-Json }
        $arguments = if ($case.Contains('arguments')) { $case.arguments } else { @{} }
        $null = $rows | New-RowThing @arguments -ThrottleLimit 1 -SummaryVariable account -ErrorVariable refused -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $sent = @(Get-TestSent)
        $next = 0
        foreach ($row in 0..($case.expect.Count - 1)) {
            $expected = $case.expect[$row]
            if ($expected.Contains('refused')) {
                $problem = @($refused | Where-Object { $_.Exception.InputIndex -eq $row })
                $problem.Count | Should -Be 1 -Because "row $row is refused once"
                $problem[0].Exception.Message | Should -Match ([regex]::Escape($expected.refused))
            }
            else {
                Compare-TestJson ($sent[$next] | ConvertFrom-Json -AsHashtable) ($expected.sent | ConvertTo-Json -Depth 20 | ConvertFrom-Json -AsHashtable) | Should -BeTrue -Because "row $row was sent as $($sent[$next])"
                $next++
            }
        }

        $sent.Count | Should -Be $next
        $account.Total | Should -Be $case.expect.Count
        $account.Succeeded | Should -Be $next
        $account.Pending | Should -Be 0
    }
}

Describe 'Which row it is' {
    BeforeAll { New-TestCommand @{ type = 'object'; required = @('email'); properties = [ordered]@{ email = @{ type = 'string' }; amount = @{ type = 'number' }; tags = @{ type = 'array'; items = @{ type = 'string' } } } } }
    BeforeEach { Clear-TestRequest }

    It 'is told of every row, once, by its own index, whatever is wrong with it' {
        $rows = @{ email = 'a' }, $null, 'text', 7, @(, @{ email = 'b' }), @{ email = 'c'; amount = 'x' }, @{ amount = 1 }, [System.DBNull]::Value, @{ email = 'd' }
        $made = @($rows | New-RowThing -SummaryVariable account -ErrorVariable refused -ErrorAction SilentlyContinue)
        $made.Count | Should -Be 2
        @($refused | ForEach-Object { $_.Exception.InputIndex } | Sort-Object) | Should -Be 1, 2, 3, 4, 5, 6, 7
        $refused.CategoryInfo.Category | Should -Be (, 'InvalidArgument' * 7)
        $account.Total | Should -Be 9
        $account.Succeeded | Should -Be 2
        $account.NotSent | Should -Be 7
        @(Get-TestSent).Count | Should -Be 2
    }

    It 'counts declined rows and rehearsed ones, and refuses there what the run refuses' {
        @{ email = 'a' }, @{ email = 'b'; amount = '1,0' }, @{ email = 'c' } | New-RowThing -WhatIf -SummaryVariable account -ErrorVariable refused -ErrorAction SilentlyContinue
        $account.Total | Should -Be 3
        $account.NotSent | Should -Be 3
        $refused.Exception.InputIndex | Should -Be 1
        @(Get-TestSent).Count | Should -Be 0
    }

    It 'runs once without a row, and not at all for no rows' {
        $null = New-RowThing 'a'
        $null = @() | New-RowThing
        @(Get-TestSent) | Should -Be '{"email":"a"}'
    }

    It 'names once what fits no field, and sends it not' {
        $rows = @{ email = 'a'; Colour = 'red' }, @{ email = 'b'; Colour = 'blue' }, @{ email = 'c'; Size = 1 }
        $null = $rows | New-RowThing -ThrottleLimit 1 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 2
        "$($warnings[0])" | Should -Match "'Colour'"
        "$($warnings[1])" | Should -Match "'Size'"
        "$($warnings[1])" | Should -Not -Match 'Colour'
        @(Get-TestSent) | Should -Be '{"email":"a"}', '{"email":"b"}', '{"email":"c"}'
    }

    It 'names it too where every row is refused' {
        $null = @{ Mail = 'a'; amount = 'x' }, @{ Mail = 'b'; amount = 'y' } | New-RowThing -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        "$warnings" | Should -Match "'Mail'"
        @(Get-TestSent).Count | Should -Be 0
    }

    It 'does not warn of what objects of the app have more' {
        Import-MembraneApp $chat -Prefix Own -Force
        $message = Send-OwnMessage 'Hello'
        $null = $message | Remove-OwnMessage -Confirm:$false -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'does not warn of them either where they come <Way>' -ForEach @(
        @{ Way = 'out of Select-Object -First'; Convert = { $_ | Select-Object -First 1 } }
        @{ Way = 'out of CLIXML'; Convert = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) } }
        @{ Way = 'out of CLIXML and Select-Object'; Convert = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) | Select-Object -First 1 } }
        @{ Way = 'out of a job'; Convert = { $one = $_; Start-Job { $using:one } | Receive-Job -Wait -AutoRemoveJob } }
    ) {
        Import-MembraneApp $chat -Prefix Own -Force
        $copy = Send-OwnMessage 'Hello' | ForEach-Object $Convert
        $null = $copy | Remove-OwnMessage -Confirm:$false -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'adds what is named to every row' {
        $null = @{ email = 'a' }, @{ email = 'b'; amount = 5 } | New-RowThing -Amount 7 -AdditionalInput @{ more = 1 } -ThrottleLimit 1
        @(Get-TestSent) | Should -Be '{"email":"a","amount":7,"more":1}', '{"email":"b","amount":7,"more":1}'
    }
}

Describe 'What is given by name' {
    BeforeAll {
        New-TestCommand @{ type = 'object'; properties = @{
                n = @{ type = 'integer' }; x = @{ type = 'number' }; s = @{ type = 'string' }; b = @{ type = 'boolean'; default = $true }; d = @{ type = 'string'; format = 'date' }; a = @{ type = 'array'; items = @{ type = 'string' } }
                nn = @{ type = 'integer', 'null' }; ns = @{ type = 'string', 'null' }; nb = @{ type = 'boolean', 'null' }; nd = @{ anyOf = @(@{ type = 'string'; format = 'date' }, @{ type = 'null' }) }; no = @{ type = 'object', 'null' }; na = @{ type = 'array', 'null'; items = @{ type = 'string' } }
            }
        }
    }
    BeforeEach { Clear-TestRequest }

    It 'is refused where it does not match what the app takes: -<Name> <Value>' -ForEach @(
        @{ Name = 'N'; Value = $null }, @{ Name = 'N'; Value = '' }, @{ Name = 'N'; Value = ' ' }, @{ Name = 'N'; Value = 2.5 }, @{ Name = 'N'; Value = '2kb' }, @{ Name = 'N'; Value = '0x10' }, @{ Name = 'N'; Value = '1,000' }
        @{ Name = 'N'; Value = $true }, @{ Name = 'N'; Value = [System.DayOfWeek]::Friday }, @{ Name = 'NN'; Value = '' }, @{ Name = 'X'; Value = '1,5' }, @{ Name = 'X'; Value = [double]::NaN }, @{ Name = 'X'; Value = 9007199254740993 }
        @{ Name = 'S'; Value = $null }, @{ Name = 'S'; Value = @{ a = 1 } }, @{ Name = 'S'; Value = @('a') }, @{ Name = 'B'; Value = $null }, @{ Name = 'B'; Value = '' }, @{ Name = 'B'; Value = 'maybe' }
        @{ Name = 'D'; Value = $null }, @{ Name = 'D'; Value = '' }, @{ Name = 'D'; Value = '3/4/2026' }, @{ Name = 'A'; Value = $null }, @{ Name = 'A'; Value = @('a', $null) }
    ) {
        $given = @{ $Name = $Value }
        $problem = Get-TestError { New-RowThing @given -ErrorAction Stop }
        "$problem" | Should -Match "'$Name'"
        @(Get-TestSent).Count | Should -Be 0
    }

    It 'is null where the app takes null, and empty text where it takes text' {
        $null = New-RowThing -NN $null -NS $null -NB $null -ND $null -NO $null -NA $null -S '' -A @()
        $sent = Get-TestSent | ConvertFrom-Json -AsHashtable
        $sent.Keys | Sort-Object | Should -Be 'a', 'na', 'nb', 'nd', 'nn', 'no', 'ns', 's'
        foreach ($name in 'na', 'nb', 'nd', 'nn', 'no', 'ns') { $null -eq $sent[$name] | Should -BeTrue -Because $name }
        $sent['s'] | Should -BeExactly ''
        $sent['a'].Count | Should -Be 0
    }

    It 'is sent in the forms that JSON has' {
        $null = New-RowThing -N 3.0 -X '12.50' -S ([datetime]::new(2026, 3, 4, 5, 6, 7, [System.DateTimeKind]::Utc)) -B yes -D ([datetime] '2026-03-04') -A 1, $true, b
        @(Get-TestSent) | ConvertFrom-Json -AsHashtable | ForEach-Object { $_['n'] | Should -Be 3; $_['x'] | Should -Be 12.5; $_['b'] | Should -BeTrue; $_['d'] | Should -Be '2026-03-04'; $_['a'] | Should -Be '1', 'true', 'b' }
        "$(Get-TestSent)" | Should -Match '"s":"2026-03-04T05:06:07Z"'
    }
}

Describe 'What is given by name for what must be there' {
    BeforeAll {
        $text = @{ type = 'string' }
        New-TestCommand @{ type = 'object'; required = 's', 'n', 'a', 'x'; properties = [ordered]@{ s = $text; n = @{ type = 'integer', 'null' }; a = @{ type = 'array'; items = $text }; x = @{ type = 'string', 'object' }; f = @{ type = 'number' } } }
    }
    BeforeEach { Clear-TestRequest }

    It 'is empty text, null and an empty list where the app takes them' {
        $null = New-RowThing -S '' -N $null -A @() -X ''
        Get-TestSent | Should -Be '{"s":"","n":null,"a":[],"x":""}'
        Clear-TestRequest
        $null = @{ s = 'given by name all the same' } | New-RowThing -S '' -N $null -A @('') -X @{}
        Get-TestSent | Should -Be '{"s":"","n":null,"a":[""],"x":{}}'
    }

    It 'is refused where the app does not take it: -<Name>' -ForEach @(@{ Name = 'S'; Value = $null }, @{ Name = 'N'; Value = '' }, @{ Name = 'A'; Value = $null }, @{ Name = 'X'; Value = $null }) {
        $given = @{ S = 's'; N = 1; A = @(); X = 'x' }
        $given[$Name] = $Value
        (Get-TestError { New-RowThing @given -ErrorAction Stop }) | Should -Match "'$Name'"
        @(Get-TestSent).Count | Should -Be 0
    }

    It 'has the digits that it had as a number of single precision' {
        $null = New-RowThing -S s -N 1 -A @() -X x -F ([float] 0.1)
        Get-TestSent | Should -Match '"f":0\.1}$'
    }
}

Describe 'Rows of all kinds' {
    BeforeAll {
        $text = @{ type = 'string' }
        New-TestCommand @{ type = 'object'; properties = @{
                big = @{ type = 'integer' }; half = @{ type = 'number' }; wide = @{ type = 'integer' }; name = $text; day = @{ type = 'string'; format = 'date' }; at = @{ type = 'string'; format = 'date-time' }; clock = $text; address = $text; version = $text; link = $text; id = $text; span = $text
            }
        }

        # One value of each type, and the JSON that it is.
        $values = [pscustomobject]@{
            big = [bigint]::Parse('-123456789012345678901234567890'); half = [System.Half] 1.5; wide = [System.Int128]::MaxValue; name = [System.DayOfWeek]::Friday; day = [System.DateOnly]::new(2026, 3, 4)
            at = [System.DateTimeOffset]::new(2026, 3, 4, 5, 6, 7, [timespan]::FromHours(2)); clock = [System.TimeOnly]::new(5, 6, 7); address = [ipaddress] '10.0.0.1'; version = [version] '1.2.3'; link = [uri] 'http://x/a b'; id = [guid]::Empty; span = [timespan]::FromSeconds(90)
        }
        $expected = @{
            big = '-123456789012345678901234567890'; half = '1.5'; wide = '170141183460469231731687303715884105727'; name = '"Friday"'; day = '"2026-03-04"'; at = '"2026-03-04T05:06:07+02:00"'; clock = '"05:06:07"'
            address = '"10.0.0.1"'; version = '"1.2.3"'; link = '"http://x/a b"'; id = '"00000000-0000-0000-0000-000000000000"'; span = '"00:01:30"'
        }
        function Assert-TestSent {
            foreach ($text in Get-TestSent) {
                $sent = [System.Text.Json.JsonDocument]::Parse($text).RootElement
                @($sent.EnumerateObject()).Count | Should -Be $expected.Count
                foreach ($member in $sent.EnumerateObject()) { $member.Value.GetRawText().Replace('\u002B', '+') | Should -Be $expected[$member.Name] -Because $member.Name }
            }
        }
    }
    BeforeEach { Clear-TestRequest }

    It 'say the same as they are, after CLIXML, and as objects of a job' {
        $file = Join-Path $TestDrive 'rows.xml'
        $values | Export-Clixml $file
        $null = $values | New-RowThing
        $null = Import-Clixml $file | New-RowThing
        $made = Start-ThreadJob { $using:values } | Receive-Job -Wait
        $null = $made | New-RowThing
        $file | ForEach-Object { Start-Job { Import-Clixml $using:file } } | Receive-Job -Wait | New-RowThing -WarningVariable warnings | Out-Null
        @(Get-TestSent).Count | Should -Be 4
        $warnings | Should -BeNullOrEmpty
        Assert-TestSent
    }

    It 'say the same to every command that sends objects' {
        $made = New-MembraneAction -Name 'Take All' -Connection $chat -Type run-javascript -InputSchema @{ type = 'object' } -Config @{ code = 'module.exports = ({ input }) => input' }
        $null = $values | Invoke-MembraneAction $made -Connection $chat
        $null = $values | Export-Clixml (Join-Path $TestDrive 'again.xml')
        $null = Import-Clixml (Join-Path $TestDrive 'again.xml') | Invoke-MembraneAction -Action $made.Id -Connection $chat
        @(Get-TestSent).Count | Should -Be 2
        Assert-TestSent
        $null = New-MembraneRecord messages $chat -Fields $values -ErrorAction SilentlyContinue
        $body = [System.Text.Json.JsonDocument]::Parse((Get-TestRequest | Where-Object path -like '*/create' | Select-Object -Last 1).body).RootElement.GetProperty('fields')
        foreach ($member in $body.EnumerateObject()) { $member.Value.GetRawText().Replace('\u002B', '+') | Should -Be $expected[$member.Name] -Because $member.Name }
    }

    It 'are rows of tables and readers' {
        $table = [System.Data.DataTable]::new()
        $null = $table.Columns.Add('name', [string]), $table.Columns.Add('BIG', [long]), $table.Columns.Add('half', [decimal]), $table.Columns.Add('at', [datetime])
        $null = $table.Rows.Add('Ada', 7, 1.50, [datetime]::new(2026, 3, 4, 0, 0, 0, [System.DateTimeKind]::Utc))
        $null = $table.Rows.Add([System.DBNull]::Value, [System.DBNull]::Value, 2, [System.DBNull]::Value)
        $null = $table.Rows | New-RowThing -ThrottleLimit 1 -WarningVariable warnings
        $null = $table.DefaultView | New-RowThing -ThrottleLimit 1
        $reader = $table.CreateDataReader()
        $null = & { while ($reader.Read()) { , $reader } } | New-RowThing -ThrottleLimit 1
        $warnings | Should -BeNullOrEmpty
        $sent = @(Get-TestSent | ForEach-Object { $_ | ConvertFrom-Json -AsHashtable })
        $sent.Count | Should -Be 6
        foreach ($first in $sent[0, 2, 4]) { $first['name'] | Should -Be 'Ada'; $first['big'] | Should -Be 7; $first['half'] | Should -Be 1.5; $first['at'].ToUniversalTime() | Should -Be ([datetime]::new(2026, 3, 4, 0, 0, 0, [System.DateTimeKind]::Utc)) }
        foreach ($second in $sent[1, 3, 5]) { $second.Keys | Should -Be 'half' }
    }

    It 'are dictionaries of any kind' {
        $generic = [System.Collections.Generic.Dictionary[string, object]]::new()
        $generic['name'] = 'g'
        $null = @{ name = 'h' }, [ordered]@{ NAME = 'o' }, $generic, ([pscustomobject]@{ Name = 'p' }) | New-RowThing -ThrottleLimit 1
        @(Get-TestSent) | Should -Be '{"name":"h"}', '{"name":"o"}', '{"name":"g"}', '{"name":"p"}'
    }

    It 'are refused where part of a value would be lost, by the name of the field: <What>' -ForEach @(
        @{ What = 'an element of XML'; Make = { ([xml] '<order id="7"><qty>3</qty></order>').order } }
        @{ What = 'a document of XML'; Make = { [xml] '<order id="7"/>' } }
        @{ What = 'an element of LINQ'; Make = { [System.Xml.Linq.XElement]::Parse('<order id="7"/>') } }
        @{ What = 'names and values'; Make = { , [System.Web.HttpUtility]::ParseQueryString('a=1&b=2&a=3') } }
        @{ What = 'a regular expression'; Make = { [regex]::new('^a+$', 'IgnoreCase') } }
        @{ What = 'a table of numbers'; Make = { , [int[, ]]::new(2, 2) } }
        @{ What = 'a number and its text as keys'; Make = { $keys = @{ 1 = 'one' }; $keys['1'] = 'two'; $keys } }
        @{ What = 'two numbers as keys'; Make = { $keys = @{ 5 = 'a' }; $keys[[long] 5] = 'b'; $keys } }
    ) {
        $made = New-MembraneAction -Name "Take $What" -Connection $chat -Type run-javascript -InputSchema @{ type = 'object' } -Config @{ code = 'module.exports = ({ input }) => input' }
        $value = & $Make
        foreach ($call in { [pscustomobject]@{ field = $value } | Invoke-MembraneAction $made -Connection $chat }, { New-MembraneRecord messages $chat -Fields @{ field = $value } }, { Set-MembraneConnection $chat -Meta @{ field = $value } }, { Invoke-MembraneRequest /connections -Method POST -Body @{ field = $value } }) {
            $problem = Get-TestError { & $call -ErrorAction Stop }
            $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
            "$problem" | Should -BeLike '*field*'
        }

        Get-TestChange | Where-Object path -ne '/actions' | Should -BeNullOrEmpty
    }

    It 'have the same text as keys and in queries as they have as values' {
        $made = New-MembraneAction -Name 'Take Keys' -Connection $chat -Type run-javascript -InputSchema @{ type = 'object' } -Config @{ code = 'module.exports = ({ input }) => input' }
        $day = [System.DateOnly]::new(2026, 4, 3)
        $time = [datetime]::new(2026, 4, 3, 0, 0, 0, [System.DateTimeKind]::Utc)
        $null = [pscustomobject]@{ day = @{ $day = 1 }; time = @{ $time = 1 }; number = @{ 1.5 = 1 }; text = [System.Text.StringBuilder] 'text' } | Invoke-MembraneAction $made -Connection $chat
        Get-TestSent | Should -Be '{"day":{"2026-04-03":1},"time":{"2026-04-03T00:00:00Z":1},"number":{"1.5":1},"text":"text"}'
        $null = Invoke-MembraneRequest connections -Query @{ since = $day; at = [System.TimeOnly]::new(5, 6); kind = [System.DayOfWeek]::Friday; half = [System.Half] 1.5 }
        $query = [System.Web.HttpUtility]::ParseQueryString((Get-TestRequest | Select-Object -Last 1).query)
        "$($query['since']) $($query['at']) $($query['kind']) $($query['half'])" | Should -Be '2026-04-03 05:06:00 Friday 1.5'
    }

    It 'keep numbers that no type of .NET has, from the app and back to it' {
        $made = New-MembraneAction -Name 'Take Numbers' -Connection $chat -Type run-javascript -InputSchema @{ type = 'object' } -Config @{ code = 'module.exports = ({ input }) => input' }
        foreach ($number in '1e999', '-1.25e400', ('9' * 400 + '.5')) {
            Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = "{`"output`":{`"number`":$number}}"; times = 1; contentType = 'application/json' }
            $output = (Invoke-MembraneAction $made -Connection $chat -InputObject @{}).Output
            $output.number | Should -BeOfType ([bigint])
            $null = @{ copy = $output } | Invoke-MembraneAction $made -Connection $chat -ErrorAction Stop
            $sent = [System.Text.Json.JsonDocument]::Parse((Get-TestSent)[-1]).RootElement.GetProperty('copy').GetProperty('number').GetRawText()
            [bigint]::Parse($sent) | Should -Be $output.number
            $sent.TrimStart('-').Length | Should -BeGreaterThan 308
        }
    }

    It 'fail alone where a property cannot be read, which is named with its type' {
        $bad = [pscustomobject]@{ name = 'x' } | Add-Member ScriptProperty address { throw 'no such disk' } -PassThru
        $harmless = [pscustomobject]@{ name = 'y' } | Add-Member ScriptProperty other { throw 'nobody asks' } -PassThru
        $null = $bad, $harmless | New-RowThing -ErrorVariable refused -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        @($refused).Count | Should -Be 1
        $refused[0].Exception.InputIndex | Should -Be 0
        "$($refused[0])" | Should -Match 'address.*PSCustomObject.*no such disk'
        @(Get-TestSent) | Should -Be '{"name":"y"}'
    }
}

Describe 'What the caller prefers' {
    BeforeAll { New-TestCommand @{ type = 'object'; properties = @{ name = @{ type = 'string' } } } }
    BeforeEach { Clear-TestRequest }

    It 'reaches a native command: <Preference>' -ForEach @(
        @{ Preference = 'VerbosePreference'; Record = [System.Management.Automation.VerboseRecord] }, @{ Preference = 'WarningPreference'; Record = [System.Management.Automation.WarningRecord] }
    ) {
        # A script of its own session, which is where modules do not look.
        $row = @{ name = 'a'; unknown = 1 }
        $shown, $hidden = foreach ($value in 'Continue', 'SilentlyContinue') {
            @(& { param($Preference, $Value, $Row) Set-Variable -Name $Preference -Value $Value; $Row | New-RowThing *>&1 } $Preference $value $row | Where-Object { $_ -is $Record }).Count
        }

        $shown | Should -BeGreaterThan 0
        $hidden | Should -Be 0
    }

    It 'ends a script at the first error where that is preferred' {
        $caught = & { $ErrorActionPreference = 'Stop'; try { 'text' | New-RowThing; 'went on' } catch { $_.FullyQualifiedErrorId } }
        $caught | Should -BeLike 'InvalidInput,*'
    }

    It 'is heeded by what asks first' {
        & { $WhatIfPreference = $true; @{ name = 'a' } | New-RowThing }
        @(Get-TestSent).Count | Should -Be 0
        $null = & { $ConfirmPreference = 'None'; @{ name = 'a' } | New-RowThing }
        @(Get-TestSent).Count | Should -Be 1
        New-TestCommand @{ type = 'object'; properties = @{ id = @{ type = 'string' } } } 'Delete Thing'
        (Get-TestError { @{ id = 'a' } | Remove-RowThing -ErrorAction Stop }).Exception.Message | Should -Match 'NonInteractive|interactive'
        @(Get-TestSent).Count | Should -Be 0
        $null = @{ id = 'a' } | Remove-RowThing -Confirm:$false -ErrorAction SilentlyContinue
        $null = & { $ConfirmPreference = 'None'; @{ id = 'a' } | Remove-RowThing -ErrorAction SilentlyContinue }
        @(Get-TestSent).Count | Should -Be 2
    }
}

Describe 'A checkpoint of something else' {
    It 'is one error that ends the command, not one of each row' {
        New-TestCommand @{ type = 'object'; properties = @{ name = @{ type = 'string' } } }
        $path = Join-Path $TestDrive 'other.checkpoint'
        $null = @{ name = 'a' } | New-RowThing -CheckpointPath $path
        New-TestCommand @{ type = 'object'; properties = @{ name = @{ type = 'string' } } } 'Create Other Thing'
        $problem = Get-TestError { 1..3 | ForEach-Object { @{ name = "$_" } } | New-RowOtherThing -CheckpointPath $path -ErrorAction Continue -SummaryVariable account }
        $problem.Exception | Should -BeOfType ([Membrane.MembraneException])
        "$problem" | Should -Match 'checkpoint'
        @(Get-TestSent).Count | Should -Be 0
    }
}

Describe 'An exported module' {
    BeforeAll {
        Get-Module Membrane.App.* | Remove-Module
        $crm = New-TestConnection hubspot -Name 'CRM'
        $savedPath = $env:PSModulePath
        $env:PSModulePath = (Split-Path (Split-Path $env:MEMBRANE_TEST_MODULE)) + [System.IO.Path]::PathSeparator + $env:PSModulePath
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'modules')).FullName
        $manifest = (Export-MembraneApp $crm $folder).FullName
    }

    AfterAll { $env:PSModulePath = $savedPath }

    It 'takes the place of the commands of the session' {
        Import-MembraneApp $crm
        $problems = $( Import-Module $manifest ) 2>&1
        $problems | Should -BeNullOrEmpty
        @(Get-Module Membrane.App.Hubspot).Count | Should -Be 1
        (Get-Module Membrane.App.Hubspot).Path | Should -Match 'Membrane\.App\.Hubspot\.psm1$'
        (New-HubspotContact 'ada@example.com' | Out-String) | Should -Match '(?m)^id\s+email'
        Import-MembraneApp $crm -Force
        @(Get-Module Membrane.App.Hubspot).Count | Should -Be 1
        Remove-Module Membrane.App.Hubspot
        Get-TypeData Membrane.App.Hubspot.* | Should -BeNullOrEmpty
    }

    It 'works in one runspace after the other' {
        $emails = foreach ($number in 1..20) {
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript('param($module, $manifest, $context, $number) Import-Module $module; Import-Module $manifest; [pscustomobject]@{ email = "r$number@example.com" } | New-HubspotContact -Context $context | ForEach-Object email').AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument($manifest).AddArgument((Get-MembraneContext default)).AddArgument($number)
                $shell.Invoke()
                $shell.Streams.Error | Should -BeNullOrEmpty
            }
            finally { $shell.Dispose() }
        }

        @($emails).Count | Should -Be 20
    }

    It 'works in thread jobs, in parallel loops and in jobs' {
        $token = New-MembraneToken -TenantKey ada -AsPlainText
        $uri = $Emulator.ApiUri
        $module = $env:MEMBRANE_TEST_MODULE
        $current = Get-MembraneContext default
        $made = foreach ($number in 1..3) { Start-ThreadJob { Import-Module $using:module; Import-Module $using:manifest; @{ email = "t$using:number@example.com" } | New-HubspotContact -Context $using:current } }
        @($made | Receive-Job -Wait -AutoRemoveJob).Count | Should -Be 3
        @(1..4 | ForEach-Object -Parallel { Import-Module $using:module; Import-Module $using:manifest; @{ email = "p$_@example.com" } | New-HubspotContact -Context $using:current } -ThrottleLimit 2).Count | Should -Be 4
        $job = Start-Job { Import-Module $using:module; Import-Module $using:manifest; Connect-Membrane -ApiUri $using:uri -Token $using:token; @{ email = 'j@example.com' } | New-HubspotContact }
        ($job | Receive-Job -Wait -AutoRemoveJob).email | Should -Be 'j@example.com'
    }
}
