# Says why the module cannot be imported. Membrane.psm1 runs it in its own scope, with the error in $_.

# A binary module's loader cannot be called in Constrained Language; a policy that trusts the module's signature runs the module in Full Language.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw 'Membrane cannot be imported from within Constrained Language. Import it before the session is constrained or through the session configuration (ModulesToImport, InitialSessionState.ImportPSModule), or sign it with a certificate that the policy trusts. Its commands then work in Constrained Language.'
}

$present = ('Membrane.PowerShell.Loader.ModuleLoader' -as [type]).Assembly
if ($_.Exception.GetBaseException() -is [System.IO.FileLoadException] -and $present) {
    throw "Version $($present.GetName().Version) of the module Membrane is already loaded in this process, from '$($present.Location)'. A process holds one copy: start a new session to use the one in '$PSScriptRoot'."
}

throw $_
