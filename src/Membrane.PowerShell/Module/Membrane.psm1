# Loads the build that fits this PowerShell, isolated from the assemblies of other modules (see docs/architecture.md).
# Script is slow the first time it runs, so all that can be decided elsewhere is: this file is a good part of the import's time.

# A binary module's loader cannot be called in Constrained Language; a policy that trusts the module's signature runs this file in Full Language.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw 'Membrane cannot be imported from within Constrained Language. Import it before the session is constrained or through the session configuration (ModulesToImport, InitialSessionState.ImportPSModule), or sign it with a certificate that the policy trusts. Its commands then work in Constrained Language.'
}

$loader = if ($PSEdition -eq 'Core') { 'net5.0' } else { 'netstandard2.0' }
try {
    $null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/loader/$loader/Membrane.PowerShell.Loader.dll")
}
catch [System.IO.FileLoadException] {
    $present = ('Membrane.PowerShell.Loader.ModuleLoader' -as [type]).Assembly
    if (-not $present) { throw }
    throw "Version $($present.GetName().Version) of the module Membrane is already loaded in this process, from '$($present.Location)'. A process holds one copy: start a new session to use the one in '$PSScriptRoot'."
}

$cmdlets = Import-Module -Assembly ([Membrane.PowerShell.Loader.ModuleLoader]::Load("$PSScriptRoot/bin")) -PassThru

# Import-Module -Force makes this module anew, but the assembly is still imported and exports nothing to it (PowerShell issue 20710).
[Membrane.PowerShell.Loader.ModuleLoader]::Export($ExecutionContext.SessionState.Module, $cmdlets)
