BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot -Name 'CRM'
    $slack = New-TestConnection slack -Name 'Chat'
}

AfterAll { Stop-TestWorkspace }

Describe 'Get-MembraneAction' {
    It 'lists the actions of a connection: by object, id, key of the app and pipeline' {
        $expected = (Get-MembraneAction -Connection $hubspot).Key
        $expected | Should -Contain 'create-contact'
        (Get-MembraneAction -Connection $hubspot.Id).Key | Should -Be $expected
        (Get-MembraneAction -Connection hubspot).Key | Should -Be $expected
        ($hubspot | Get-MembraneAction).Key | Should -Be $expected
    }

    It 'gets one by key, with its schemas as ordinary objects' {
        $action = Get-MembraneAction create-contact -Connection $hubspot
        $action | Should -BeOfType ([Membrane.Action])
        $action.InputSchema.type | Should -Be 'object'
        $action.InputSchema.properties.email.type | Should -Be 'string'
    }

    It 'lists the actions of an integration or of an external app, by id' {
        Clear-TestRequest
        (Get-MembraneAction -IntegrationId $slack.IntegrationId).Key | Should -Contain 'post-message'
        (Get-MembraneAction -IntegrationId $slack.IntegrationId).Key | Should -Not -Contain 'create-contact'
        (Get-MembraneAction -ExternalAppId $slack.ExternalAppId).Key | Should -Contain 'post-message'
        (Get-MembraneAction -ExternalAppId $slack.ExternalAppId).Key | Should -Not -Contain 'create-contact'
        (Get-TestRequest)[0].query | Should -BeLike "*integrationId=$($slack.IntegrationId)*"
        (Get-TestRequest)[2].query | Should -BeLike "*externalAppId=$($slack.ExternalAppId)*"
    }

    It 'completes the keys of the connection''s actions' {
        $line = 'Invoke-MembraneAction -Connection hubspot -Action create-con'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'create-contact'
    }
}

