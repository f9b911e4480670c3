BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot
}

AfterAll { Stop-TestWorkspace }

Describe 'New-MembraneAgentSession' {
    It 'waits with -Wait, showing state and summary' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context) Import-Module $module; New-MembraneAgentSession "Build a connector for Quux (https://quux.example)" -Agent connection-building -Context $context -Wait -TimeoutSec 60')
        $session = $shell.AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).Invoke()
        $session[0].State | Should -Be 'idle'
        $session[0].Summary | Should -Not -BeNullOrEmpty
        ($shell.Streams.Progress | Where-Object Activity -like 'Agent session*' | Select-Object -First 1).StatusDescription | Should -Match '(queued|starting|running|completed), (busy|idle)'
        $shell.Dispose()
        (Find-MembraneElement quux -ElementType connector).Element.Name | Should -Be 'Quux'
    }

    It 'sends the agent, the model, the element and attachments' {
        $file = Join-Path $TestDrive 'spec.md'
        Set-Content $file 'Übersicht' -Encoding utf8 -NoNewline
        $binary = Join-Path $TestDrive 'logo.bin'
        [System.IO.File]::WriteAllBytes($binary, [byte[]](0, 255, 1))
        Clear-TestRequest
        $null = New-MembraneAgentSession 'Do it' -Agent action-building -Model anthropic/claude-sonnet-4.6 -ElementType Connection -ElementId $hubspot.Id -Attachment $file, (Get-Item $binary), @{ title = 'rows'; data = @(1, 2) }, ([pscustomobject]@{ any = 'thing' })
        $body = (Get-TestChange)[0].body | ConvertFrom-Json
        $body.prompt | Should -Be 'Do it'
        $body.agentName | Should -Be 'action-building'
        $body.modelId | Should -Be 'anthropic/claude-sonnet-4.6'
        $body.workspaceElementType | Should -Be 'connection'
        $body.workspaceElementId | Should -Be $hubspot.Id
        $body.promptAttachments.title | Should -Be @('spec.md', 'logo.bin', 'rows', 'attachment 4')
        $body.promptAttachments[0].data | Should -Be 'Übersicht'
        $body.promptAttachments[1].data | Should -Be 'AP8B'
        $body.promptAttachments[2].data | Should -Be @(1, 2)
        $body.promptAttachments[3].data.any | Should -Be 'thing'
    }

    It 'sends nothing for an attachment that cannot be read, or that has no title: <Why>' -ForEach @(
        @{ Why = 'no file'; Attachment = { '/no/such/file' } }, @{ Why = 'an empty title'; Attachment = { @{ title = ''; data = 1 } } }, @{ Why = 'a registry path'; Attachment = { 'Env:\PATH' } }
    ) {
        Clear-TestRequest
        "$(Get-TestError { New-MembraneAgentSession x -Attachment (& $Attachment) -ErrorAction Stop })" | Should -Match 'file|title|ttachment'
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'shows what the service says of an unknown model and agent' {
        (Get-TestError { New-MembraneAgentSession x -Model no/such -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
        (Get-TestError { New-MembraneAgentSession x -Agent no-such -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
    }

    It 'completes models' {
        $line = 'New-MembraneAgentSession -Model moon'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be "'moonshotai/kimi-k2.5'"
    }
}

Describe 'Send-MembraneAgentMessage' {
    It 'waits with -Wait, and sends attachments' {
        $session = New-MembraneAgentSession 'Build a connector for One (https://one.example)' -Wait
        Clear-TestRequest
        ($session | Send-MembraneAgentMessage 'Build a connector for Two (https://two.example)' -Attachment @{ title = 'note'; data = 'n' } -Wait).State | Should -Be 'idle'
        ((Get-TestChange)[0].body | ConvertFrom-Json).attachments[0].title | Should -Be 'note'
        (Find-MembraneElement two -ElementType connector).Element.Name | Should -Be 'Two'
    }

    It 'refuses a connection in place of a session' {
        Clear-TestRequest
        "$(Get-TestError { $hubspot | Send-MembraneAgentMessage hello -ErrorAction Stop })" | Should -BeLike '*of type Connection*an agent session*is needed*'
        "$(Get-TestError { $hubspot | Stop-MembraneAgentSession -ErrorAction Stop })" | Should -BeLike '*an agent session*is needed*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'Get-MembraneAgentMessage' {
    It 'gets what was said, oldest first' {
        $session = New-MembraneAgentSession 'Build a connector for Three (https://three.example)' -Wait
        $messages = $session | Get-MembraneAgentMessage
        $messages[0] | Should -BeOfType ([Membrane.AgentMessage])
        $messages[0].Role | Should -Be 'user'
        $messages[0].Content | Should -BeLike 'Build a connector for Three*'
        $messages[-1].Role | Should -Be 'assistant'
        (Get-MembraneAgentMessage $session.Id -First 1).Id | Should -Be $messages[0].Id
        ($messages | Out-String) | Should -Match 'Three'
    }

    It 'is NotFound for a session that is not there' {
        (Get-TestError { Get-MembraneAgentMessage nope -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }
}

Describe 'Get-MembraneAgentSession' {
    It 'lists with filters' {
        $null = New-MembraneAgentSession 'Build a connector for Four (https://four.example)' -Wait
        (Get-MembraneAgentSession -Status completed -First 1).Status | Should -Be 'completed'
        Get-MembraneAgentSession -From ([DateTimeOffset]::Now.AddDays(1)) | Should -BeNullOrEmpty
        Get-MembraneAgentSession -ElementId no-such | Should -BeNullOrEmpty
        (Get-MembraneAgentSession -To ([DateTimeOffset]::Now.AddDays(1)) -ElementType connector).WorkspaceElementType | Select-Object -Unique | Should -Be 'connector'
    }
}
