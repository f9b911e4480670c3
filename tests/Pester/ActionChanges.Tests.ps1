BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot -Name 'CRM'
}

AfterAll { Stop-TestWorkspace }

Describe 'New-, Set-, Copy-, Remove- and Restore-MembraneAction' {
    It 'make an action on a connection, which then runs' {
        $schema = @{ type = 'object'; properties = @{ email = @{ type = 'string' } }; required = @('email') }
        $action = New-MembraneAction 'Create lead' $hubspot -Key create-lead -Description 'Makes a lead' -Type run-javascript -Config @{ code = 'x' } -InputSchema $schema -Meta @{ a = 1 }
        $action | Should -BeOfType ([Membrane.Action])
        $action.ConnectionId | Should -Be $hubspot.Id
        $action.InputSchema.required | Should -Be 'email'
        $action.Meta.a | Should -Be 1
        ($action | Invoke-MembraneAction -InputObject @{ email = 'a@example.com' }).Output.email | Should -Be 'a@example.com'
        ($hubspot | New-MembraneAction -Name 'By pipeline').ConnectionId | Should -Be $hubspot.Id
    }

    It 'change it, with its connection named to the service' {
        $action = New-MembraneAction 'To change' $hubspot
        Clear-TestRequest
        $action | Set-MembraneAction -Name 'Changed' -Description 'New' | Should -BeNullOrEmpty
        (Get-TestChange).query | Should -BeLike "*connectionId=$($hubspot.Id)*"
        $changed = Set-MembraneAction $action.Id -Connection hubspot -Property @{ meta = @{ b = 2 } } -PassThru
        $changed.Name | Should -Be 'Changed'
        $changed.Meta.b | Should -Be 2
        Clear-TestRequest
        (Set-MembraneAction $action -Name 'Whole' -Key whole -Replace -PassThru).Name | Should -Be 'Whole'
        (Get-TestChange).method | Should -Be 'PUT'
    }

    It 'copy, archive and restore' {
        $action = New-MembraneAction 'Original' $hubspot -Key original
        $copy = $action | Copy-MembraneAction
        $copy.Id | Should -Not -Be $action.Id
        $copy, $action | Remove-MembraneAction -Confirm:$false | Should -BeNullOrEmpty
        (Get-MembraneAction -Connection $hubspot).Id | Should -Not -Contain $action.Id
        (Restore-MembraneAction $action -PassThru).Id | Should -Be $action.Id
        (Get-MembraneAction -Connection $hubspot).Id | Should -Contain $action.Id
        (Remove-MembraneAction $action -Confirm:$false -PassThru).Name | Should -Be 'Original'
    }

    It 'copy an action of the app to a connection, which then uses its own version' {
        $shared = Get-MembraneAction create-contact -Connection $hubspot
        $shared.ConnectionId | Should -BeNullOrEmpty
        $own = Copy-MembraneAction create-contact -Connection hubspot
        $own.ConnectionId | Should -Be $hubspot.Id
        $own.Key, $own.Name, $own.ParentId | Should -Be $shared.Key, $shared.Name, $shared.Id
        ($own.InputSchema | ConvertTo-Json -Depth 20) | Should -Be ($shared.InputSchema | ConvertTo-Json -Depth 20)
        $own | Set-MembraneAction -Description 'Ours'
        (Get-MembraneAction create-contact -Connection $hubspot).Description | Should -Be 'Ours'
        (Invoke-MembraneAction create-contact $hubspot -InputObject @{ email = 'own@example.com' }).Output.email | Should -Be 'own@example.com'
        (Get-TestError { $shared | Copy-MembraneAction -Connection $hubspot -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
        # What is the connection's own already is copied beside itself.
        $beside = Copy-MembraneAction create-contact -Connection $hubspot
        $beside.Key | Should -Not -Be 'create-contact'
        $beside, $own | Remove-MembraneAction -Confirm:$false
        (Get-MembraneAction create-contact -Connection $hubspot).Id | Should -Be $shared.Id
    }

    It 'copy an action from one connection to another' {
        $second = New-TestConnection hubspot -Name 'Second' -AllowMultipleConnections
        $action = New-MembraneAction 'To give away' $hubspot -Type run-javascript -Config @{ code = 'x' } -Meta @{ a = 1 }
        $copy = $action | Copy-MembraneAction -Connection $second
        $copy.ConnectionId | Should -Be $second.Id
        $copy.Config.code, $copy.Meta.a | Should -Be 'x', 1
        (Get-MembraneAction $action.Id).ConnectionId | Should -Be $hubspot.Id
        $second | Remove-MembraneConnection -Confirm:$false
        $action | Remove-MembraneAction -Confirm:$false
    }

    It 'are reached from connections through the pipeline' {
        $made = New-MembraneAction 'Piped away' $hubspot
        Get-MembraneConnection -Name CRM | Get-MembraneAction -Name 'Piped away' | Remove-MembraneAction -Confirm:$false
        (Get-MembraneAction -Connection $hubspot).Id | Should -Not -Contain $made.Id
    }

    It 'need a name or an intent, and something to change, before any request' {
        Clear-TestRequest
        (Get-TestError { New-MembraneAction -Key x -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        (Get-TestError { Set-MembraneAction x -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuse a connection in place of an action' {
        Clear-TestRequest
        "$(Get-TestError { $hubspot | Remove-MembraneAction -Confirm:$false -ErrorAction Stop })" | Should -BeLike '*of type Connection*an action*is needed*'
        "$(Get-TestError { $hubspot | Set-MembraneAction -Name x -ErrorAction Stop })" | Should -BeLike '*an action*is needed*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'change nothing with -WhatIf' {
        $action = Get-MembraneAction create-contact -Connection $hubspot
        Clear-TestRequest
        New-MembraneAction 'x' $hubspot -WhatIf
        $action | Set-MembraneAction -Name x -WhatIf
        $action | Copy-MembraneAction -WhatIf
        $action | Copy-MembraneAction -Connection $hubspot -WhatIf
        $action | Remove-MembraneAction -WhatIf
        $action | Restore-MembraneAction -WhatIf
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'is refused to a tenant for an action of the whole workspace' {
        (Get-TestError { New-MembraneAction 'For all' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
    }

    It 'complete the kinds of actions' {
        $line = 'New-MembraneAction x -Type run'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'run-javascript'
    }
}

Describe 'Wait-MembraneAction' {
    It 'waits until an agent has built the action that an intent asks for' {
        $made = New-MembraneAction -Intent "archive a deal" -Connection $hubspot
        $made.State | Should -Be 'BUILDING'
        $built = $made | Wait-MembraneAction -TimeoutSec 60
        $built.Id | Should -Be $made.Id
        $built.State | Should -Be 'READY'
    }

    It 'takes a key with its integration' {
        Clear-TestRequest
        (Wait-MembraneAction create-contact -IntegrationKey hubspot).Key | Should -Be 'create-contact'
        (Get-TestRequest)[0].query | Should -BeLike '*integrationKey=hubspot*'
    }

    It 'is an error with its reason for a setup that failed' {
        Add-TestFault @{ match = @{ path = '/actions/act_bad' }; status = 200; body = @{ id = 'act_bad'; name = 'Bad'; state = 'SETUP_FAILED'; errors = @(@{ message = 'No such field.' }) } }
        $problem = Get-TestError { Wait-MembraneAction act_bad -ErrorAction Stop }
        Clear-TestFault
        $problem.FullyQualifiedErrorId | Should -BeLike 'SetupFailed,*'
        "$problem" | Should -BeLike '*No such field*'
    }

    It 'is an error when time is up' {
        Add-TestFault @{ match = @{ path = '/actions/act_slow' }; status = 200; body = @{ id = 'act_slow'; name = 'Slow'; state = 'BUILDING' } }
        $problem = Get-TestError { Wait-MembraneAction act_slow -TimeoutSec 1 -ErrorAction Stop }
        Clear-TestFault
        $problem.FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        $problem.Exception.LastSeen.State | Should -Be 'BUILDING'
    }
}
