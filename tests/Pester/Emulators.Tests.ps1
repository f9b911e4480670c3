BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Emulators' {
    AfterEach { Stop-MembraneEmulator }

    It 'start, are listed, and stop' {
        $emulator = Start-MembraneEmulator
        $emulator | Should -BeOfType ([Membrane.MembraneEmulator])
        (Get-MembraneEmulator).ApiUri | Should -Be $emulator.ApiUri
        $emulator | Stop-MembraneEmulator
        Get-MembraneEmulator | Should -BeNullOrEmpty
        { Invoke-WebRequest $emulator.ApiUri -UseBasicParsing } | Should -Throw
    }

    It 'start by themselves for Connect-Membrane -Emulator, once' {
        Connect-Membrane -Emulator -Name a
        Connect-Membrane -Emulator -Name b
        @(Get-MembraneEmulator).Count | Should -Be 1
    }

    It 'take their contexts with them' {
        $context = Connect-Membrane -Emulator -PassThru
        Stop-MembraneEmulator
        $context.IsConnected | Should -BeFalse
        Get-MembraneContext | Should -BeNullOrEmpty
    }

    It 'serve the apps of a catalog, from a path of this location' {
        $folder = Join-Path $TestDrive 'catalogs ü'
        $null = New-Item -ItemType Directory $folder
        '[{ "slug": "acme", "name": "Acme", "url": "https://acme.example", "categories": [], "actions": [{ "name": "Create Thing", "key": "create-thing" }] }]' | Set-Content -LiteralPath (Join-Path $folder 'apps.json')
        Push-Location -LiteralPath $folder
        try { $null = Start-MembraneEmulator -Catalog apps.json } finally { Pop-Location }
        Connect-Membrane -Emulator
        (Find-MembraneElement acme -ElementType connector).Element.Name | Should -Be 'Acme'
    }

    It 'keep their state in a file' {
        $state = Join-Path $TestDrive 'state.db'
        $null = Start-MembraneEmulator -State $state
        Connect-Membrane -Emulator
        . "$PSScriptRoot/Setup.ps1"
        $connection = New-TestConnection hubspot
        $null = Invoke-MembraneAction create-contact $connection -InputObject @{ email = 'kept@example.com' }
        Stop-MembraneEmulator
        $null = Start-MembraneEmulator -State $state
        Connect-Membrane -Emulator
        (Invoke-MembraneAction list-contacts hubspot).Output.items.email | Should -Be 'kept@example.com'
    }

    It 'say what is wrong with a catalog' {
        $broken = Join-Path $TestDrive 'broken.json'
        '{' | Set-Content -LiteralPath $broken
        (Get-TestError { Start-MembraneEmulator -Catalog $broken }).FullyQualifiedErrorId | Should -BeLike 'EmulatorFailed,*'
        (Get-TestError { Start-MembraneEmulator -Catalog /no/such/file.json }).FullyQualifiedErrorId | Should -BeLike 'EmulatorFailed,*'
    }

    It 'do not start with -WhatIf' {
        Start-MembraneEmulator -WhatIf
        Get-MembraneEmulator | Should -BeNullOrEmpty
    }
}
