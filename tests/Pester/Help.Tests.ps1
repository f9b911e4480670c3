BeforeDiscovery {
    $platyPS = Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS | Where-Object Version -ge '1.0.0'
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $pages = Join-Path $root 'docs/en-US'
    $commands = (Get-Command -Module Membrane | Sort-Object Name).Name

    # What Get-Help says in a process of its own, as somebody would see it.
    function Get-TestHelp {
        param([string] $Command, [string] $Language = 'en_US.UTF-8')
        $start = [System.Diagnostics.ProcessStartInfo]::new($env:MEMBRANE_TEST_ENGINE)
        $start.RedirectStandardOutput = $true
        $start.Environment['LANG'] = $Language
        $start.Environment['NO_COLOR'] = '1'
        '-NoProfile', '-NonInteractive', '-Command', "`$ErrorActionPreference = 'Stop'; Import-Module '$env:MEMBRANE_TEST_MODULE'; $Command | Out-String -Width 200" | ForEach-Object { $start.ArgumentList.Add($_) }
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
    }
}

Describe 'Get-Help' {
    It 'has the words of the page for every command' {
        foreach ($name in $commands) {
            $page = Get-Content -LiteralPath (Join-Path $pages "$name.md") -Raw
            $help = Get-Help $name -Full
            $synopsis = [regex]::Match($page, '(?s)## SYNOPSIS\s+(.+?)\s+## ').Groups[1].Value -replace '`'
            $help.Synopsis.Trim() | Should -Be $synopsis -Because $name
            $help.description.Text | Should -Not -BeNullOrEmpty -Because $name
            @($help.examples.example).Count | Should -BeGreaterOrEqual 3 -Because $name
            foreach ($example in $help.examples.example) {
                $example.code | Should -Not -BeNullOrEmpty -Because "$name, $($example.title)"
                ($example.introduction.Text -join ' ').Trim() | Should -Match '\.$' -Because "$name, $($example.title)"
            }
            foreach ($parameter in $help.parameters.parameter) { $parameter.description.Text | Should -Not -BeNullOrEmpty -Because "$name -$($parameter.name)" }
        }
    }

    It 'tells the parameters as they are' {
        foreach ($name in $commands) {
            $command = Get-Command $name
            $common = [System.Management.Automation.PSCmdlet]::CommonParameters
            # What is for the scripts of exported modules alone is not shown.
            $expected = $command.Parameters.Values | Where-Object { $_.Name -notin $common -and -not $_.Attributes.Where({ $_ -is [Parameter] -and $_.DontShow }) } | ForEach-Object Name | Sort-Object
            $parameters = (Get-Help $name -Full).parameters.parameter
            $parameters.name | Sort-Object | Should -Be $expected -Because $name
            foreach ($parameter in $parameters) {
                $real = $command.Parameters[$parameter.name]
                ($parameter.globbing -eq 'true') | Should -Be ($real.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute') -Because "$name -$($parameter.name)"
                ($parameter.pipelineInput -ne 'false') | Should -Be ([bool]($real.ParameterSets.Values | Where-Object { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName })) -Because "$name -$($parameter.name)"
            }
        }
    }

    It 'shows a whole page, without marks of Markdown, under every language' -ForEach 'en_US.UTF-8', 'de_DE.UTF-8' {
        $text = Get-TestHelp 'Get-Help Get-MembraneConnection -Full' -Language $_
        $text | Should -Match '(?s)SYNOPSIS\s+Gets connections.+SYNTAX\s+Get-MembraneConnection \[-Name <string>\].+DESCRIPTION.+PARAMETERS.+-PageSize <int>\s+How many.+Default value +1000.+INPUTS.+OUTPUTS\s+Membrane\.Connection.+Example 1.+RELATED LINKS\s+Connect-MembraneApp'
        $text | Should -Not -Match '```|\]\(|\{\{'
    }

    It 'shows the code of examples below their sentence' {
        Get-TestHelp 'Get-Help Select-MembraneContext -Examples' | Should -Match '(?s)Example 1: .+?-+\s+What follows is done.+?\.\s*?\n\s*?\n\s*Select-MembraneContext manager\s*?\n\s*Get-MembraneTenant'
    }

    It 'shows one parameter' {
        Get-TestHelp 'Get-Help Connect-MembraneApp -Parameter TimeoutSec' | Should -Match '(?s)-TimeoutSec <int>\s+How many seconds.+Default value +300'
    }

    It 'has the topic <_>' -ForEach 'about_Membrane', 'about_Membrane_Authentication', 'about_Membrane_Errors', 'about_Membrane_Emulator', 'about_Membrane_Skills' {
        $text = Get-TestHelp "Get-Help $_"
        $text | Should -Match "(?s)^TOPIC\s+$_\s+SHORT DESCRIPTION\s+\S.+LONG DESCRIPTION"
        $text | Should -Not -Match '```|\]\(|(?m)^#'
    }
}

Describe 'Get-Help -Online' {
    # The engine then says the address that it would open a browser for.
    BeforeAll { [System.Management.Automation.Internal.InternalTestHooks]::SetTestHook('BypassOnlineHelpRetrieval', $true) }
    AfterAll { [System.Management.Automation.Internal.InternalTestHooks]::SetTestHook('BypassOnlineHelpRetrieval', $false) }

    It 'leads to the page of every command, below the address of the project' {
        $project = (Import-PowerShellDataFile $env:MEMBRANE_TEST_MODULE).PrivateData.PSData.ProjectUri
        $commands.Count | Should -BeGreaterThan 80
        foreach ($name in $commands) {
            Get-Help $name -Online | Should -BeLike "* $project/blob/main/docs/en-US/$name.md"
            Join-Path $pages "$name.md" | Should -Exist
        }
    }
}

Describe 'The help pages' -Skip:(-not $platyPS) {
    It 'are what the module says, are valid, and what Get-Help reads is made from them' {
        $copy = Join-Path $TestDrive 'pages'
        $made = Join-Path $TestDrive 'made'
        Copy-Item -LiteralPath $pages -Destination $copy -Recurse
        & $env:MEMBRANE_TEST_ENGINE -NoProfile -NonInteractive -File (Join-Path $root 'docs/Update-Help.ps1') -Module $env:MEMBRANE_TEST_MODULE -Pages $copy -Output $made
        $LASTEXITCODE | Should -Be 0
        foreach ($pair in @{ Old = $pages; New = $copy }, @{ Old = Join-Path $root 'src/Membrane.PowerShell/Module/en-US'; New = $made }) {
            (Get-ChildItem -LiteralPath $pair.New).Name | Should -Be (Get-ChildItem -LiteralPath $pair.Old).Name
            foreach ($file in Get-ChildItem -LiteralPath $pair.New) {
                $same = (Get-Content -LiteralPath $file.FullName -Raw) -ceq ((Get-Content -LiteralPath (Join-Path $pair.Old $file.Name) -Raw) -replace "`r`n", "`n")
                $same | Should -BeTrue -Because "$($file.Name) must be as pwsh ./build.ps1 Docs makes it"
            }
        }
    }
}
