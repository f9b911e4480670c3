# Every view, with values as they come from the service, at the widths that consoles have.
BeforeDiscovery {
    $format = [xml](Get-Content -LiteralPath (Join-Path (Split-Path $env:MEMBRANE_TEST_MODULE) 'Membrane.Format.ps1xml') -Raw)
    $tables = foreach ($view in $format.SelectNodes('//View[TableControl]')) {
        $headers = @($view.SelectNodes('.//TableColumnHeader'))
        $cells = @($view.SelectNodes('.//TableColumnItem'))
        @{
            Type = $view.SelectSingleNode('ViewSelectedBy/TypeName').InnerText
            Columns = @(for ($index = 0; $index -lt $headers.Count; $index++) {
                    @{ Label = $headers[$index].SelectSingleNode('Label').InnerText; Width = [int]"$($headers[$index].SelectSingleNode('Width').InnerText)"; Cell = $cells[$index] }
                })
        }
    }

    $lists = foreach ($view in $format.SelectNodes('//View[ListControl]')) {
        @{ Type = $view.SelectSingleNode('ViewSelectedBy/TypeName').InnerText; Items = $view.SelectNodes('.//ListItem/Label').InnerText }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    foreach ($app in 'hubspot', 'slack', 'google-calendar') {
        $name = (Get-MembraneIntegration $app -ErrorAction Ignore).Name
        if ($name) { $null = New-MembraneConnection -Name $name -IntegrationKey $app -Credentials @{ apiKey = 'test' } }
    }

    $hubspot = Get-MembraneConnection -IntegrationKey hubspot
    $slack = Get-MembraneConnection -IntegrationKey slack
    $waiting = Set-MembraneConnection $slack -Name 'Slack of the sales team' -PassThru
    Disconnect-MembraneConnection $slack -Confirm:$false
    $runs = @{ email = 'ada@example.com' }, @{ email = 'grace@example.com' } | Invoke-MembraneAction create-contact -Connection $hubspot -Confirm:$false
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
    $manager = Connect-Membrane -Emulator -Manager -Name manager -NoDefault -PassThru
    Export-MembraneWorkspace -Context $manager -Path $folder -ErrorAction Stop
    Get-ChildItem -LiteralPath $folder -Recurse -Filter 'pin-message*' | ForEach-Object { (Get-Content -LiteralPath $_.FullName -Raw).Replace('Pin', 'Fasten') | Set-Content -LiteralPath $_.FullName }
    $changes = Import-MembraneWorkspace -Context $manager -Path $folder -WhatIf 6>$null
    $objects = @(
        Get-MembraneContext
        Get-MembraneConnection
        New-MembraneConnectionRequest -IntegrationKey hubspot -AllowMultipleConnections
        Find-MembraneElement contact
        Get-MembraneAction
        $runs
        Get-MembraneActionRunLog
        New-MembraneAgentSession -Prompt 'Make an action that archives a contact' | Wait-MembraneAgentSession
        Get-MembraneAgentSession | Get-MembraneAgentMessage
        Get-MembraneEmulator
        Get-MembraneWorkspace
        Get-MembraneIdentity
        New-MembraneToken -WorkspaceKey $Emulator.WorkspaceKey -WorkspaceSecret (ConvertTo-SecureString 'a-secret-of-the-tests-that-is-long-enough' -AsPlainText) -TenantKey ada
        Get-MembraneConnector
        Get-MembraneIntegration
        Get-MembraneExternalApp
        Get-MembraneDataCollection $hubspot
        Get-MembraneTenant -Context $manager
        Get-MembraneFlow
        $changes
        $changes.Fields
    ) | Where-Object { $_ }

    $byType = $objects | Group-Object { $_.PSObject.TypeNames[0] } -AsHashTable -AsString
}

AfterAll {
    Stop-TestWorkspace
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}

Describe 'The table of <Type>' -ForEach $tables {
    It 'x' { if (-not $byType[$Type]) { Set-ItResult -Skipped -Because none } ; $byType[$Type] | Format-Table | Out-String -Width 80 | Write-Host }
}
