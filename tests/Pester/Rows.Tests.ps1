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
