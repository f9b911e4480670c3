<#
.SYNOPSIS
    Installs the module from its package into a clean folder of modules, with PSResourceGet.
.PARAMETER Package
    The package's file.
.PARAMETER UserHome
    The clean home to install into.
.OUTPUTS
    The folder of modules.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Package,
    [string] $UserHome = (Join-Path $PSScriptRoot '../out/home')
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$UserHome = [System.IO.Path]::GetFullPath($UserHome)
Remove-Item -LiteralPath $UserHome -Recurse -Force -ErrorAction Ignore
$modules = (New-Item -ItemType Directory -Path (Join-Path $UserHome '.local/share/powershell/Modules') -Force).FullName

# On Windows the user's modules are in the known folder Documents, whatever the environment says: saved to a path, they come the same way.
$command = if ($IsWindows) { 'Save-PSResource Membrane -Version $version -Repository $gallery -Path $modules -TrustRepository' }
else { 'Install-PSResource Membrane -Version $version -Repository $gallery -Scope CurrentUser -TrustRepository' }
$version = (Split-Path $Package -LeafBase).Substring('Membrane.'.Length)
& (Join-Path $PSScriptRoot 'Invoke-Gallery.ps1') -Folder (Split-Path $Package) -Command $command -Variable @{ version = $version; modules = $modules } -UserHome $UserHome
$modules
