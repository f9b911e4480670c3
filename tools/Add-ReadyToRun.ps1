<#
.SYNOPSIS
    Adds to a laid-out module the images of Membrane.Client with machine code for Windows and Linux on x64.
.DESCRIPTION
    A fresh process need not compile what they hold. The loader takes them on .NET 10 and later, the assembly itself elsewhere. The package
    may have 6 MB: with images of all assemblies it would have 7.
.PARAMETER Module
    The folder of the module.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Module)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$build = Join-Path (Resolve-Path -LiteralPath $Module).Path 'bin/net8.0'
foreach ($system in 'linux-x64', 'win-x64') {
    $folder = (New-Item -ItemType Directory -Path (Join-Path $build $system) -Force).FullName
    $log = dotnet build (Join-Path $PSScriptRoot 'ReadyToRun') --nologo --verbosity quiet -target:MakeImage "-p:RuntimeIdentifier=$system" "-p:Assembly=$build/Membrane.Client.dll" "-p:Image=$folder/Membrane.Client.dll"
    if ($LASTEXITCODE -ne 0) { throw "The image for $system was not made. $($log -join [Environment]::NewLine)" }
}
