@{
    RootModule             = 'Membrane.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f1b7f0e-5d0b-4c0c-9b7e-4f2f6f2a9d51'
    Author                 = 'Membrane for PowerShell contributors'
    CompanyName            = 'Membrane for PowerShell contributors'
    Copyright              = '(c) 2026 Membrane for PowerShell contributors. MIT licence.'
    Description            = 'Find, run and build integrations with thousands of apps through the Membrane platform: connections, actions, agents, records and flows as PowerShell commands, with a local emulator for rehearsals.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')
    FormatsToProcess       = @('Membrane.Format.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Connect-Membrane'
        'Connect-MembraneApp'
        'Copy-MembraneAction'
        'Disconnect-Membrane'
        'Disconnect-MembraneConnection'
        'Find-MembraneAction'
        'Find-MembraneElement'
        'Get-MembraneAction'
        'Get-MembraneActionRunLog'
        'Get-MembraneAgentMessage'
        'Get-MembraneAgentSession'
        'Get-MembraneConnection'
        'Get-MembraneConnectionRequest'
        'Get-MembraneConnector'
        'Get-MembraneConnectUri'
        'Get-MembraneContext'
        'Get-MembraneEmulator'
        'Get-MembraneExternalApp'
        'Get-MembraneIntegration'
        'Invoke-MembraneAction'
        'New-MembraneAction'
        'New-MembraneAgentSession'
        'New-MembraneConnection'
        'New-MembraneConnectionRequest'
        'Remove-MembraneAction'
        'Remove-MembraneConnection'
        'Resolve-MembraneConnection'
        'Restore-MembraneAction'
        'Restore-MembraneConnection'
        'Select-MembraneContext'
        'Send-MembraneAgentMessage'
        'Set-MembraneAction'
        'Set-MembraneConnection'
        'Start-MembraneEmulator'
        'Stop-MembraneAgentSession'
        'Stop-MembraneEmulator'
        'Test-MembraneActionInput'
        'Test-MembraneConnection'
        'Update-MembraneConnectionCredential'
        'Wait-MembraneAction'
        'Wait-MembraneAgentSession'
        'Wait-MembraneConnection'
        'Wait-MembraneConnectionRequest'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('Membrane', 'Integration', 'iPaaS', 'SaaS', 'API', 'Automation', 'Agent', 'MCP', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = 'https://getmembrane.com'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
