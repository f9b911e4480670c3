<#
.SYNOPSIS
    Packs the NuGet packages of a built copy of the repository into its out/packages.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Root,
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$packages = @(
    @{ Project = 'Contracts' }
    @{ Project = 'Client' }
    @{ Project = 'Extensions.DependencyInjection' }
    @{ Project = 'Emulator' }
    # The same once more, as Membrane.Testing: a tool cannot be referred to.
    @{ Project = 'Emulator'; Properties = @('-p:PackLibrary=true') }
)
foreach ($package in $packages) {
    $properties = @($package['Properties'] | Where-Object { $_ })
    $log = dotnet pack (Join-Path $Root "src/Membrane.$($package.Project)") --configuration $Configuration --no-build --nologo --verbosity quiet @properties
    if ($LASTEXITCODE -ne 0) { throw "dotnet pack of Membrane.$($package.Project) failed. $($log -join [Environment]::NewLine)" }
}
