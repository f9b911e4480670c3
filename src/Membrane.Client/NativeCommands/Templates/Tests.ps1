# Tests that must pass wherever this module is installed. They need Pester 5 and the module Membrane, and send nothing.
BeforeAll {
    $manifest = Join-Path $PSScriptRoot {{ManifestPath}}
    Import-Module $manifest -Force
}

AfterAll { Remove-Module {{Module}} -ErrorAction Ignore }

Describe {{Title}} {
    It 'has a valid manifest' {
        (Test-ModuleManifest $manifest).ExportedFunctions.Count | Should -Be {{Count}}
    }
}

Describe '<Name>' -ForEach @(
{{Commands}}
) {
    It 'exists, with help and with its alias <Alias>' {
        $command = Get-Command $Name -ErrorAction Stop
        $command.Verb | Should -BeIn (Get-Verb).Verb
        (Get-Command $Alias -ErrorAction Stop).ResolvedCommandName | Should -Be $Name
        (Get-Help $Name).Synopsis | Should -Not -BeNullOrEmpty
    }

    It 'has the mandatory parameters' {
        $parameters = (Get-Command $Name).Parameters.Values
        $needed = $parameters | Where-Object { $_.Attributes.Where({ $_ -is [Parameter] -and $_.Mandatory }) } | ForEach-Object Name
        @($needed | Where-Object { $_ -ne 'InputObject' } | Sort-Object) -join ', ' | Should -Be (@($Mandatory | Sort-Object) -join ', ')
    }
}
