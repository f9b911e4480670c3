# The skills that ship with the module. Examples.Tests.ps1 runs their code.
BeforeDiscovery {
    $skills = Get-ChildItem -LiteralPath (Join-Path (Split-Path -Parent $env:MEMBRANE_TEST_MODULE) skills) -Directory | ForEach-Object { @{ Name = $_.Name; Folder = $_.FullName } }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $errorIds = [regex]::Matches((Get-Content -LiteralPath "$root/docs/en-US/about_Membrane_Errors.md" -Raw), '(?m)^### ([A-Z]\w+)\r?$').ForEach{ $_.Groups[1].Value }
}

Describe 'The module' {
    It 'ships the two skills' -ForEach @{ Skills = $skills } {
        $Skills.Name | Sort-Object | Should -Be 'build-integrations', 'self-integration'
    }
}

Describe 'The skill <Name>' -ForEach $skills {
    BeforeAll { $text = (Get-Content -LiteralPath (Join-Path $Folder SKILL.md) -Raw).Replace("`r`n", "`n") }

    It 'begins as agents read it' {
        $text | Should -Match '(?s)\A---\nname: (?<name>[a-z-]{1,64})\ndescription: (?<description>[^\n]{1,1024})\n.*?---\n\n# '
        $null = $text -match '(?s)\A---\nname: (?<name>[^\n]+)'
        $Matches.name | Should -Be $Name
        # What a reader of YAML would take for something else than text.
        [regex]::Match($text, '(?m)^description: (.+)$').Groups[1].Value | Should -Not -Match ': | #|^["''\[{>|*&!%@`]'
        ($text -split "`n").Count | Should -BeLessThan 500
    }

    It 'has only code that the tests run' {
        [regex]::Matches($text, '(?m)^```(\w+)$').ForEach{ $_.Groups[1].Value } | Select-Object -Unique | Should -Be 'powershell'
    }

    It 'names commands and errors that there are' {
        $named = [regex]::Matches($text, '\b[A-Z]\w+-Membrane\w*').Value | Sort-Object -Unique
        $named.Count | Should -BeGreaterThan 15
        $named | Where-Object { -not (Get-Command -Name $_ -Module Membrane -ErrorAction Ignore) } | Should -BeNullOrEmpty
        [regex]::Matches($text, '(?m)^\| ([A-Z][a-z]+[A-Z]\w+|NotFound)\b').ForEach{ $_.Groups[1].Value } | Where-Object { $_ -notin $errorIds } | Should -BeNullOrEmpty
    }

    It 'has the samples that it names beside it, the same as the repository has' {
        foreach ($sample in [regex]::Matches($text, '`(?:samples/)?((?:token-endpoint|react-page)[^`*]*)`').ForEach{ $_.Groups[1].Value }) {
            Join-Path $Folder "samples/$sample" | Should -Exist
        }

        $samples = Join-Path $Folder samples
        foreach ($file in Get-ChildItem -Path $samples -Recurse -File -ErrorAction Ignore) {
            $source = Join-Path $root "docs/samples/$([System.IO.Path]::GetRelativePath($samples, $file.FullName))"
            (Get-FileHash -LiteralPath $file.FullName).Hash | Should -Be (Get-FileHash -LiteralPath $source).Hash -Because $file.FullName
        }
    }
}
