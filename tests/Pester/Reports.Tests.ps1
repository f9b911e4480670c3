# The report of a batch: what became of each input, errors by cause, and when.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    Connect-Membrane -Emulator -TenantKey ada -WithApp hubspot

    # 30 inputs: 20 that succeed, 6 with a wrong email, 4 that the service refuses.
    function Get-TestRow {
        foreach ($number in 0..29) {
            $row = @{ email = "person$number@example.com"; firstName = '=cmd|calc!A1'; lastName = '<script>alert(1)</script>{rows}' }
            if ($number % 5 -eq 0) { $row.email = 42 + $number }
            if ($number % 5 -eq 1 -and $number -lt 20) { $row.firstName = 'refuse' }
            $row
        }
    }

    function Invoke-TestBatch([hashtable] $More) {
        Add-TestFault @{ match = @{ method = 'POST'; path = '/actions/*/run' }; status = 403; times = 4; body = @{ type = 'access_denied'; message = 'The app says "<b>no</b>" to 4711.' } }
        Get-TestRow | Invoke-MembraneAction create-contact hubspot -ThrottleLimit 1 -SummaryVariable script:summary -ErrorAction SilentlyContinue -ErrorVariable script:problems @More | Out-Null
        Clear-TestFault
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'A report' {
    BeforeEach { $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName }

    It 'has each input in CSV once, and no cell is a formula' {
        Invoke-TestBatch @{ ReportPath = "$folder/report.csv" }
        Get-ChildItem $folder -Force | Should -HaveCount 1
        $rows = @(Import-Csv "$folder/report.csv")
        $rows.Count | Should -Be 30
        $rows.InputIndex | Should -Be (0..29)
        ($rows | Where-Object Outcome -EQ Succeeded).Count | Should -Be $summary.Succeeded
        ($rows | Where-Object Outcome -EQ NotSent).Count | Should -Be 6
        ($rows | Where-Object Outcome -EQ Failed).Count | Should -Be 4
        ($rows[0].Input | ConvertFrom-Json).email | Should -Be 42
        ($rows[29].Output | ConvertFrom-Json).email | Should -Be 'person29@example.com'
        $rows[0].ErrorId | Should -Be 'InvalidActionInput'
        $text = [System.IO.File]::ReadAllText("$folder/report.csv")
        [regex]::Matches($text, '(?m)(^|,)"?[=+\-@]') | Should -BeNullOrEmpty
        '=1+1', '+1', '-1', '@x' | Get-MembraneConnection -ErrorAction SilentlyContinue | Out-Null
        '=1+1', '+1', '-1', '@x' | Remove-MembraneConnection -Confirm:$false -ErrorAction SilentlyContinue -ReportPath "$folder/formula.csv"
        (Import-Csv "$folder/formula.csv").Input | Should -Be "'=1+1", "'+1", "'-1", "'@x"
        if (-not $IsWindows) { (Get-Item "$folder/report.csv").UnixFileMode | Should -Be ([System.IO.UnixFileMode]'UserRead, UserWrite') }
    }

    It 'has everything in JSON, as it is documented' {
        Invoke-TestBatch @{ ReportPath = "$folder/report.json" }
        $report = Get-Content "$folder/report.json" -Raw | ConvertFrom-Json
        $report.title | Should -Be 'Invoke-MembraneAction'
        $report.stopped | Should -BeFalse
        $report.items.Count | Should -Be 30
        $report.items[1].input.lastName | Should -Be '<script>alert(1)</script>{rows}'
        foreach ($name in 'Total', 'Succeeded', 'Failed', 'NotSent', 'Unknown', 'Skipped') { $report.summary.$name | Should -Be $summary.$name -Because $name }
        $report.causes | ForEach-Object count | Should -Be 6, 4
        @($report.causes)[1].message | Should -BeLike '*to 4711*'
        @($report.causes)[0].inputIndexes | Should -Be 0, 5, 10, 15, 20, 25
        ($report.rate.slots | Measure-Object succeeded -Sum).Sum | Should -Be 20
        ($report.rate.slots | Measure-Object failed -Sum).Sum | Should -Be 10
    }

    It 'is a page in HTML that asks for nothing else, and shows text of strangers as text' {
        Invoke-TestBatch @{ ReportPath = "$folder/report.html" }
        $page = Get-Content "$folder/report.html" -Raw
        $page | Should -Not -Match '<script|<img|<link|<iframe|\bon\w+=|url\(|@import|src=|href='
        $page.Contains('&lt;script&gt;alert(1)&lt;/script&gt;&#123;rows}') | Should -BeTrue
        $page -like '*<dt>Inputs</dt><dd>30</dd>*<dt>Succeeded</dt><dd>20</dd>*' | Should -BeTrue
        $page.Contains('&lt;b&gt;no&lt;/b&gt;') | Should -BeTrue
        [regex]::Matches($page, '<tr class="').Count | Should -Be 30
        $page | Should -Match '<svg'
        $page | Should -Not -Match '\{(rows|left|title|style|counts|picture|causes|stopped|duration|started)\}'
        # A page that a strict reader takes: elements are closed as they were opened.
        { [xml]($page -replace '(?s)^.*?<body>', '<body>' -replace '(?s)</html>.*$', '') } | Should -Not -Throw
        if ($env:MEMBRANE_TEST_SHOW) { Copy-Item "$folder/report.html" $env:MEMBRANE_TEST_SHOW }
    }

    It 'checks its path before the first request' {
        'there' | Set-Content "$folder/there.csv"
        Clear-TestRequest
        foreach ($case in @(
                @{ ReportPath = "$folder/there.csv"; Says = '*is there already*-Force*' }
                @{ ReportPath = "$folder/report.xlsx"; Says = '*no form of a report*.html, .csv or .json*' }
                @{ ReportPath = "$folder/report"; Says = '*no form of a report*' }
                @{ ReportPath = "$folder/no-folder/report.csv"; Says = '*cannot be written*' }
                @{ ReportPath = 'Env:\report.csv'; Says = '*not a path of the file system*' }
            )) {
            $refused = Get-TestError { Get-TestRow | Invoke-MembraneAction create-contact hubspot -ReportPath $case.ReportPath }
            $refused.FullyQualifiedErrorId | Should -BeLike 'InvalidInput*'
            "$($refused.Exception.Message) $($refused.ErrorDetails.RecommendedAction)" | Should -BeLike $case.Says
        }
        { Get-TestRow | Invoke-MembraneAction create-contact hubspot -ReportPath $null } | Should -Throw '*Nothing was given*'
        (Get-TestError { Get-TestRow | Invoke-MembraneAction create-contact hubspot -Force }).Exception.Message | Should -BeLike '*no report is asked for*'
        @(Get-TestRequest).Count | Should -Be 0
        Get-ChildItem $folder -Force | Should -HaveCount 1
        Get-Content "$folder/there.csv" | Should -Be 'there'
        Invoke-TestBatch @{ ReportPath = "$folder/there.csv"; Force = $true }
        (Import-Csv "$folder/there.csv").Count | Should -Be 30
        Get-TestRow | Select-Object -Last 1 | Invoke-MembraneAction create-contact hubspot -ReportPath "$folder/dry.csv" -WhatIf -ErrorAction SilentlyContinue
        Test-Path "$folder/dry.csv" | Should -BeFalse
    }

    It 'is whole and says so when the run is stopped, and stays no half of it' {
        $null = Get-TestRow | Invoke-MembraneAction create-contact hubspot -ThrottleLimit 1 -ReportPath "$folder/report.json" -ErrorAction SilentlyContinue | Select-Object -First 3
        $report = Get-Content "$folder/report.json" -Raw | ConvertFrom-Json
        $report.stopped | Should -BeTrue
        $report.summary.succeeded | Should -BeGreaterOrEqual 3
        $report.items.Count | Should -Be $report.summary.total
        $null = Get-TestError { Get-TestRow | Invoke-MembraneAction create-contact hubspot -ThrottleLimit 1 -ReportPath "$folder/ended.html" -ErrorAction Stop }
        Get-Content "$folder/ended.html" -Raw | Should -BeLike '*The run was stopped before its end*'
        Get-ChildItem $folder -Force | Should -HaveCount 2
    }

    It 'is one of the other bulk commands, too' {
        1..3 | ForEach-Object { @{ email = "$_@example.com" } } | New-MembraneRecord -Connection hubspot -Collection contacts -ReportPath "$folder/records.csv" | Out-Null
        (Import-Csv "$folder/records.csv").Outcome | Should -Be 'Succeeded', 'Succeeded', 'Succeeded'
        $checkpoint = "$folder/run.checkpoint"
        foreach ($name in 'first', 'second') {
            @{ email = 'once@example.com' } | Invoke-MembraneAction create-contact hubspot -CheckpointPath $checkpoint -ReportPath "$folder/$name.csv" | Out-Null
        }
        (Import-Csv "$folder/second.csv").Outcome | Should -Be 'Skipped'
    }

    It 'takes little memory, and shows in HTML what a browser can show' {
        $memory = { [gc]::Collect(); [gc]::GetTotalMemory($true) / 1MB }
        $before = & $memory
        1..6000 | ForEach-Object { "not-there-$_" } | Get-Random -Count 6000 | ForEach-Object { @{ email = $_.Length } } | Invoke-MembraneAction create-contact hubspot -ReportPath "$folder/large.html" -ErrorAction SilentlyContinue -ErrorVariable none | Out-Null
        $none.Clear(); $error.Clear()
        (& $memory) - $before | Should -BeLessThan 60
        (Get-Item "$folder/large.html").Length | Should -BeLessThan 4MB
        Get-Content "$folder/large.html" -Raw | Should -BeLike '*4,000 further inputs are not shown*'
    }
}
