<#
.SYNOPSIS
    Gets the program of the PowerShell that this script runs in, to start another process of the same engine.
.DESCRIPTION
    The one place that says so. Where the .NET SDK runs PowerShell as a tool (dotnet tool exec PowerShell), the program of this process is
    the host of .NET, which is no PowerShell. The engine's own program is beside its assemblies, there too. It looks for .NET where that
    is usually installed, or where DOTNET_ROOT says, so DOTNET_ROOT is set here to where this process found it.
.OUTPUTS
    The path of pwsh, pwsh.exe or powershell.exe.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3
$isDesktop = $PSVersionTable.PSEdition -eq 'Desktop'
$engine = Join-Path $PSHOME $(if ($isDesktop) { 'powershell.exe' } elseif ($IsWindows) { 'pwsh.exe' } else { 'pwsh' })
if (-not (Test-Path -LiteralPath $engine)) { throw "There is no $engine to start another PowerShell with. Run this in PowerShell 7.4 or later, or in the tool of the .NET SDK: dotnet tool exec -y PowerShell@7.6.9" }
if ($isDesktop) { return $engine }
if (-not $IsWindows) {
    # NuGet lets only the one who fetched a package start what is in it.
    test -x $engine
    if ($LASTEXITCODE -ne 0) { throw "$engine may not be started by this user. Allow it (chmod +x), or let the packages be fetched into a folder of this user, which the variable NUGET_PACKAGES names." }
}

$runtime = [System.Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory().TrimEnd('/', '\')
if ($runtime -ne $PSHOME.TrimEnd('/', '\')) { $env:DOTNET_ROOT = (Resolve-Path -LiteralPath (Join-Path $runtime '../../..')).Path }
$engine
