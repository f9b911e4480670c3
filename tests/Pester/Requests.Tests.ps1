BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot -Name 'CRM'
    $slack = New-TestConnection slack -Name 'Chat'
}

AfterAll { Stop-TestWorkspace }

Describe 'Invoke-MembraneRequest' {
    AfterEach { Clear-TestFault }

    It 'reads any operation: by a path with and without a slash, and by an address of the same host' {
        $expected = (Get-MembraneConnection $hubspot.Id).Name
        (Invoke-MembraneRequest "/connections/$($hubspot.Id)").name | Should -Be $expected
        (Invoke-MembraneRequest "connections/$($hubspot.Id)").name | Should -Be $expected
        (Invoke-MembraneRequest "$($Emulator.ApiUri)connections/$($hubspot.Id)").name | Should -Be $expected
    }

    It 'sends query parameters: arrays, booleans, dates and Unicode' {
        Clear-TestRequest
        $null = Invoke-MembraneRequest /connections -Query ([ordered]@{ search = 'CRM & Zoë'; limit = 1; includeArchived = $true; nothing = $null })
        $null = Invoke-MembraneRequest /connections -Query ([ordered]@{ from = [datetime]::new(2026, 2, 3, 4, 5, 6, [DateTimeKind]::Utc); many = 'a', 'b' }) -SkipHttpErrorCheck
        (Get-TestRequest)[0].query | Should -Be 'search=CRM%20%26%20Zo%C3%AB&limit=1&includeArchived=true'
        (Get-TestRequest)[1].query | Should -Be 'from=2026-02-03T04%3A05%3A06.000Z&many=a&many=b'
        $null = Invoke-MembraneRequest '/connections?limit=2' -Query @{ search = 'CRM' }
        (Get-TestRequest)[2].query | Should -Be 'limit=2&search=CRM'
    }

    It 'emits what a list says as an object, and an array item by item' {
        (Invoke-MembraneRequest /connections).items.Count | Should -Be 2
        Add-TestFault @{ match = @{ path = '/connections' }; status = 200; body = '[1,2,3]'; times = 1 }
        Invoke-MembraneRequest /connections | Should -Be @(1, 2, 3)
    }

    It 'follows the cursor, streams, and asks no more than it needs' {
        $ids = (Get-MembraneConnection).Id
        (Invoke-MembraneRequest /connections -FollowCursor -PageSize 1).id | Should -Be $ids
        (Invoke-MembraneRequest /connections -FollowCursor -PageSize 1 -First 1).id | Should -Be $ids[0]
        Clear-TestRequest
        $null = Invoke-MembraneRequest /connections -FollowCursor | Select-Object -First 1
        @(Get-TestRequest).Count | Should -Be 1
        (Get-TestRequest)[0].query | Should -BeNullOrEmpty
    }

    It 'follows the cursor of a POST in its body' {
        Add-TestFault @{ match = @{ path = '/x/list' }; status = 200; body = @{ records = @(@{ id = 'a' }); cursor = 'c1' }; times = 1 }
        Add-TestFault @{ match = @{ path = '/x/list' }; status = 200; body = @{ records = @(@{ id = 'b' }) }; times = 1 }
        Clear-TestRequest
        (Invoke-MembraneRequest /x/list -Method POST -Body @{ filter = @{ a = 1 } } -FollowCursor).id | Should -Be @('a', 'b')
        $bodies = (Get-TestRequest).body | ForEach-Object { if ($_ -is [string]) { $_ | ConvertFrom-Json } else { $_ } }
        $bodies[1].cursor | Should -Be 'c1'
        $bodies[1].filter.a | Should -Be 1
    }

    It 'asks before it follows the cursor of a POST' {
        Clear-TestRequest
        Invoke-MembraneRequest /connections -Method POST -Body @{ name = 'Never' } -FollowCursor -WhatIf
        @(Get-TestRequest) | Should -BeNullOrEmpty
    }

    It 'does not repeat a POST with pages that may have had an effect' {
        Add-TestFault @{ match = @{ path = '/x/list' }; drop = 'after' }
        Clear-TestRequest
        $problem = Get-TestError { Invoke-MembraneRequest /x/list -Method POST -Body @{ } -FollowCursor -ErrorAction Stop }
        $problem.Exception.Outcome | Should -Be 'Unknown'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'sends what is nothing to PowerShell as null, and a switch as a boolean' {
        Clear-TestRequest
        $body = [ordered]@{ a = (& { }); b = [DBNull]::Value; c = [NullString]::Value; d = [switch] $true; e = @([DBNull]::Value, [switch] $false) }
        $null = Invoke-MembraneRequest /x -Method POST -Body $body -SkipHttpErrorCheck
        $null = Invoke-MembraneRequest /x -Method POST -Body ([pscustomobject] $body) -SkipHttpErrorCheck
        foreach ($request in Get-TestRequest) {
            $sent = $request.body
            if ($sent -is [string]) { $sent = $sent | ConvertFrom-Json }
            $sent | ConvertTo-Json -Compress | Should -Be '{"a":null,"b":null,"c":null,"d":true,"e":[null,false]}'
        }

        Clear-TestRequest
        $null = Invoke-MembraneRequest /x -Query ([ordered]@{ a = (& { }); b = [DBNull]::Value; d = [switch] $true }) -SkipHttpErrorCheck
        (Get-TestRequest)[0].query | Should -Be 'd=true'
    }

    It 'sends a hashtable, an object, text and bytes' {
        $made = Invoke-MembraneRequest "/actions/create-contact/run?connectionId=$($hubspot.Id)" -Method POST -Body @{ input = @{ email = 'h@example.com' } }
        $made.output.email | Should -Be 'h@example.com'
        $made = [pscustomobject]@{ input = @{ email = 'o@example.com' } } | Invoke-MembraneRequest "/actions/create-contact/run?connectionId=$($hubspot.Id)" -Method POST
        $made.output.email | Should -Be 'o@example.com'
        $made = '{"input":{"email":"t@example.com"}}' | Invoke-MembraneRequest "/actions/create-contact/run?connectionId=$($hubspot.Id)" -Method POST
        $made.output.email | Should -Be 't@example.com'
        $bytes = [System.Text.Encoding]::UTF8.GetBytes('{"input":{"email":"b@example.com"}}')
        $made = Invoke-MembraneRequest "/actions/create-contact/run?connectionId=$($hubspot.Id)" -Method POST -Body $bytes -ContentType application/json
        $made.output.email | Should -Be 'b@example.com'
    }

    It 'takes and writes files byte for byte' {
        $in = Join-Path $TestDrive 'in.json'
        '{"input":{"email":"f@example.com"}}' | Set-Content -LiteralPath $in
        $out = Join-Path $TestDrive 'out.json'
        Invoke-MembraneRequest "/actions/create-contact/run?connectionId=$($hubspot.Id)" -Method POST -InFile $in -ContentType application/json -OutFile $out | Should -BeNullOrEmpty
        (Get-Content -LiteralPath $out -Raw | ConvertFrom-Json).output.email | Should -Be 'f@example.com'
        (Invoke-MembraneRequest /connections -OutFile $out -PassThru).items.Count | Should -Be 2
        (Get-TestError { Invoke-MembraneRequest /connections -OutFile (Join-Path $TestDrive 'no/such/folder.json') -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FileAccess,*'
        (Get-TestError { Invoke-MembraneRequest /x -Method POST -InFile (Join-Path $TestDrive 'nothing') -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FileAccess,*'
    }

    It 'gives the text with -Raw, and nothing for an empty body' {
        Invoke-MembraneRequest /connections -Raw | Should -BeOfType string
        (Invoke-MembraneRequest /connections -Raw | ConvertFrom-Json).items.Count | Should -Be 2
        Add-TestFault @{ match = @{ path = '/nothing' }; status = 204; times = 1 }
        Invoke-MembraneRequest /nothing | Should -BeNullOrEmpty
        Add-TestFault @{ match = @{ path = '/text' }; status = 200; headers = @{ 'Content-Type' = 'text/plain' }; body = 'just text'; times = 1 }
        Invoke-MembraneRequest /text | Should -Be 'just text'
    }

    It 'tells status and headers, and takes an error as an answer where asked' {
        $body = Invoke-MembraneRequest /connections/nope -SkipHttpErrorCheck -StatusCodeVariable status -ResponseHeadersVariable headers
        $body.key | Should -Be 'not_found'
        $status | Should -Be 404
        $headers['content-type'] | Should -BeLike 'application/json*'
    }

    It 'reports an error like the other commands' {
        $problem = Get-TestError { Invoke-MembraneRequest /connections/nope -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem.TargetObject | Should -Be '/connections/nope'
        $problem.Exception.Key | Should -Be 'not_found'
    }

    It 'tries again like the other commands: a GET, but not a POST that may have had an effect' {
        Add-TestFault @{ match = @{ path = '/connections' }; status = 503; times = 1 }
        (Invoke-MembraneRequest /connections).items.Count | Should -Be 2
        Clear-TestRequest
        Add-TestFault @{ match = @{ method = 'POST' }; drop = 'after' }
        $problem = Get-TestError { Invoke-MembraneRequest /agent/sessions -Method POST -Body @{ prompt = 'x' } -ErrorAction Stop }
        $problem.Exception.Outcome | Should -Be 'Unknown'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'tries an error answer again before it takes it with -SkipHttpErrorCheck' {
        Add-TestFault @{ match = @{ path = '/connections' }; status = 503; times = 1 }
        $null = Invoke-MembraneRequest /connections -SkipHttpErrorCheck -StatusCodeVariable status
        $status | Should -Be 200
    }

    It 'sends headers of one''s own' {
        Clear-TestRequest
        $null = Invoke-MembraneRequest /connections -Headers @{ 'X-Trace' = 'abc'; Accept = 'text/plain' }
        $sent = (Get-TestRequest)[0].headers
        $sent.'X-Trace' | Should -Be 'abc'
        $sent.Accept | Should -Be 'text/plain'
    }

    It 'sends no change with -WhatIf, and a GET all the same' {
        Clear-TestRequest
        Invoke-MembraneRequest /agent/sessions -Method POST -Body @{ prompt = 'x' } -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
        Invoke-MembraneRequest /connections -WhatIf | Should -Not -BeNullOrEmpty
    }

    It 'refuses before any request: <Name>' -ForEach @(
        @{ Name = 'another host'; Arguments = @{ Path = 'https://evil.example/connections' }; Word = 'Path' }
        @{ Name = 'another port'; Arguments = @{ Path = 'http://127.0.0.1:1/connections' }; Word = 'Path' }
        @{ Name = 'the same host by a user name'; Arguments = @{ Path = 'http://127.0.0.1@evil.example/' }; Word = 'Path' }
        @{ Name = 'another scheme'; Arguments = @{ Path = 'file:///etc/passwd' }; Word = 'Path' }
        @{ Name = 'an address without a scheme'; Arguments = @{ Path = '//evil.example/connections' }; Word = 'Path' }
        @{ Name = 'backslashes'; Arguments = @{ Path = '\\evil.example\x' }; Word = 'Path' }
        @{ Name = 'a line break in the path'; Arguments = @{ Path = "/connections`r`nX: y" }; Word = 'Path' }
        @{ Name = 'a fragment'; Arguments = @{ Path = '/connections#x' }; Word = 'Path' }
        @{ Name = 'white space for a path'; Arguments = @{ Path = '  ' }; Word = 'Path' }
        @{ Name = '10 MB for a path'; Arguments = @{ Path = '/' + 'x' * 10MB }; Word = 'Path' }
        @{ Name = 'a token of one''s own'; Arguments = @{ Path = '/connections'; Headers = @{ authorization = 'Bearer x' } }; Word = 'Authorization' }
        @{ Name = 'a line break in a header'; Arguments = @{ Path = '/connections'; Headers = @{ 'X-A' = "a`r`nX-B: b" } }; Word = 'X-A' }
        @{ Name = 'a line break in a header''s name'; Arguments = @{ Path = '/connections'; Headers = @{ "X`n-A" = 'a' } }; Word = 'Headers' }
        @{ Name = 'an umlaut in a header'; Arguments = @{ Path = '/connections'; Headers = @{ 'X-A' = 'Zoë' } }; Word = 'X-A' }
        @{ Name = 'half a character in the path'; Arguments = @{ Path = "/connections/$([char]0xD83D)" }; Word = 'Path' }
        @{ Name = 'half a character in the body'; Arguments = @{ Path = '/act'; Method = 'POST'; Body = "`"$([char]0xD83D)`"" }; Word = 'Body' }
        @{ Name = 'another host of the connection'; Arguments = @{ Path = '/connections'; Headers = @{ Host = 'evil.example' } }; Word = 'Host' }
        @{ Name = 'a body for GET'; Arguments = @{ Path = '/connections'; Body = @{ a = 1 } }; Word = 'Body' }
        @{ Name = 'text that is not valid JSON'; Arguments = @{ Path = '/act'; Method = 'POST'; Body = '{a:' }; Word = 'Body' }
        @{ Name = 'an object in the query'; Arguments = @{ Path = '/connections'; Query = @{ a = @{ b = 1 } } }; Word = 'Query' }
        @{ Name = 'an object as text/csv'; Arguments = @{ Path = '/act'; Method = 'POST'; Body = @{ a = 1 }; ContentType = 'text/csv' }; Word = 'ContentType' }
        @{ Name = 'pages of a DELETE'; Arguments = @{ Path = '/connections'; Method = 'DELETE'; FollowCursor = $true }; Word = 'DELETE' }
        @{ Name = 'pages into a file'; Arguments = @{ Path = '/connections'; FollowCursor = $true; OutFile = 'x' }; Word = 'FollowCursor' }
    ) {
        Clear-TestRequest
        $problem = Get-TestError { Invoke-MembraneRequest @Arguments -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -Match '^Invalid(Input|Json),'
        "$problem" | Should -BeLike "*$Word*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'takes a key with a colon for a path, not for a scheme' {
        Clear-TestRequest
        (Get-TestError { Invoke-MembraneRequest 'nowhere:1/x' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        @(Get-TestRequest).Count | Should -Be 1
    }
}

Describe 'Invoke-MembraneAppRequest' {
    AfterEach { Clear-TestFault }

    It 'sends to the app through the connection, with method, query, body and headers' {
        Add-TestFault @{ match = @{ path = "/connections/$($hubspot.Id)/proxy/*" }; status = 200; body = @{ made = $true } }
        Clear-TestRequest
        (Invoke-MembraneAppRequest hubspot /crm/v3/contacts -Method POST -Query @{ a = 'b c' } -Body @{ email = 'x@example.com' } -Headers @{ 'X-App' = '1' }).made | Should -BeTrue
        $sent = Get-TestRequest | Where-Object path -like '*/proxy/*'
        $sent.method | Should -Be 'POST'
        $sent.path | Should -Be "/connections/$($hubspot.Id)/proxy/crm/v3/contacts"
        $sent.query | Should -Be 'a=b%20c'
        $sent.headers.'X-App' | Should -Be '1'
        "$(if ($sent.body -is [string]) { $sent.body } else { $sent.body | ConvertTo-Json -Compress })" | Should -Be '{"email":"x@example.com"}'
    }

    It 'reaches the app itself' {
        $made = Invoke-MembraneAppRequest hubspot /v1/contacts -Method POST -Body @{ email = 'proxy@example.com' } -StatusCodeVariable status
        $status | Should -BeIn 200, 201
        (Find-MembraneRecord contacts -Match @{ email = 'proxy@example.com' } -Connection $hubspot).Id | Should -Be $made.id
        (Invoke-MembraneAppRequest $hubspot.Id "v1/contacts/$($made.id)").email | Should -Be 'proxy@example.com'
        (Get-TestError { Invoke-MembraneAppRequest $hubspot v1/contacts/nope -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AppRequestFailed,*'
    }

    It 'takes connections from the pipeline' {
        Add-TestFault @{ match = @{ path = '*/proxy/me' }; status = 200; body = @{ ok = 1 } }
        Clear-TestRequest
        @($hubspot, $slack | Invoke-MembraneAppRequest -Path me).Count | Should -Be 2
        (Get-TestRequest | Where-Object path -like '*/proxy/me').Count | Should -Be 2
    }

    It 'tells an error of the app from one of Membrane' {
        Add-TestFault @{ match = @{ path = '*/proxy/me' }; status = 401; body = @{ error = 'the app says no' } }
        $problem = Get-TestError { Invoke-MembraneAppRequest $hubspot me -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'AppRequestFailed,*'
        $problem.Exception.Error.error | Should -Be 'the app says no'
        (Invoke-MembraneAppRequest $hubspot me -SkipHttpErrorCheck -StatusCodeVariable status).error | Should -Be 'the app says no'
        $status | Should -Be 401
        (Get-TestError { Invoke-MembraneAppRequest con_nothing me -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'refuses a path that leaves the connection: <Path>' -ForEach @(
        @{ Path = '../../customers' }, @{ Path = '%2e%2e/%2e%2e/customers' }, @{ Path = '..%2f..%2fcustomers' }, @{ Path = 'a/../../x' }
        @{ Path = '//evil.example/x' }, @{ Path = 'ftp://hubspot.com/x' }, @{ Path = 'file:///etc/passwd' }, @{ Path = "a`nb" }, @{ Path = ' ' }
    ) {
        Clear-TestRequest
        (Get-TestError { Invoke-MembraneAppRequest $hubspot $Path -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'takes a whole address of the app, and sends its path: <Address>' -ForEach @(
        @{ Address = 'https://hubspot.com/crm/v3/me'; Sent = 'crm/v3/me' }, @{ Address = 'https://www.hubspot.com/me?limit=5'; Sent = 'me'; Query = 'limit=5' }
        @{ Address = 'HTTPS://API.HubSpot.com:443/me'; Sent = 'me' }, @{ Address = 'https://eu.api.hubspot.com./a%20b'; Sent = 'a%20b' }
    ) {
        Add-TestFault @{ match = @{ path = '*/proxy/*' }; status = 200; body = @{ ok = 1 } }
        Clear-TestRequest
        (Invoke-MembraneAppRequest hubspot $Address).ok | Should -Be 1
        $passed = Get-TestRequest | Where-Object path -like '*/proxy/*'
        $passed.path | Should -Be "/connections/$($hubspot.Id)/proxy/$Sent"
        "$($passed.query)" | Should -Be "$Query"
        Invoke-MembraneAppRequest hubspot -Uri $Address -Method DELETE -WhatIf | Should -BeNullOrEmpty
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'refuses an address that is not of the app, and says which path would be sent: <Address>' -ForEach @(
        @{ Address = 'https://evil.example/x'; Told = '/x' }, @{ Address = 'https://nothubspot.com/x'; Told = '/x' }, @{ Address = 'https://hubspot.com.evil.example/x'; Told = '/x' }
        @{ Address = 'https://hubspot.com:8443/x'; Told = '/x' }, @{ Address = 'http://hubspot.com/x'; Told = '/x' }, @{ Address = 'https://evil.example\@hubspot.com/x' }
        @{ Address = 'https://hubspot.com@evil.example/x' }, @{ Address = 'https://ada:secret@hubspot.com/x'; Told = '/x' }, @{ Address = 'https://hubspot.com#@evil.example' }
        @{ Address = 'https://hubspot.com/../../customers' }, @{ Address = 'https://hubspot.com/%2e%2e/customers' }, @{ Address = 'https://127.0.0.1/x'; Told = '/x' }
    ) {
        Clear-TestRequest
        $problem = Get-TestError { Invoke-MembraneAppRequest $hubspot $Address -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be 'Path'
        if ($Told) { $problem.ErrorDetails.RecommendedAction | Should -BeLike "*to the app: $Told" }
        # Only Membrane was asked, and only what the address of the app is.
        @(Get-TestRequest | Where-Object { $_.method -ne 'GET' -or $_.path -like '*/proxy/*' }).Count | Should -Be 0
    }

    It 'sends no change with -WhatIf' {
        Clear-TestRequest
        Invoke-MembraneAppRequest hubspot me -Method DELETE -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuses an object of another kind from the pipeline' {
        Clear-TestRequest
        { Get-Date | Invoke-MembraneAppRequest -Path me -ErrorAction Stop } | Should -Throw
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'A file for the answer' {
    BeforeEach { Clear-TestRequest }

    It 'that cannot be written is refused before anything is sent: <Path>' -ForEach @(
        @{ Path = 'no-such-folder/x.json' }
        @{ Path = 'folder' }
    ) {
        $null = New-Item -ItemType Directory -Force (Join-Path $TestDrive 'folder')
        $problem = Get-TestError { Invoke-MembraneRequest /agent/sessions -Method POST -Body @{ prompt = 'x' } -OutFile (Join-Path $TestDrive $Path) -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'FileAccess,*'
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'stays as it is where the request fails, and none is made' {
        $there = Join-Path $TestDrive 'there.json'
        Set-Content -LiteralPath $there -Value 'before' -NoNewline
        $null = Get-TestError { Invoke-MembraneRequest /connections/none -OutFile $there -ErrorAction Stop }
        Get-Content -LiteralPath $there -Raw | Should -Be 'before'
        $null = Get-TestError { Invoke-MembraneRequest /connections/none -OutFile (Join-Path $TestDrive 'none.json') -ErrorAction Stop }
        Test-Path -LiteralPath (Join-Path $TestDrive 'none.json') | Should -BeFalse
    }

    It 'that is full is an error of unknown outcome, and the answer is emitted' -Skip:(-not (Test-Path /dev/full)) {
        $answer = Invoke-MembraneRequest /agent/sessions -Method POST -Body @{ prompt = 'x' } -OutFile /dev/full -ErrorVariable problems -ErrorAction SilentlyContinue
        $answer.id | Should -Not -BeNullOrEmpty
        $problems.Exception.Outcome | Should -Be 'Unknown'
    }
}
