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
    , @('Contracts')
    , @('Client')
    , @('Extensions.DependencyInjection')
    , @('Emulator')
    # The same once more, as Membrane.Testing: a tool cannot be referred to.
    , @('Emulator', '-p:PackLibrary=true')
)
foreach ($package in $packages) {
    $project, $properties = $package
    $log = dotnet pack (Join-Path $Root "src/Membrane.$project") --configuration $Configuration --no-build --nologo --verbosity quiet @properties
    if ($LASTEXITCODE -ne 0) { throw "dotnet pack of Membrane.$project failed. $($log -join [Environment]::NewLine)" }
}
