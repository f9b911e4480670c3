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
& (Join-Path $PSScriptRoot 'New-NuGetPackage.ps1') -Root $root -Configuration $Configuration

$modules = & (Join-Path $PSScriptRoot 'Install-GalleryPackage.ps1') -Package $package

# First, so that it can be used even where a test of the packages fails.
$modules
& (Join-Path $root 'tests/Pester/Invoke-Suite.ps1') -ModulePath $modules -Path (Join-Path $root 'tests/Package') -Build 'net8.0' | Out-Host
Get-ChildItem -LiteralPath (Join-Path $root 'out/packages') -File | Format-Table Name, Length | Out-Host
