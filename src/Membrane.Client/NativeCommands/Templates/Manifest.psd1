@{
    RootModule           = {{RootModule}}
    ModuleVersion        = {{Version}}
    GUID                 = {{Guid}}
    Author               = 'Export-MembraneApp'
    Description          = {{Description}}
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    RequiredModules      = @('Membrane')
    FunctionsToExport    = @(
{{Functions}}
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @(
{{Aliases}}
    )
    PrivateData          = @{ PSData = @{ Tags = @('Membrane') } }
}
