# Loads the build that fits this PowerShell, isolated from the assemblies of other modules (see docs/architecture.md).
# Script is slow the first time it runs, each `if` a millisecond or two: what can be decided elsewhere is. The loader is asked
# for its type, since PowerShell looks in every assembly for a [Type] that is not loaded yet when this file is compiled.

try {
    $loader = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/loader/$PSEdition/Membrane.PowerShell.Loader.dll").GetType('Membrane.PowerShell.Loader.ModuleLoader')
}
catch {
    . "$PSScriptRoot/Membrane.Refusal.ps1"
}

$cmdlets = Import-Module -Assembly ($loader::Load("$PSScriptRoot/bin")) -PassThru

$loader::SetUp($ExecutionContext.SessionState.Module, $cmdlets)
