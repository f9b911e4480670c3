<#
.SYNOPSIS
    Builds a project or the solution with the .NET SDK, and says what is wrong where it cannot.
.PARAMETER Project
    The project or solution, from the root of the repository.
.PARAMETER Property
    Further properties for MSBuild, as name=value.
#>
[CmdletBinding()]
param(
    [string] $Project = 'Membrane.PowerShell.sln',
    [string] $Configuration = 'Release',
    [string[]] $Property
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '..')).Path
if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) { throw 'There is no dotnet on the PATH. Install the .NET SDK 10: https://dot.net' }
$path = Join-Path $root $Project
$properties = @($Property | Where-Object { $_ } | ForEach-Object { "-p:$_" })

Write-Host "== Fetching the packages that $Project needs"
dotnet restore $path --verbosity quiet @properties | Out-Host
if ($LASTEXITCODE -ne 0) {
    Write-Host @"
!! The packages could not be fetched, so nothing was built; the lines above name each one.
!! - NU1301, NU1101 or a time-out: NuGet cannot be reached from here. What was fetched once is used again without a network.
!! - Access or permission denied, or a read-only file system: let DOTNET_CLI_HOME and NUGET_PACKAGES name folders that can be written to.
!! - NU1004: packages.lock.json does not fit the projects: dotnet restore --force-evaluate, without CI=true in the environment.
"@
    throw 'The packages could not be fetched.'
}

Write-Host "== Building $Project, which takes a minute or more the first time"
dotnet build $path --configuration $Configuration --no-restore --nologo --verbosity minimal @properties | Out-Host
if ($LASTEXITCODE -ne 0) { throw 'The build failed: the lines above say where.' }
