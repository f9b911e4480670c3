# A captive portal, or a proxy that looks into TLS, answers in place of the service: with status 200 and a web page.
BeforeDiscovery {
    $changes = @{
        'Connect-MembraneApp' = { Connect-MembraneApp hubspot -AllowMultipleConnections -NoWait -NoBrowser @with }
        'Copy-MembraneAction' = { Copy-MembraneAction $action @with }
        'Disconnect-MembraneConnection' = { Disconnect-MembraneConnection $crm @with }
        'Invoke-MembraneAction' = { Invoke-MembraneAction create-contact $crm @{ email = 'page@example.com' } @with }
        'Invoke-MembraneFieldMapping' = { Invoke-MembraneFieldMapping contacts-map $crm @{ email = 'page@example.com' } -Direction Import @with }
        'New-MembraneAction' = { New-MembraneAction 'Page' $crm @with }
        'New-MembraneAgentSession' = { New-MembraneAgentSession 'Page' @with }
        'New-MembraneConnection' = { New-MembraneConnection 'Page' -IntegrationKey hubspot @with }
        'New-MembraneConnectionRequest' = { New-MembraneConnectionRequest -IntegrationKey hubspot @with }
        'New-MembraneElement' = { New-MembraneElement flow @{ name = 'Page'; connectionId = $crm.Id } @with }
        'New-MembraneRecord' = { New-MembraneRecord contacts $crm -Fields @{ email = 'page@example.com' } @with }
        'New-MembraneTenant' = { New-MembraneTenant 'Page' -Context manager @with }
        'Remove-MembraneAction' = { Remove-MembraneAction $action @with }
        'Remove-MembraneConnection' = { Remove-MembraneConnection $crm @with }
        'Remove-MembraneElement' = { Remove-MembraneElement flow $flow @with }
        'Remove-MembraneRecord' = { Remove-MembraneRecord contacts $crm -Record $record @with }
        'Remove-MembraneTenant' = { Remove-MembraneTenant $tenant -Context manager @with }
        'Resolve-MembraneConnection' = { Resolve-MembraneConnection https://slack.com @with }
        'Restore-MembraneAction' = { Restore-MembraneAction $action @with }
        'Restore-MembraneConnection' = { Restore-MembraneConnection $crm.Id @with }
        'Restore-MembraneElement' = { Restore-MembraneElement flow $flow @with }
        'Restore-MembraneTenant' = { Restore-MembraneTenant $tenant -Context manager @with }
        'Send-MembraneAgentMessage' = { Send-MembraneAgentMessage 'Page' $session @with }
        'Set-MembraneAction' = { Set-MembraneAction $action -Name 'Page' @with }
        'Set-MembraneConnection' = { Set-MembraneConnection $crm -Name 'Page' @with }
        'Set-MembraneElement' = { Set-MembraneElement flow $flow -Definition @{ name = 'Page' } @with }
        'Set-MembraneRecord' = { Set-MembraneRecord contacts $crm -Record $record -Fields @{ firstName = 'Page' } @with }
        'Set-MembraneTenant' = { Set-MembraneTenant $tenant -Fields @{ plan = 'Page' } -Context manager @with }
        'Start-MembraneFlow' = { Start-MembraneFlow $flow @with }
        'Stop-MembraneAgentSession' = { Stop-MembraneAgentSession $session @with }
        'Stop-MembraneFlowRun' = { Stop-MembraneFlowRun $run @with }
        'Update-MembraneConnectionCredential' = { Update-MembraneConnectionCredential $crm @with }
    }
    $cases = foreach ($name in $changes.Keys | Sort-Object) { @{ Name = $name; Command = $changes[$name] } }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    Connect-Membrane -Emulator -Manager -Name manager
    Select-MembraneContext default
    $crm = New-TestConnection hubspot -Name 'CRM'
    $action = New-MembraneAction 'Pages' $crm
    $record = (New-MembraneRecord contacts $crm -Fields @{ email = 'pages@example.com' }).Id
    $tenant = (Get-MembraneTenant ada -Context manager).Id
    $session = New-MembraneAgentSession 'Pages'
    $flow = (New-MembraneElement flow @{ name = 'Pages'; connectionId = $crm.Id; nodes = @{ begin = @{ type = 'api-trigger'; name = 'Begin' } } }).Id
    $run = (Start-MembraneFlow $flow).Id
}

AfterAll { Stop-TestWorkspace }

Describe 'A web page in the place of an answer' {
    AfterEach { Clear-TestFault }

    It 'is nothing that was done: <Name>' -ForEach $cases {
        foreach ($method in 'POST', 'PUT', 'PATCH', 'DELETE') {
            Add-TestFault @{ match = @{ method = $method }; status = 200; headers = @{ 'Content-Type' = 'text/html' }; body = '<html>Sign in</html>' }
        }

        $with = @{ Confirm = $false; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
        $problems = $null
        . $Command | Should -BeNullOrEmpty
        @($problems.Exception | ForEach-Object ErrorId) | Should -Be 'HtmlResponse'
        $problems[0].Exception.Outcome | Should -Be 'Unknown'
    }

    It 'was tried with every command that changes something' -ForEach @{ Tried = $cases.Name } {
        # These change nothing of the service, show what it answers, or have a way of their own to tell of it.
        $others = @(
            'Complete-MembraneLogin', 'Disconnect-Membrane', 'Export-MembraneApp', 'Export-MembraneWorkspace', 'Import-MembraneWorkspace', 'Invoke-MembraneAppRequest'
            'Invoke-MembraneRequest', 'Invoke-MembraneTool', 'New-MembraneInput', 'New-MembraneToken', 'Start-MembraneMcpServer'
        )
        $all = Get-Command -Module Membrane -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('WhatIf') -and $_.Name -notlike '*-MembraneEmulator*' }
        Compare-Object @($all.Name) @($Tried + $others) | Should -BeNullOrEmpty
    }
}
