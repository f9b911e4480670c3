<#
.SYNOPSIS
    Runs the main job from sign-in to result on the staged module, in a process of its own: this one may have another build loaded.
.PARAMETER Catalog
    A file with the apps of the local workspace.
#>
[CmdletBinding()]
param([string] $Catalog)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$engine = & (Join-Path $PSScriptRoot 'Get-Engine.ps1')
function Get-Quoted([string] $Path) { "'$([System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent((Resolve-Path -LiteralPath $Path).Path))'" }
$command = "Import-Module $(Get-Quoted (Join-Path $PSScriptRoot '../out/Membrane/Membrane.psd1')); & $(Get-Quoted (Join-Path $PSScriptRoot '../docs/samples/quickstart.ps1'))"
if ($Catalog) { $command += " -Catalog $(Get-Quoted $Catalog)" }
& $engine -NoProfile -Command $command | Out-Host
if ($LASTEXITCODE -ne 0) { throw "The quickstart ended with exit code $LASTEXITCODE." }
