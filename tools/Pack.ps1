<#
.SYNOPSIS
    Makes the packages of what is built in out/packages, installs the Gallery's into a clean home in out/home, and checks them.
.OUTPUTS
    The folder of modules that the package is installed in.
#>
[CmdletBinding()]
param([string] $Configuration = 'Release')

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '..')).Path
Remove-Item -LiteralPath (Join-Path $root 'out/packages') -Recurse -ErrorAction Ignore
$package = & (Join-Path $PSScriptRoot 'New-GalleryPackage.ps1')
foreach ($project in 'Contracts', 'Client', 'Extensions.DependencyInjection', 'Emulator') {
    dotnet pack (Join-Path $root "src/Membrane.$project") --configuration $Configuration --no-build --nologo --verbosity quiet | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "dotnet pack ended with exit code $LASTEXITCODE." }
}

$modules = & (Join-Path $PSScriptRoot 'Install-GalleryPackage.ps1') -Package $package
& (Join-Path $root 'tests/Pester/Invoke-Suite.ps1') -ModulePath $modules -Path (Join-Path $root 'tests/Package') -Build 'net8.0'
Get-ChildItem -LiteralPath (Join-Path $root 'out/packages') -File | Format-Table Name, Length | Out-Host
$modules
