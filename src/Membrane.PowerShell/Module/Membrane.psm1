# Loads the build that fits this PowerShell, isolated from the assemblies of other modules (see docs/architecture.md).
# Script is slow the first time it runs, each `if` a millisecond or two: what can be decided elsewhere is.

try {
    $null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/loader/$PSEdition/Membrane.PowerShell.Loader.dll")
}
catch {
    . "$PSScriptRoot/Membrane.Refusal.ps1"
}

$cmdlets = Import-Module -Assembly ([Membrane.PowerShell.Loader.ModuleLoader]::Load("$PSScriptRoot/bin")) -PassThru

# Import-Module -Force makes this module anew, but the assembly is still imported and exports nothing to it (PowerShell issue 20710).
[Membrane.PowerShell.Loader.ModuleLoader]::Export($ExecutionContext.SessionState.Module, $cmdlets)
