# Loads the build that fits this PowerShell, isolated from the assemblies of other modules (see docs/architecture.md).
# Script is slow the first time it runs, so all that can be decided elsewhere is: this file is a good part of the import's time.
$loader = if ($PSEdition -eq 'Core') { 'net5.0' } else { 'netstandard2.0' }
$null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/loader/$loader/Membrane.PowerShell.Loader.dll")
$cmdlets = Import-Module -Assembly ([Membrane.PowerShell.Loader.ModuleLoader]::Load("$PSScriptRoot/bin")) -PassThru

# Import-Module -Force makes this module anew, but the assembly is still imported and exports nothing to it (PowerShell issue 20710).
[Membrane.PowerShell.Loader.ModuleLoader]::Export($ExecutionContext.SessionState.Module, $cmdlets)