Describe 'Find-MembraneAction' {
    It 'finds by intent, best first' {
        (Find-MembraneAction -Connection $slack -Intent 'send a message' | Select-Object -First 1).Key | Should -Be 'post-message'
        (Find-MembraneAction 'create a contact' $hubspot)[0].Key | Should -Be 'create-contact'
    }

    It 'refuses an intent over 200 characters before any request, naming the parameter' {
        Clear-TestRequest
        "$(Get-TestError { Find-MembraneAction -Connection $slack -Intent ('x' * 201) })" | Should -BeLike '*Intent*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'Invoke-MembraneAction' {
    AfterEach { Clear-TestFault }

    It 'runs what was found' {
        $run = Find-MembraneAction -Connection $slack -Intent 'send a message' | Select-Object -First 1 | Invoke-MembraneAction -InputObject @{ channel = '#general'; text = 'Hello!' }
        $run | Should -BeOfType ([Membrane.ActionRun])
        $run.Output.text | Should -Be 'Hello!'
        $run.ActionRunId | Should -Not -BeNullOrEmpty
        $run.ConnectionId | Should -Be $slack.Id
        $run.Duration | Should -BeGreaterThan ([timespan]::Zero)
    }

    It 'runs by key on an app, and what was made can be listed' {
        $input1 = @{ email = 'ada@example.com'; firstName = 'Ada' }
        $made = Invoke-MembraneAction -Action create-contact -Connection hubspot -InputObject $input1 -ExpandOutput
        $made.email | Should -Be 'ada@example.com'
        $run = Invoke-MembraneAction list-contacts hubspot
        $run.Output.items[0].id | Should -Be $made.id
    }

    It 'runs once for each input of the pipeline, and numbers the runs' {
        $rows = 'email,firstName', 'a@example.com,A', 'b@example.com,B', 'c@example.com,C' | ConvertFrom-Csv
        $runs = $rows | Invoke-MembraneAction -Action create-contact -Connection $hubspot -Ordered
        $runs.InputIndex | Should -Be @(0, 1, 2)
        $runs.Output.email | Should -Be $rows.email
    }

    It 'passes nested values, arrays, numbers, dates, null and Unicode whole' {
        $value = @{
            email = 'x@example.com'
            tags = @('a', 'b'); empty = @(); nothing = $null
            nested = @{ deep = [ordered]@{ number = 1.5; big = 9007199254740993; flag = $true } }
            when = [datetime]::new(2026, 2, 3, 4, 5, 6, [DateTimeKind]::Utc)
            name = "Zoë 🚀 `"quoted`" `t"
        }
        $output = Invoke-MembraneAction create-contact $hubspot -InputObject $value -ExpandOutput
        $output.tags | Should -Be @('a', 'b')
        $output.nested.deep.big | Should -Be 9007199254740993
        $output.nested.deep.number | Should -Be 1.5
        $output.when | Should -Be '2026-02-03T04:05:06Z'
        $output.name | Should -Be $value.name
        $output.PSObject.Properties.Name | Should -Contain 'nothing'
    }

    It 'takes JSON text, and refuses text that is none' {
        (Invoke-MembraneAction create-contact $hubspot -InputJson '{"email":"j@example.com"}').Output.email | Should -Be 'j@example.com'
        Clear-TestRequest
        $problem = Get-TestError { Invoke-MembraneAction create-contact $hubspot -InputJson '{email:' -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidJson,*'
        $secret = Get-TestError { Invoke-MembraneAction create-contact $hubspot -InputJson '{"password":tru"hunter2-hunter2"}' -ErrorAction Stop }
        "$secret" | Should -BeLike '*line 1, byte*'
        "$($secret.Exception)" | Should -Not -BeLike '*hunter2*'
        "$((Get-TestError { Invoke-MembraneRequest /connections -Method Post -Body '{"password":tru"hunter2-hunter2"}' -ErrorAction Stop }).Exception)" | Should -Not -BeLike '*hunter2*'
        "$problem" | Should -BeLike '*InputJson*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'goes on after an input that fails, with that input as the target' {
        $rows = @(@{ email = 'ok1@example.com' }, @{ firstName = 'nobody' }, @{ email = 'ok2@example.com' })
        $runs = $rows | Invoke-MembraneAction create-contact $hubspot -Ordered -ErrorVariable problem -ErrorAction SilentlyContinue
        $runs.InputIndex | Should -Be @(0, 2)
        $problem.Count | Should -Be 1
        $problem[0].TargetObject.firstName | Should -Be 'nobody'
    }

    It 'ends at the first failure with -ErrorAction Stop' {
        Clear-TestRequest
        $rows = @(@{ firstName = 'nobody' }, @{ email = 'never@example.com' })
        { $rows | Invoke-MembraneAction create-contact $hubspot -ThrottleLimit 1 -ErrorAction Stop } | Should -Throw
        @(Get-TestRequest | Where-Object body -match 'never@example.com').Count | Should -Be 0
    }

    It 'sends nothing with -WhatIf' {
        Clear-TestRequest
        Invoke-MembraneAction create-contact $hubspot -InputObject @{ email = 'x@example.com' } -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest | Where-Object method -ne 'GET').Count | Should -Be 0
    }

    It 'refuses input that is no data: <Name>' -ForEach @(
        @{ Name = 'a script block'; Value = { @{ a = { 1 } } } }
        @{ Name = 'a secure string'; Value = { @{ a = (ConvertTo-SecureString x -AsPlainText -Force) } } }
        @{ Name = 'not a number'; Value = { @{ a = [double]::NaN } } }
        @{ Name = 'a cycle'; Value = { $h = @{}; $h.self = $h; $h } }
    ) {
        Clear-TestRequest
        $problem = Get-TestError { Invoke-MembraneAction create-contact $hubspot -InputObject (& $Value) -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        @(Get-TestRequest | Where-Object method -ne 'GET').Count | Should -Be 0
    }

    It 'names the connections when an app is connected more than once' {
        $second = New-TestConnection slack -Name 'Second chat' -AllowMultipleConnections
        $problem = Get-TestError { Invoke-MembraneAction post-message -Connection slack -InputObject @{ text = 'x' } -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Ambiguous,*'
        "$problem" | Should -BeLike "*$($second.Id)*"
    }

    It 'does not run an action twice when its answer is lost, and says that the outcome is unknown' {
        Clear-TestRequest
        Add-TestFault @{ match = @{ method = 'POST'; path = '*/run' }; drop = 'after'; times = 1 }
        $problem = Get-TestError { Invoke-MembraneAction create-contact $hubspot -InputObject @{ email = 'once@example.com' } -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectionLost,*'
        $problem.Exception.Outcome | Should -Be 'Unknown'
        @(Get-TestRequest | Where-Object { $_.method -eq 'POST' }).Count | Should -Be 1
        @((Invoke-MembraneAction list-contacts $hubspot).Output.items | Where-Object email -eq 'once@example.com').Count | Should -Be 1
    }

    It 'runs an action again that the service rate limited unread' {
        Add-TestFault @{ match = @{ method = 'POST'; path = '*/run' }; status = 429; headers = @{ 'Retry-After' = '0' }; body = @{ type = 'bad_request'; key = 'rate_limit_exceeded'; message = 'slow down' }; times = 1 }
        (Invoke-MembraneAction create-contact $hubspot -InputObject @{ email = 'again@example.com' }).Output.email | Should -Be 'again@example.com'
    }
}
