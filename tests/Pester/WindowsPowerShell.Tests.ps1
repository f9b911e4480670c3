# The main job in words that Windows PowerShell 5.1 has too: .github/workflows/ci.yml runs this file there, on the installed module.
# Elsewhere it runs with all others. Nothing here may be newer than 5.1, neither syntax nor commands nor types of .NET.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $null = Start-TestWorkspace
    $crm = New-MembraneConnection 'Our CRM' -IntegrationKey hubspot -Credentials @{ accessToken = 'any' }
    $people = ConvertFrom-Csv 'email,firstName', 'ada@example.com,Ada', 'grace@example.com,Grace'
}

AfterAll { Stop-TestWorkspace }

Describe 'The main job, wherever the module runs' {
    It 'exports what the manifest says' {
        $manifest = Import-PowerShellDataFile $env:MEMBRANE_TEST_MODULE
        (Get-Command -Module Membrane).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'has the build of this edition' {
        # Assemblies with machine code are in a folder of the system, in that of the build.
        $folder = (Get-Command Connect-Membrane).ImplementingType.Assembly.Location -replace '[\\/](linux|win)-x64(?=[\\/][^\\/]+$)' | Split-Path | Split-Path -Leaf
        if ($PSVersionTable.PSEdition -eq 'Desktop') { $folder | Should -Be 'netstandard2.0' } else { $folder | Should -BeIn 'net8.0', 'netstandard2.0' }
    }

    It 'has its types where scripts see them' {
        $crm | Should -BeOfType ([Membrane.Connection])
        $crm.State | Should -Be 'READY'
    }

    It 'signs in with a secret, and shows it nowhere' {
        $secret = 'emulator-development-secret-not-for-production-0123456789abcdef0'
        $context = Connect-Membrane -ApiUri $script:Emulator.ApiUri -WorkspaceKey emulator-workspace -WorkspaceSecret $secret -TenantKey grace -Name grace -PassThru
        Select-MembraneContext default
        $identity = Get-MembraneIdentity -Context grace
        $identity.TenantKey | Should -Be 'grace'
        ($context, $identity | Format-List * | Out-String) + ($context | ConvertTo-Json -Depth 5) | Should -Not -Match ([regex]::Escape($secret))
    }

    It 'finds an action by what it should do, and runs it for every row' {
        $action = Find-MembraneAction 'create a contact' -Connection $crm | Select-Object -First 1
        $action.Key | Should -Be 'create-contact'
        $runs = @($people | Invoke-MembraneAction -Action $action -Connection $crm | Sort-Object InputIndex)
        $runs.Output.email | Should -Be 'ada@example.com', 'grace@example.com'
        (Invoke-MembraneAction list-contacts $crm).Output.items.email | Sort-Object | Should -Be 'ada@example.com', 'grace@example.com'
    }

    It 'makes commands of the actions of an app' {
        Import-MembraneApp $crm
        ($people | New-HubspotContact -Ordered).firstName | Should -Be 'Ada', 'Grace'
        (Get-Help New-HubspotContact).Synopsis | Should -Not -BeNullOrEmpty
    }

    It 'does a row once, however often it is run' {
        $checkpoint = Join-Path $TestDrive 'leads.checkpoint'
        1..2 | ForEach-Object { $null = $people | Invoke-MembraneAction create-contact $crm -CheckpointPath $checkpoint -CheckpointKey email -SummaryVariable account }
        $account.Skipped | Should -Be 2
    }

    It 'streams lists, and stops where it is told' {
        Connect-Membrane -Emulator -Manager -Name manager
        Select-MembraneContext default
        1..15 | ForEach-Object { $null = New-MembraneTenant "tenant-$_" -Context manager }
        @(Get-MembraneTenant -Context manager -PageSize 10 | Select-Object -First 12).Count | Should -Be 12
    }

    It 'gives errors that can be caught, with an id, a category and advice' {
        $caught = $null
        try { Get-MembraneConnection con_nope -ErrorAction Stop } catch [Membrane.MembraneApiException] { $caught = $_ }
        $caught.Exception.StatusCode | Should -Be 404
        $caught.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $caught.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'rehearses without sending a change' {
        Clear-TestRequest
        Remove-MembraneConnection $crm -WhatIf
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'has agents build what is missing' {
        $session = New-MembraneAgentSession "Create an action to archive a contact for connection $($crm.Id)" | Wait-MembraneAgentSession -TimeoutSec 60
        $session.Summary | Should -Match 'archive-contact'
        (Find-MembraneAction 'archive a contact' -Connection $crm | Select-Object -First 1).Key | Should -Be 'archive-contact'
    }

    It 'has help for every command' {
        foreach ($command in Get-Command -Module Membrane) { (Get-Help $command.Name).Synopsis | Should -Match '\.\s*$' -Because $command.Name }
    }
}
