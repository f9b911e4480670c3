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

# Import-Module -Force makes this module anew, but the assembly is still imported and exports nothing to it (PowerShell issue 20710).
$loader::Export($ExecutionContext.SessionState.Module, $cmdlets)

# The keys of -InputObject @{ } are completed by standing before TabExpansion2: no completer of a parameter is asked for them.
$loader.Assembly.GetType('Membrane.PowerShell.Loader.TabExpansion')::Install($ExecutionContext.SessionState.Module)
