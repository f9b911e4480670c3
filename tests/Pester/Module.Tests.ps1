BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $pwsh = $env:MEMBRANE_TEST_ENGINE
    function Invoke-Fresh([string] $Script) {
        $text = "`$ErrorActionPreference = 'Stop'; `$m = '$env:MEMBRANE_TEST_MODULE'; $Script"
        & $pwsh -NoProfile -NonInteractive -Command $text 2>&1 | ForEach-Object { "$_" }
        if ($LASTEXITCODE -ne 0) { throw "exit code $LASTEXITCODE" }
    }
}

Describe 'The module' {
    It 'exports what its manifest names, and no more' {
        $manifest = Import-PowerShellDataFile $env:MEMBRANE_TEST_MODULE
        (Get-Command -Module Membrane).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'passes Test-ModuleManifest' {
        (Test-ModuleManifest $env:MEMBRANE_TEST_MODULE).Name | Should -Be 'Membrane'
    }

    It 'takes the build that the tests ask for' {
        [Membrane.Connection].Assembly.Location | Should -BeLike "*$($env:MEMBRANE_TEST_BUILD)*"
    }

    It 'keeps everything but the loader and the contracts out of the default load context' {
        $inDefault = Invoke-Fresh 'Import-Module $m; Connect-Membrane -Emulator; $null = Get-MembraneConnection; [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -match "Membrane|IdentityModel" } | Sort-Object'
        $inDefault | Should -Be @('Membrane.Contracts', 'Membrane.PowerShell.Loader')
    }

    It 'loads no JWT package at import' {
        Invoke-Fresh 'Import-Module $m; @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -match "IdentityModel" }).Count' | Should -Be '0'
    }

    It 'loads no JWT package to sign with a secret' {
        Invoke-Fresh 'Import-Module $m; $null = New-MembraneToken ada -WorkspaceKey k -WorkspaceSecret ("s" * 40) -AsPlainText; @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -match "IdentityModel" }).Count' | Should -Be '0'
    }

    It 'keeps its commands when it is imported again with -Force' {
        Invoke-Fresh 'Import-Module $m; Import-Module $m -Force; Import-Module $m -Force; (Get-Command -Module Membrane).Count -eq (Import-PowerShellDataFile $m).CmdletsToExport.Count; (Get-Command Get-MembraneContext).ModuleName; Get-MembraneContext' | Should -Be @('True', 'Membrane')
    }

    It 'can be removed and imported again' {
        Invoke-Fresh '$PSModuleAutoLoadingPreference = "None"; Import-Module $m; Remove-Module Membrane; [bool](Get-Command Get-MembraneContext -ErrorAction Ignore); Import-Module $m; [bool](Get-Command Get-MembraneContext)' | Should -Be @('False', 'True')
    }

    It 'keeps its sign-in when it is imported again' {
        Invoke-Fresh 'Import-Module $m; Connect-Membrane -Emulator; Import-Module $m -Force; (Get-MembraneContext).Name' | Should -Be 'default'
    }

    It 'works in ten runspaces at once, each with its own contexts' {
        Invoke-Fresh 'Import-Module $m; Connect-Membrane -Emulator; 1..10 | ForEach-Object -ThrottleLimit 10 -Parallel { Import-Module $using:m; @(Get-MembraneContext).Count } | Group-Object | ForEach-Object { "$($_.Count) x $($_.Name)" }' | Should -Be '10 x 0'
    }

    It 'shares a context with another runspace when it is handed over' {
        Invoke-Fresh 'Import-Module $m; Connect-Membrane -Emulator; $c = Get-MembraneContext; 1..4 | ForEach-Object -Parallel { Import-Module $using:m; @(Get-MembraneConnection -Context $using:c).Count } | Measure-Object -Sum | ForEach-Object Sum' | Should -Be '0'
    }

    It 'shows types and exceptions to scripts' {
        [Membrane.Connection].Name | Should -Be 'Connection'
        $caught = try { Disconnect-Membrane -All; Get-MembraneConnection } catch [Membrane.MembraneSignInException] { 'caught' }
        $caught | Should -Be 'caught'
    }

    It 'writes nothing at import' {
        Invoke-Fresh '$before = @(Get-ChildItem $HOME -Recurse -Force).Count; Import-Module $m -Verbose:$false; @(Get-ChildItem $HOME -Recurse -Force).Count - $before' | Should -Be '0'
    }
}
