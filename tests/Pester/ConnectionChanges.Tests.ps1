BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
}

AfterAll { Stop-TestWorkspace }

Describe 'New-MembraneConnection' {
    It 'makes a usable connection with credentials, which may be secure strings' {
        $secret = ConvertTo-SecureString 'k-123' -AsPlainText -Force
        Clear-TestRequest
        $connection = New-MembraneConnection 'With key' -IntegrationKey hubspot -Key crm-key -Credentials @{ apiKey = $secret } -Meta @{ team = 'a' } -ConnectorParameters @{ region = 'eu' }
        $connection | Should -BeOfType ([Membrane.Connection])
        $connection.State | Should -Be 'READY'
        $connection.Key | Should -Be 'crm-key'
        $connection.Meta.team | Should -Be 'a'
        $connection.ConnectorParameters.region | Should -Be 'eu'
        (Get-TestChange).Count | Should -Be 1
        # The emulator keeps what it got; nothing of it is shown by ordinary means.
        ($connection | Format-List * -Force | Out-String) | Should -Not -Match 'k-123'
    }

    It 'takes a connector or an integration of the pipeline, and says what a person must do' {
        $connection = Get-MembraneConnector slack | New-MembraneConnection -Name 'From a connector'
        $connection.State | Should -Be 'CLIENT_ACTION_REQUIRED'
        $connection.ClientAction.UiUrl | Should -Not -BeNullOrEmpty
        (Get-MembraneIntegration github | New-MembraneConnection).IntegrationId | Should -Be (Get-MembraneIntegration github).Id
    }

    It 'passes further fields under the API''s names' {
        (New-MembraneConnection -Property @{ integrationKey = 'gmail'; name = 'By property' }).Name | Should -Be 'By property'
        $problem = Get-TestError { New-MembraneConnection 'twice' -IntegrationKey gmail -Property @{ name = 'x' } -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        "$problem" | Should -BeLike "*'name' is given twice*"
    }

    It 'sends nothing when nothing says what to connect, for a connection, and with -WhatIf' {
        Clear-TestRequest
        (Get-TestError { New-MembraneConnection 'x' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        New-MembraneConnection 'x' -IntegrationKey slack -WhatIf | Should -BeNullOrEmpty
        Get-TestChange | Should -BeNullOrEmpty
    }
}

Describe 'Set-MembraneConnection' {
    BeforeAll { $connection = New-TestConnection slack -Name 'Before' }

    It 'changes the given fields only, and emits nothing unless asked' {
        $connection | Set-MembraneConnection -Name 'After' -Meta @{ a = 1 } | Should -BeNullOrEmpty
        $changed = Set-MembraneConnection $connection.Id -Key team-chat -PassThru
        $changed.Name | Should -Be 'After'
        $changed.Meta.a | Should -Be 1
        $changed.Key | Should -Be 'team-chat'
    }

    It 'takes the key away with an empty text' {
        Set-MembraneConnection $connection -Key 'short-lived'
        Clear-TestRequest
        (Set-MembraneConnection $connection -Key '' -PassThru).Key | Should -BeNullOrEmpty
        (Get-TestRequest)[-1].body | Should -BeLike '*"key":null*'
    }

    It 'replaces the whole with -Replace' {
        Set-MembraneConnection $connection -Meta @{ a = 1 }
        Clear-TestRequest
        (Set-MembraneConnection $connection -Name 'Whole' -Replace -PassThru).Meta | Should -BeNullOrEmpty
        (Get-TestChange).method | Should -Be 'PUT'
    }

    It 'refuses to change nothing, before any request' {
        Clear-TestRequest
        (Get-TestError { Set-MembraneConnection $connection.Id -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'changes nothing with -WhatIf' {
        Clear-TestRequest
        Set-MembraneConnection $connection -Name x -WhatIf
        Get-TestChange | Should -BeNullOrEmpty
    }
}

Describe 'Remove- and Restore-MembraneConnection' {
    It 'archive connections of the pipeline and bring them back' {
        $made = New-TestConnection github -Name 'Short'
        Get-MembraneConnection -IntegrationKey github | Remove-MembraneConnection -Confirm:$false | Should -BeNullOrEmpty
        Get-MembraneConnection -IntegrationKey github | Should -BeNullOrEmpty
        (Get-MembraneConnection -IntegrationKey github -IncludeArchived).ArchivedAt | Should -Not -BeNullOrEmpty
        $back = Restore-MembraneConnection $made.Id -PassThru
        $back.ArchivedAt | Should -BeNullOrEmpty
        $back.Name | Should -Be 'Short'
        (Get-MembraneConnection -IntegrationKey github).Id | Should -Be $made.Id
        (Remove-MembraneConnection $made -Confirm:$false -PassThru).Id | Should -Be $made.Id
    }

    It 'take connections by the property name of any row' {
        $made = New-TestConnection gmail
        "ConnectionId`n$($made.Id)" | ConvertFrom-Csv | Remove-MembraneConnection -Confirm:$false
        (Get-MembraneConnection $made.Id).ArchivedAt | Should -Not -BeNullOrEmpty
    }

    It 'find the app''s next connection after the first one is gone' {
        $first = New-TestConnection github
        $null = Get-MembraneAction -Connection github -First 1
        Remove-MembraneConnection github -Confirm:$false
        $second = New-TestConnection github
        $second.Id | Should -Not -Be $first.Id
        (Get-MembraneAction -Connection github -First 1).FoundOnConnectionId | Should -Be $second.Id
        $second | Remove-MembraneConnection -Confirm:$false
    }

    It 'ask before they remove' {
        (Get-Command Remove-MembraneConnection).Parameters.Keys | Should -Contain 'Confirm'
        $made = New-TestConnection github
        # Without a person to ask, a command of high impact does not go on by itself.
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context, $id) Import-Module $module; Remove-MembraneConnection $id -Context $context').AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($made.Id)
        try { $null = $shell.Invoke() } catch { $shell.HadErrors | Should -BeTrue }
        $shell.Dispose()
        (Get-MembraneConnection $made.Id).ArchivedAt | Should -BeNullOrEmpty
    }

    It 'go on after one that is not there' {
        $made = New-TestConnection gmail
        Remove-MembraneConnection nope, $made.Id -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].TargetObject | Should -Be 'nope'
        (Get-MembraneConnection $made.Id).ArchivedAt | Should -Not -BeNullOrEmpty
    }

    It 'refuse an object of another kind: <Kind>' -ForEach @(
        @{ Kind = 'an action'; Make = { Get-MembraneAction -First 1 } }
        @{ Kind = 'a connector'; Make = { Get-MembraneConnector slack } }
        @{ Kind = 'a search result of another type'; Make = { Find-MembraneElement slack -ElementType connector } }
        @{ Kind = 'a run'; Make = { Invoke-MembraneAction list-users (New-TestConnection slack) } }
        @{ Kind = 'an action of a job'; Make = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-MembraneAction -First 1))) } }
    ) {
        $other = & $Make
        Clear-TestRequest
        "$(Get-TestError { $other | Remove-MembraneConnection -Confirm:$false -ErrorAction Stop })" | Should -BeLike '*Connection*is needed*'
        "$(Get-TestError { Remove-MembraneConnection $other -Confirm:$false -ErrorAction Stop })" | Should -BeLike '*Connection*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'Test-, Disconnect-MembraneConnection and Update-MembraneConnectionCredential' {
    It 'tell whether a connection works, cut it, and refresh credentials' {
        $made = New-TestConnection hubspot
        $test = $made | Test-MembraneConnection
        $test | Should -BeOfType ([Membrane.ConnectionTest])
        $test.Success | Should -BeTrue
        $test.ConnectionId | Should -Be $made.Id
        $made.Id | Test-MembraneConnection -Quiet | Should -BeTrue
        $made | Update-MembraneConnectionCredential | Should -BeNullOrEmpty
        (Update-MembraneConnectionCredential $made -PassThru).Id | Should -Be $made.Id
        $cut = $made | Disconnect-MembraneConnection -Confirm:$false -PassThru
        $cut.Connected | Should -BeFalse
        $made | Test-MembraneConnection -Quiet | Should -BeFalse
        (Get-TestError { Update-MembraneConnectionCredential $made -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'ConnectionProblem,*'
    }

    It 'take what the service says of the connection as the outcome of the test' {
        $made = New-TestConnection hubspot
        Add-TestFault @{ match = @{ path = '*/test' }; status = 400; body = @{ type = 'connection'; key = 'access_token_expired'; message = 'The token is old.' }; times = 1 }
        $test = Test-MembraneConnection $made
        $test.Success | Should -BeFalse
        $test.Error.Key | Should -Be 'access_token_expired'
        Clear-TestFault
    }

    It 'change nothing with -WhatIf' {
        $made = New-TestConnection hubspot
        Clear-TestRequest
        $made | Disconnect-MembraneConnection -WhatIf
        $made | Update-MembraneConnectionCredential -WhatIf
        $made | Remove-MembraneConnection -WhatIf
        $made | Restore-MembraneConnection -WhatIf
        Remove-MembraneConnection hubspot -WhatIf
        Get-TestChange | Should -BeNullOrEmpty
    }
}

Describe 'Resolve-MembraneConnection' {
    It 'finds the connection to an app by its address, and makes no second one' {
        $made = New-TestConnection slack
        (Resolve-MembraneConnection https://slack.com).Id | Should -Be $made.Id
        ('slack.com' | Resolve-MembraneConnection -Wait).Id | Should -Be $made.Id
        $null = Get-MembraneConnection -IntegrationKey slack | Remove-MembraneConnection -Confirm:$false
    }

    It 'makes one where there is none, which waits for a person' {
        Get-MembraneConnection -IntegrationKey github | Remove-MembraneConnection -Confirm:$false
        $made = Resolve-MembraneConnection https://github.com -Name 'Code'
        $made.State | Should -Be 'CLIENT_ACTION_REQUIRED'
        $made.Name | Should -Be 'Code'
        $problem = Get-TestError { Resolve-MembraneConnection https://github.com -Wait -TimeoutSec 1 -WarningAction SilentlyContinue -WarningVariable warning -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        "$problem" | Should -Match 'http'
    }

    It 'has an app built that has no connector' {
        $made = Resolve-MembraneConnection https://brand-new.example
        $made.State | Should -Be 'BUILDING'
        $made.BuildingAgentSessionId | Should -Not -BeNullOrEmpty
        ($made | Get-MembraneAgentSession).Id | Should -Be $made.BuildingAgentSessionId
        $after = $made | Wait-MembraneConnection -StopAtClientAction -TimeoutSec 60 -WarningAction SilentlyContinue
        $after.State | Should -Be 'CLIENT_ACTION_REQUIRED'
    }

    It 'sends nothing for an address that is none: <Address>' -ForEach @(
        @{ Address = 'nodot' }, @{ Address = 'http://127.0.0.1' }, @{ Address = 'ftp://slack.com' }, @{ Address = "slack.com`nHost: x" }, @{ Address = ' ' }
        @{ Address = 'https://user:secret@slack.com' }, @{ Address = 'slack.com/' + ('x' * 2000) }
    ) {
        Clear-TestRequest
        "$(Get-TestError { Resolve-MembraneConnection $Address -ErrorAction Stop })" | Should -BeLike '*AppUrl*'
        Resolve-MembraneConnection https://slack.com -WhatIf
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'Wait-MembraneConnection' {
    It 'says once what a person must do, and emits the connection when it is done' {
        $made = Get-MembraneIntegration weather-station | New-MembraneConnection
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context, $id) Import-Module $module; Wait-MembraneConnection $id -Context $context -TimeoutSec 60').AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($made.Id)
        $running = $shell.BeginInvoke()
        while (-not $running.IsCompleted -and $shell.Streams.Progress.Count -lt 3) { Start-Sleep -Milliseconds 25 }
        Approve-TestRequest @{ Url = $made.ClientAction.UiUrl }
        $done = $shell.EndInvoke($running)
        @($shell.Streams.Warning).Count | Should -Be 1
        "$($shell.Streams.Warning)" | Should -BeLike "*needs you*$($made.ClientAction.UiUrl)*"
        $shell.Dispose()
        $done.Id | Should -Be $made.Id
        $done.State | Should -Be 'READY'
    }

    It 'emits at once what is usable, by object, id, key of the app, and from the pipeline' {
        $one = New-TestConnection gmail
        ($one | Wait-MembraneConnection).Id | Should -Be $one.Id
        (Wait-MembraneConnection $one.Id, gmail).Id | Should -Be @($one.Id, $one.Id)
    }

    It 'is an error for a state that waiting does not change: <State>' -ForEach @(@{ State = 'SETUP_FAILED' }, @{ State = 'CONFIGURATION_ERROR' }) {
        Add-TestFault @{ match = @{ path = '/connections/con_x' }; status = 200; body = @{ id = 'con_x'; name = 'Bad'; state = $State; errors = @(@{ message = 'The client id is missing.' }) } }
        $problem = Get-TestError { Wait-MembraneConnection con_x -ErrorAction Stop }
        Clear-TestFault
        $problem.FullyQualifiedErrorId | Should -BeLike 'SetupFailed,*'
        "$problem" | Should -BeLike "*$State*The client id is missing*"
    }

    It 'knows the states of the older API: <State> is <Outcome>' -ForEach @(
        @{ State = 'SETUP_IN_PROGRESS'; Outcome = 'WaitTimeout' }, @{ State = 'NOT_CONFIGURED'; Outcome = 'WaitTimeout' }, @{ State = 'SETUP_FAILED'; Outcome = 'SetupFailed' }
    ) {
        Add-TestFault @{ match = @{ path = '/connections/con_old' }; status = 200; body = @{ id = 'con_old'; name = 'Old'; state = $State; disconnected = $false } }
        $problem = Get-TestError { Wait-MembraneConnection con_old -TimeoutSec 1 -ErrorAction Stop -WarningAction SilentlyContinue }
        Clear-TestFault
        $problem.FullyQualifiedErrorId | Should -BeLike "$Outcome,*"
    }
}

Describe 'Get-MembraneConnectUri' {
    It 'makes the address of the page of an integration, with the token, as a secure string' {
        $address = Get-MembraneConnectUri slack
        $address | Should -BeOfType ([securestring])
        $plain = Get-MembraneConnectUri slack -Name 'My Slack' -AllowMultipleConnections -RedirectUri 'https://app.example/done?a=1' -ConnectorParameters @{ region = 'eu' } -AsPlainText -UiUri https://ui.integration.app
        $plain | Should -BeLike 'https://ui.integration.app/embed/integrations/slack/connect?token=eyJ*'
        $query = [System.Web.HttpUtility]::ParseQueryString(([uri]$plain).Query)
        $query['name'] | Should -Be 'My Slack'
        $query['allowMultipleConnections'] | Should -Be '1'
        $query['redirectUri'] | Should -Be 'https://app.example/done?a=1'
        ($query['connectorParameters'] | ConvertFrom-Json).region | Should -Be 'eu'
    }

    It 'makes the address of the page of a connection, and sends nothing for an object' {
        $made = New-TestConnection slack
        Clear-TestRequest
        $made | Get-MembraneConnectUri -AsPlainText -UiUri https://ui.getmembrane.com | Should -BeLike "https://ui.getmembrane.com/embed/connections/$($made.Id)/refresh?token=*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'is at the vendor''s host for the public service' {
        Connect-Membrane -WorkspaceKey k -WorkspaceSecret s -TenantKey t -Name public
        Get-MembraneConnectUri slack -AsPlainText -Context public | Should -BeLike 'https://ui.getmembrane.com/embed/integrations/slack/connect?token=*'
        Disconnect-Membrane public
        Select-MembraneContext default
    }

    It 'shows the token in no stream' {
        $all = Get-MembraneConnectUri slack -Verbose -Debug *>&1 | Out-String
        $all | Should -Not -Match 'eyJ'
    }

    It 'refuses pages that are not safe, and keys that lead elsewhere' {
        "$(Get-TestError { Get-MembraneConnectUri slack -UiUri http://evil.example -ErrorAction Stop })" | Should -BeLike '*https*'
        "$(Get-TestError { Get-MembraneConnectUri '../x' -ErrorAction Stop })" | Should -BeLike '*IntegrationKey*'
        "$(Get-TestError { Get-MembraneConnectUri slack -RedirectUri "https://a.example/`r`nx: y" -ErrorAction Stop })" | Should -BeLike '*absolute address*'
    }
}

Describe 'The key of a connection' {
    It 'means what it means now, whatever it meant to the command before: <Change>' -ForEach @(
        @{ Change = 'the element'; Rename = { param($One, $Key) $null = Set-MembraneElement connection $One.Id @{ key = $Key } } }
        @{ Change = 'a request'; Rename = { param($One, $Key) $null = Invoke-MembraneRequest "/connections/$($One.Id)" -Method PATCH -Body @{ key = $Key } } }
        @{ Change = 'the command'; Rename = { param($One, $Key) Set-MembraneConnection $One.Id -Key $Key } }
    ) {
        $one = New-TestConnection hubspot -Name 'One' -AllowMultipleConnections
        $other = New-TestConnection hubspot -Name 'Other' -AllowMultipleConnections
        & $Rename $one 'main'
        (Invoke-MembraneAction create-contact main -InputObject @{ email = 'first@example.com' }).ConnectionId | Should -Be $one.Id
        & $Rename $one 'was-main'
        & $Rename $other 'main'
        (Get-MembraneConnection main).Id | Should -Be $other.Id
        (Invoke-MembraneAction create-contact main -InputObject @{ email = 'second@example.com' }).ConnectionId | Should -Be $other.Id
        (Get-MembraneRecord contacts main -Filter @{ email = 'second@example.com' }).ConnectionId | Should -Be $other.Id
        @(Get-MembraneRecord contacts $one.Id -Filter @{ email = 'second@example.com' }).Count | Should -Be 0
        $one, $other | Remove-MembraneConnection -Confirm:$false
    }

    It 'of an app is said to mean several as soon as it does, and the new one after another was removed' {
        Get-MembraneConnection -IntegrationKey slack | Remove-MembraneConnection -Confirm:$false
        $first = New-TestConnection slack
        @(Get-MembraneAction -Connection slack -First 1).Count | Should -Be 1
        $second = New-TestConnection slack -AllowMultipleConnections
        (Get-TestError { Get-MembraneAction -Connection slack -First 1 -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'Ambiguous,*'
        $null = Invoke-MembraneRequest "/connections/$($first.Id)" -Method DELETE
        (Get-MembraneAction -Connection slack -First 1).FoundOnConnectionId | Should -Be $second.Id
        Remove-MembraneConnection $second -Confirm:$false
    }

    It 'is looked up once for all inputs of a command' {
        $one = New-TestConnection hubspot -Name 'Once' -AllowMultipleConnections
        Set-MembraneConnection $one -Key once
        Clear-TestRequest
        $null = 1..20 | ForEach-Object { @{ email = "once$_@example.com" } } | Invoke-MembraneAction create-contact once
        @(Get-TestRequest | Where-Object path -eq '/connections/once').Count | Should -Be 1
        Remove-MembraneConnection $one -Confirm:$false
    }
}
