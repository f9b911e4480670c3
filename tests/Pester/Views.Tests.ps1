# Every view, with values as they come from the service, at the widths that consoles have.
BeforeDiscovery {
    $format = [xml](Get-Content -LiteralPath (Join-Path (Split-Path $env:MEMBRANE_TEST_MODULE) 'Membrane.Format.ps1xml') -Raw)
    $tables = foreach ($view in $format.SelectNodes('//View[TableControl]')) {
        $headers = @($view.SelectNodes('.//TableColumnHeader'))
        $cells = @($view.SelectNodes('.//TableColumnItem'))
        @{
            Type = $view.SelectSingleNode('ViewSelectedBy/TypeName').InnerText
            Columns = @(for ($index = 0; $index -lt $headers.Count; $index++) {
                    @{
                        Label = $headers[$index].Label
                        Width = [int]$headers[$index].SelectSingleNode('Width').InnerText
                        Property = $cells[$index].SelectSingleNode('PropertyName').InnerText
                        Script = $cells[$index].SelectSingleNode('ScriptBlock').InnerText
                    }
                })
        }
    }

    $lists = foreach ($view in $format.SelectNodes('//View[ListControl]')) {
        @{ Type = $view.SelectSingleNode('ViewSelectedBy/TypeName').InnerText; Items = $view.SelectNodes('.//ListItem/Label').InnerText }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Support/ExampleWorkspace.ps1"
    $folder = (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid()))).FullName
    $state = Join-Path $folder 'state.jsonl'
    New-ExampleState $state
    $emulator = Start-MembraneEmulator -State $state
    Connect-Membrane -Emulator -TenantKey ada
    Connect-Membrane -Emulator -Manager -Name manager
    $hubspot = Get-MembraneConnection hubspot -Context default
    $null = New-MembraneConnection -Context default -Name 'GitHub of the platform team' -IntegrationKey github -Intent 'Read the issues' -ErrorAction Ignore
    Disconnect-MembraneConnection slack -Context default -Confirm:$false
    Export-MembraneWorkspace -Context manager -Path $folder/files
    Get-ChildItem -LiteralPath $folder/files -Recurse -Include '*.yml', '*.yaml', '*.json' | ForEach-Object { (Get-Content -LiteralPath $_.FullName -Raw) -replace '(?m)^name: .*', '$0 of the customer' | Set-Content -LiteralPath $_.FullName }
    $changes = Import-MembraneWorkspace -Context manager -Path $folder/files -WhatIf
    $null = Export-MembraneApp hubspot $folder/apps -Context default
    $null = Set-MembraneAction create-contact -Name 'Create Person' -Description 'Another text' -InputSchema @{ type = 'object'; properties = @{ mail = @{ type = 'string' } } } -Context manager
    $commandChanges = Export-MembraneApp hubspot $folder/apps -Update -Context default
    $flow = Get-MembraneFlow -Context default
    $run = Start-MembraneFlow $flow.Id -InputObject @{ email = 'alan@example.com' } -Wait -Context default
    # An answer that says nothing of changes in a form that is known is emitted as it came.
    Add-MembraneEmulatorFault -Path '/async-requests/*' -StatusCode 200 -Body @{ id = 'job_0123456789abcdef01234567'; status = 'completed'; progress = 100; result = @{ novel = 1 } }
    $answer = Compare-MembraneWorkspace -Path $folder/files -Context manager -WarningAction Ignore
    Clear-MembraneEmulatorFault
    @{ email = 'edsger@example.com' }, @{ email = 'donald@example.com' } | Invoke-MembraneAction create-contact hubspot -Context default -CheckpointPath $folder/run.checkpoint -Confirm:$false | Out-Null
    $objects = @(
        Get-MembraneContext
        Get-MembraneConnection -Context default
        Test-MembraneConnection hubspot -Context default
        New-MembraneConnectionRequest -IntegrationKey hubspot -AllowMultipleConnections -Context default
        Find-MembraneElement contact -Context default
        Get-MembraneAction -Context default -First 50
        @{ email = 'ada@example.com' }, @{ email = 'grace@example.com' } | Invoke-MembraneAction create-contact hubspot -Context default -Confirm:$false
        Get-MembraneActionRunLog -Context default
        Test-MembraneActionInput create-contact hubspot -InputObject @{ email = 1 } -Context default
        Test-MembraneSetup -SkipUpdateCheck -Context default
        New-MembraneAgentSession 'Build a connector for Miro (https://miro.com)' -Context default | Stop-MembraneAgentSession -Interrupt -Context default
        Get-MembraneAgentSession -Context default
        Get-MembraneAgentSession -Context default | Get-MembraneAgentMessage -Context default
        Get-MembraneEmulator
        Get-MembraneEmulatorRequest -ErrorAction Ignore
        Get-MembraneWorkspace -Context manager
        Get-MembraneIdentity -Context default
        Get-MembraneConnector -Context default -First 50
        Get-MembraneIntegration -Context default
        Get-MembraneExternalApp -Context default -First 50
        Get-MembraneDataCollection -Connection hubspot -Context default
        Get-MembraneRecord contacts hubspot -Context default
        Get-MembraneTenant -Context manager
        Get-MembraneElement -Type action -Context default -First 20
        Get-MembraneMcpServer -Context default
        Get-MembraneAction -Connection hubspot -Context default | ConvertTo-MembraneTool -Format OpenAI
        $token = New-MembraneToken -Context default -TenantKey ada
        $token
        ConvertFrom-MembraneToken $token.Token
        $flow
        $run
        Get-MembraneFlowRun $run -NodeKey create -Context default
        $changes
        $changes.Fields
        $answer
        Get-MembraneCheckpoint $folder/run.checkpoint
        Get-MembraneCheckpoint $folder/run.checkpoint -Summary
        $commandChanges
        Find-MembraneCommand connection list
        Find-MembraneCommand POST /actions/act_abc123/run
    ) | Where-Object { $_ }

    $byType = $objects | Group-Object { $_.PSObject.TypeNames[0] } -AsHashTable -AsString
}

