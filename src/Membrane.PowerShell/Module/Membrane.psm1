# Loads the build that fits this PowerShell, isolated from the assemblies of other modules (see docs/architecture.md).

# A binary module's loader cannot be called in Constrained Language; a policy that trusts the module's signature runs this file in Full Language.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw 'Membrane cannot be imported from within Constrained Language. Import it before the session is constrained or through the session configuration (ModulesToImport, InitialSessionState.ImportPSModule), or sign it with a certificate that the policy trusts. Its commands then work in Constrained Language.'
}

# For the tests of this module only: take the other build than the one that fits.
$build = $env:MEMBRANE_TEST_BUILD
if (-not $build) {
    $build = if ($PSVersionTable.PSVersion -ge [version]'7.4') { 'net8.0' } else { 'netstandard2.0' }
}

$loader = if ($PSVersionTable.PSEdition -eq 'Core') { 'net5.0' } else { 'netstandard2.0' }
try {
    $null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'loader', $loader, 'Membrane.PowerShell.Loader.dll'))
}
catch [System.IO.FileLoadException] {
    $present = ('Membrane.PowerShell.Loader.ModuleLoader' -as [type]).Assembly
    if (-not $present) { throw }
    throw "Version $($present.GetName().Version) of the module Membrane is already loaded in this process, from '$($present.Location)'. A process holds one copy: start a new session to use the one in '$PSScriptRoot'."
}

$assembly = [Membrane.PowerShell.Loader.ModuleLoader]::Load([System.IO.Path]::Combine($PSScriptRoot, 'bin', $build))
$cmdlets = Import-Module -Assembly $assembly -PassThru

# Import-Module -Force makes this module anew, but the assembly is still imported and exports nothing to it (PowerShell issue 20710).
$addExportedCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) {
    $null = $addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
}
