# PSScriptAnalyzer over every script of the repository and the staged module.
[CmdletBinding()]
param()

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module PSScriptAnalyzer
$root = Resolve-Path (Join-Path $PSScriptRoot '../..')
$settings = Join-Path $PSScriptRoot 'ScriptAnalyzerSettings.psd1'
$moduleSettings = Join-Path $PSScriptRoot 'ModuleAnalyzerSettings.psd1'
$findings = @(
    # Not what npm installs.
    'build.ps1', 'out/Membrane', 'docs', 'tests', 'tools' |
        ForEach-Object { Get-ChildItem -Path (Join-Path $root $_) -Recurse -File -Include *.ps1, *.psm1, *.psd1 } |
        Where-Object FullName -NotMatch '[\\/]node_modules[\\/]' |
        ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings $settings }
    Invoke-ScriptAnalyzer -Path (Join-Path $root 'out/Membrane') -Recurse -Settings $moduleSettings
)

$findings | Format-Table RuleName, Severity, ScriptName, Line, Message -AutoSize -Wrap | Out-Host
Write-Host "PSScriptAnalyzer: $(@($findings).Count) findings"
if ($findings) { throw 'PSScriptAnalyzer found something.' }
