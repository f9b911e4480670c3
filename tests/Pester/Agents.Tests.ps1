BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot
}

AfterAll { Stop-TestWorkspace }

Describe 'Agent sessions' {
    It 'build a connector that a search then finds' {
        Find-MembraneElement notion -ElementType connector | Should -BeNullOrEmpty
        $session = New-MembraneAgentSession -Prompt 'Build a connector for Notion (https://notion.so)' -Agent connection-building | Wait-MembraneAgentSession -TimeoutSec 60
        $session | Should -BeOfType ([Membrane.AgentSession])
        $session.State | Should -Be 'idle'
        $session.Summary | Should -Not -BeNullOrEmpty
        (Find-MembraneElement notion -ElementType connector).Element.Name | Should -Be 'Notion'
    }

    It 'build an action that then runs' {
        $null = New-MembraneAgentSession -Message "Create an action to archive a contact for connection $($hubspot.Id)" | Wait-MembraneAgentSession -TimeoutSec 60
        $contact = Invoke-MembraneAction create-contact $hubspot -InputObject @{ email = 'a@example.com' } -ExpandOutput
        $action = Find-MembraneAction 'archive a contact' $hubspot | Select-Object -First 1
        ($action | Invoke-MembraneAction -InputObject @{ id = $contact.id }).Output.id | Should -Be $contact.id
    }

    It 'are listed and got by id' {
        $session = New-MembraneAgentSession 'Build a connector for Foo (https://foo.example)'
        (Get-MembraneAgentSession $session.Id).Id | Should -Be $session.Id
        (Get-MembraneAgentSession).Id | Should -Contain $session.Id
        ($session | Get-MembraneAgentSession).Id | Should -Be $session.Id
    }

    It 'take a follow-up' {
        $session = New-MembraneAgentSession 'Build a connector for Bar (https://bar.example)' | Wait-MembraneAgentSession -TimeoutSec 60
        $session | Send-MembraneAgentMessage 'Also build a connector for Baz (https://baz.example)' | Wait-MembraneAgentSession -TimeoutSec 60 | ForEach-Object State | Should -Be 'idle'
        (Find-MembraneElement baz -ElementType connector).Element.Name | Should -Be 'Baz'
    }

    It 'can be interrupted and ended' {
        $session = New-MembraneAgentSession 'Build a connector for Qux (https://qux.example)'
        $answer = $session | Stop-MembraneAgentSession -Interrupt
        $answer | Should -BeOfType ([Membrane.AgentSessionInterruption])
        $answer.SessionId | Should -Be $session.Id
        $answer.Interrupted | Should -BeTrue
        ($answer | Format-Table | Out-String) | Should -Match "True +$($session.Id)"
        ($session | Stop-MembraneAgentSession -Interrupt).Interrupted | Should -BeFalse
        $after = Stop-MembraneAgentSession $session.Id -Interrupt -PassThru
        $after | Should -BeOfType ([Membrane.AgentSession])
        $after.Status, $after.Interrupted | Should -Be 'cancelled', $false
        ($answer | ConvertTo-Json | ConvertFrom-Json).Interrupted | Should -BeTrue
        $ended = $session | Stop-MembraneAgentSession -PassThru
        $ended.Id | Should -Be $session.Id
        $ended.State | Should -Be 'idle'
    }

    It 'that built nothing have failed, and say why' {
        $waited = New-MembraneAgentSession "Create an external event for new contacts for connection $($hubspot.Id)" -Wait -ErrorVariable problem -ErrorAction SilentlyContinue
        $waited.Status | Should -Be 'failed'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AgentSessionFailed,*'
        "$($problem[0])" | Should -BeLike '*builds no external event*'
        (Get-MembraneAgentSession $waited.Id).Summary | Should -BeLike 'Nothing was built*'
    }

    It 'change nothing with -WhatIf' {
        Clear-TestRequest
        New-MembraneAgentSession 'x' -WhatIf
        'ses_x' | Stop-MembraneAgentSession -WhatIf
        Send-MembraneAgentMessage 'x' 'ses_x' -WhatIf
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'complete the names of agents' {
        $line = 'New-MembraneAgentSession -Agent act'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'action-building'
    }
}