AfterAll {
    Disconnect-Membrane -All
    $emulator | Stop-MembraneEmulator
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}

Describe 'Script that is read at each import' {
    It 'names no [Type] of the module, for which PowerShell would look in every assembly' {
        $format = [xml](Get-Content -LiteralPath (Join-Path (Split-Path $env:MEMBRANE_TEST_MODULE) 'Membrane.Format.ps1xml') -Raw)
        $scripts = @($format.SelectNodes('//ScriptBlock').InnerText)
        $scripts | Should -Not -BeNullOrEmpty
        $scripts += Get-Content -LiteralPath (Join-Path (Split-Path $env:MEMBRANE_TEST_MODULE) 'Membrane.psm1') | Where-Object { $_ -notlike '#*' }
        $scripts += $function:TabExpansion2.ToString()
        $scripts[-1] | Should -BeLike '*Membrane*'
        @($scripts -match '\[Membrane') | Should -BeNullOrEmpty
    }
}

Describe 'The table of <Type>' -ForEach $tables {
    It 'fits <_> columns, with no label and no value cut but that of a column that takes the rest' -ForEach 80, 100, 120 {
        $shown = $byType[$Type]
        $shown | Should -Not -BeNullOrEmpty -Because 'a view that nothing is tried with is not tried'
        $text = $shown | Format-Table | Out-String -Width $_
        if ($env:MEMBRANE_TEST_SHOW) { Write-Host $text }
        $lines = $text -split '\r?\n'
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual $_
        $header = @($lines | Where-Object { $_.Trim() })[0]
        $cut = foreach ($column in $Columns) {
            # A last column without a width gives way where there is no room.
            if (-not $column.Width -and $column -eq $Columns[-1] -and -not $header.Contains($column.Label)) { continue }
            if ($header -notmatch "(^| )$([regex]::Escape($column.Label))( |$)") { "the label $($column.Label)" }
            foreach ($object in $shown) {
                $value = if ($column.Script) { $object | ForEach-Object ([scriptblock]::Create($column.Script)) } else { $object.($column.Property) }
                $value = "$value".Trim()
                if (($column.Width -or $value.Length -le 14) -and -not $text.Contains($value)) { "$($column.Label) '$value'" }
            }
        }

        $cut | Should -BeNullOrEmpty
    }
}

Describe 'The list of <Type>' -ForEach $lists {
    It 'shows what there is, and leaves out what is empty' {
        $shown = $byType[$Type]
        if (-not $shown) { Set-ItResult -Skipped -Because 'the workspace has none'; return }
        $wrong = foreach ($object in $shown) {
            $lines = ($object | Format-List | Out-String -Width 4000) -split '\r?\n' | Where-Object { $_.Trim() }
            $lines -match '^\S+\s*:\s*$'
            foreach ($item in $Items) {
                if ("$($object.$item)" -and @($lines -match "^$item\s*:").Count -ne 1) { "$item is not shown" }
            }
        }

        $wrong | Should -BeNullOrEmpty
    }
}
