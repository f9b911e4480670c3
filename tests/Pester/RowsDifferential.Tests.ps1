# Random rows through real commands: what reaches the emulator is what the rules of Support/RowCases.cs say, which know no line of the module.
# MEMBRANE_TEST_ROWS_SEED takes one schema alone, MEMBRANE_TEST_ROWS_SCHEMAS more than 50.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $chat = New-TestConnection slack -Name 'Chat'
    Add-Type -Path "$PSScriptRoot/Support/RowCases.cs" -IgnoreWarnings -WarningAction Ignore
}

AfterAll {
    Get-Module Membrane.App.* | Remove-Module
    Stop-TestWorkspace
}

Describe 'Random rows of random schemas' {
    It 'are sent as they are, or refused by name, and all of them are in the summary' {
        $schemas = if ($env:MEMBRANE_TEST_ROWS_SCHEMAS) { [int] $env:MEMBRANE_TEST_ROWS_SCHEMAS } else { 50 }
        $first = if ($env:MEMBRANE_TEST_ROWS_SEED) { $schemas = 1; [int] $env:MEMBRANE_TEST_ROWS_SEED } else { Get-Random -Maximum 16777216 }
        Write-Host "$schemas schemas with 200 rows each; seeds from $first"
        foreach ($seed in $first..($first + $schemas - 1)) {
            $cases = [Membrane.Tests.Oracle.RowCases]::new($seed, 200)
            $name = "Create Thing$seed"
            $made = New-MembraneAction -Name $name -Connection $chat -Type run-javascript -InputSchema (ConvertFrom-Json $cases.Schema -AsHashtable) -Config @{ code = 'module.exports = ({ input }) => input' }
            $module = Import-MembraneApp $chat -Prefix Random -Action $made.Key -Force -PassThru
            $command = @($module.ExportedFunctions.Values)[0]
            Clear-TestRequest
            # One third as hashtables, one as objects, one as what CLIXML makes of them.
            $rows = switch ($seed % 3) {
                0 { $cases.Rows }
                1 { $cases.Rows | ForEach-Object { [pscustomobject] $_ } }
                2 {
                    $file = Join-Path $TestDrive 'rows.xml'
                    $cases.Rows | ForEach-Object { [pscustomobject] $_ } | Export-Clixml $file -Depth 5
                    Import-Clixml $file
                }
            }
            $named = @{}
            if ($cases.ArgumentParameter) { $named[$cases.ArgumentParameter] = $cases.ArgumentValue }
            $null = $rows | & $command @named -ThrottleLimit 1 -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $refusals = [string[]]::new(200)
            foreach ($problem in $problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -and $_.Exception -is [Membrane.MembraneInputException] }) {
                $refusals[$problem.Exception.InputIndex] | Should -BeNullOrEmpty -Because "row $($problem.Exception.InputIndex) is in the summary once (seed $seed)"
                $refusals[$problem.Exception.InputIndex] = $problem.Exception.Message
            }

            $sent = [string[]] @(Get-TestRequest | Where-Object path -like '*/run' | ForEach-Object { [System.Text.Json.JsonDocument]::Parse($_.body).RootElement.GetProperty('input').GetRawText() })
            $cases.Compare($sent, $refusals) -join "`n" | Should -BeNullOrEmpty -Because "of MEMBRANE_TEST_ROWS_SEED=$seed"
            $account.Total | Should -Be 200
            $sent.Count + @($refusals | Where-Object { $_ }).Count | Should -Be 200
            $made | Remove-MembraneAction -Connection $chat -Confirm:$false
        }
    }
}
