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
        'Disconnect-Membrane'
        'Find-MembraneAction'
        'Find-MembraneElement'
        'Find-MembraneRecord'
        'Get-MembraneAction'
        'Get-MembraneAgentSession'
        'Get-MembraneConnection'
        'Get-MembraneConnectionRequest'
        'Get-MembraneContext'
        'Get-MembraneDataCollection'
        'Get-MembraneElement'
        'Get-MembraneEmulator'
        'Get-MembraneFlow'
        'Get-MembraneFlowRun'
        'Get-MembraneRecord'
        'Get-MembraneTenant'
        'Invoke-MembraneAction'
        'Invoke-MembraneAppRequest'
        'Invoke-MembraneRequest'
        'New-MembraneAgentSession'
        'New-MembraneConnectionRequest'
        'New-MembraneElement'
        'New-MembraneRecord'
        'New-MembraneTenant'
        'Receive-MembraneFlowRun'
        'Remove-MembraneElement'
        'Remove-MembraneRecord'
        'Remove-MembraneTenant'
        'Restore-MembraneElement'
        'Restore-MembraneTenant'
        'Select-MembraneContext'
        'Send-MembraneAgentMessage'
        'Set-MembraneElement'
        'Set-MembraneRecord'
        'Set-MembraneTenant'
        'Start-MembraneEmulator'
        'Start-MembraneFlow'
        'Stop-MembraneAgentSession'
        'Stop-MembraneEmulator'
        'Stop-MembraneFlowRun'
        'Wait-MembraneAgentSession'
        'Wait-MembraneConnectionRequest'
        'Wait-MembraneFlowRun'
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
