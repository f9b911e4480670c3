BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $readme = (Get-Content -LiteralPath (Join-Path $root 'README.md') -Raw) -replace "`r`n", "`n"

    function Get-ReadmeBlock {
        param([string] $Language)
        [regex]::Matches($readme, "(?ms)^``````$Language\n(.*?)\n``````$").ForEach{ $_.Groups[1].Value }
    }

    # What somebody sees, but for the ids, which are others each time.
    function ConvertTo-Form {
        param([string] $Text)
        @($Text -split '\r?\n' | ForEach-Object { ($_ -replace '\b([a-z]{3})_[0-9a-f]{24}\b', '$1_ID').TrimEnd() } | Where-Object { $_ }) -join "`n"
    }
}

Describe 'README' {
    It 'begins with how to install the module' {
        (Get-ReadmeBlock powershell)[0] | Should -Be 'Install-PSResource Membrane'
    }

    It 'has a first block that runs as it stands and shows what README shows' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("`$ErrorActionPreference = 'Stop'; Import-Module '$($env:MEMBRANE_TEST_MODULE.Replace("'", "''"))'").AddStatement()
            $null = $shell.AddScript("& { $((Get-ReadmeBlock powershell)[1]) } | Out-String -Width 120")
            $shown = $shell.Invoke() -join "`n"
            $shell.Streams.Error + $shell.Streams.Warning | Should -BeNullOrEmpty
            ConvertTo-Form $shown | Should -Be (ConvertTo-Form @(Get-ReadmeBlock text)[0])
        }
        finally {
            $shell.Commands.Clear()
            $null = $shell.AddScript('Disconnect-Membrane -All; Stop-MembraneEmulator').Invoke()
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'names exactly two commands for a clone, which build.ps1 has' {
        $commands = @(Get-ReadmeBlock shell) -split "`n"
        $commands | Should -HaveCount 2
        $tasks = (Get-Command (Join-Path $root 'build.ps1')).Parameters['Task'].Attributes.Where{ $_ -is [ValidateSet] }.ValidValues
        foreach ($command in $commands) {
            $command | Should -Match '^dotnet tool exec -y PowerShell@\d+\.\d+\.\d+ -- \./build\.ps1 (?<task>\w+)$'
            [regex]::Match($command, '\w+$').Value | Should -BeIn $tasks
        }
    }

    It 'uses commands and parameters that there are' {
        $code = (Get-ReadmeBlock powershell) -join "`n"
        $problems = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        $calls = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -like '*-Membrane*' }, $true)
        $calls.Count | Should -BeGreaterThan 6
        foreach ($call in $calls) {
            $command = Get-Command -Name $call.GetCommandName() -Module Membrane -ErrorAction Stop
            foreach ($parameter in $call.CommandElements.Where{ $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                $parameter.ParameterName | Should -BeIn $command.Parameters.Keys -Because "$call"
            }
        }
    }

    It 'links to files that there are' {
        $links = [regex]::Matches($readme, '\]\((?!https?://)([^)#]+)').ForEach{ $_.Groups[1].Value }
        $links.Count | Should -BeGreaterThan 10
        $links | Where-Object { -not (Test-Path -LiteralPath (Join-Path $root $_)) } | Should -BeNullOrEmpty
    }
}
