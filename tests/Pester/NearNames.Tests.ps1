# What was misspelt, and what was meant.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot 'CRM of Ada'
    $schema = @{
        type = 'object'
        properties = @{
            email = @{ type = 'string' }
            firstName = @{ type = 'string' }
            address = @{ type = 'object'; properties = @{ street = @{ type = 'string' } } }
            labels = @{ type = 'object'; additionalProperties = @{ type = 'string' }; properties = @{ email = @{ type = 'string' } } }
            phones = @{ type = 'array'; items = @{ type = 'object'; properties = @{ number = @{ type = 'string' } } } }
        }
    }
    $null = New-MembraneAction 'Open' -Key open -Connection hubspot -Type connector-operation -Config @{ operationKey = 'create-contact' } -InputSchema $schema
    $null = New-MembraneAction 'Closed' -Key closed -Connection hubspot -Type connector-operation -Config @{ operationKey = 'create-contact' } -InputSchema ($schema + @{ additionalProperties = $false })

    function Get-Warning { param([scriptblock] $Command) @(& $Command 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | ForEach-Object Message) }
}

AfterAll { Stop-TestWorkspace }

Describe 'A name that does not exist' {
    It 'gets the one that was meant: <Code>' -ForEach @(
        @{ Code = 'Get-MembraneConnection hubsopt'; Meant = 'hubspot' }
        @{ Code = "Get-MembraneConnection 'CRM of Adda'"; Meant = 'hubspot' }
        @{ Code = 'Get-MembraneAction -Connection hubspt'; Meant = 'hubspot' }
        @{ Code = 'Get-MembraneAction create-contcat -Connection hubspot'; Meant = 'create-contact' }
        @{ Code = 'Invoke-MembraneAction create-contacts hubspot @{ email = 1 }'; Meant = 'create-contact' }
        @{ Code = 'Invoke-MembraneAction create_contact hubspott @{ email = 1 }'; Meant = 'hubspot' }
        @{ Code = 'Get-MembraneIntegration slak'; Meant = 'slack' }
        @{ Code = 'Get-MembraneConnector slcak'; Meant = 'slack' }
        @{ Code = 'Get-MembraneExternalApp Slacck'; Meant = 'slack' }
        @{ Code = 'Get-MembraneElement integration hubpsot'; Meant = 'hubspot' }
        @{ Code = 'Get-MembraneRecord contact -Connection hubspot'; Meant = 'contacts' }
    ) {
        $problem = Get-TestError ([scriptblock]::Create("$Code -ErrorAction Stop"))
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike "Did you mean '$Meant'?*"
    }

    It 'gets no advice where nothing is near, and the error is the same' {
        $problem = Get-TestError { Get-MembraneConnection nothing-like-it -ErrorAction Stop }
        "$($problem.ErrorDetails.Message) $($problem.ErrorDetails.RecommendedAction)" | Should -Not -BeLike '*Did you mean*'
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'is not looked for where the error is not shown' -ForEach 'SilentlyContinue', 'Ignore' {
        Clear-TestRequest
        Get-MembraneIntegration slakc -ErrorAction $_ | Should -BeNullOrEmpty
        Get-TestRequest | Where-Object path -EQ '/integrations' | Should -BeNullOrEmpty
    }

    It 'is looked for once by a command, however many are not there' {
        Clear-TestRequest
        $problems = @(1..20 | ForEach-Object { "slack$_" } | Get-MembraneIntegration -ErrorAction Continue -ErrorVariable problem 2>$null; $problem)
        @($problem).Count | Should -BeGreaterThan 19
        @(Get-TestRequest | Where-Object path -EQ '/integrations').Count | Should -Be 1
        $problems | Should -Not -BeNullOrEmpty
    }
}

Describe 'A field that the action does not have' {
    It 'is warned of where one is near: <Given>' -ForEach @(
        @{ Given = 'emial'; Meant = 'email'; InputJson = '{ "emial": "x" }' }
        @{ Given = 'Email'; Meant = 'email'; InputJson = '{ "Email": "x" }' }
        @{ Given = 'first_name'; Meant = 'firstName'; InputJson = '{ "first_name": "x" }' }
        @{ Given = 'address.stret'; Meant = 'address.street'; InputJson = '{ "address": { "stret": "x" } }' }
        @{ Given = 'phones.nubmer'; Meant = 'phones.number'; InputJson = '{ "phones": [{ "number": "1" }, { "nubmer": "x" }] }' }
    ) {
        Get-Warning { Invoke-MembraneAction open hubspot -InputJson $InputJson } | Should -Be "The action 'open' has no field '$Given'. Did you mean '$Meant'?"
        Get-Warning { Test-MembraneActionInput open hubspot -InputJson $InputJson } | Should -Be "The action 'open' has no field '$Given'. Did you mean '$Meant'?"
    }

    It 'is not warned of where it is free, near to nothing, or beside the one that is near' {
        foreach ($json in '{ "email": "x" }', '{ "colour": "x" }', '{ "email": "x", "emial": "y" }', '{ "labels": { "emial": "x" } }', '[]', '{}', '{ "": 1, "e": 2 }') {
            Get-Warning { Test-MembraneActionInput open hubspot -InputJson $json } | Should -BeNullOrEmpty
        }
    }

    It 'is warned of once, however many rows have it' {
        $rows = 1..50 | ForEach-Object { [pscustomobject]@{ emial = "$_@example.com" } }
        Get-Warning { $rows | Invoke-MembraneAction open hubspot } | Should -HaveCount 1
    }

    It 'is named by the error where the schema allows no other fields' {
        $problem = Get-TestError { Invoke-MembraneAction closed hubspot -InputObject @{ emial = 'x' } -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidActionInput,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike "Did you mean 'email' by 'emial'?*"
    }
}

Describe 'Invoke-MembraneAction -ExpandOutput' {
    BeforeAll {
        foreach ($name in 'ada', 'grace', 'edsger') { $null = Invoke-MembraneAction create-contact hubspot -InputObject @{ email = "$name@example.com"; name = $name } }
        function Set-Answer { param($Output) Add-TestFault @{ match = @{ path = '/actions/*/run' }; status = 200; body = @{ output = $Output } } }
    }

    AfterEach { Clear-TestFault }

    It 'emits the items of a list, and they are shown at <_> columns' -ForEach 80, 100, 120 {
        $items = @(Invoke-MembraneAction list-contacts hubspot -ExpandOutput)
        $items.Count | Should -Be 3
        $items.email | Should -Be 'ada@example.com', 'grace@example.com', 'edsger@example.com'
        $text = $items | Out-String -Width $_
        $text | Should -Not -Match '@\{|\.\.\.|…'
        foreach ($email in $items.email) { $text | Should -BeLike "*$email*" }
        ($text -split '\r?\n' | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual $_
    }

    It 'takes a list, and an object with one list and what says of which page it is, apart, and nothing else: <Json>' -ForEach @(
        @{ Json = '[{ "id": 1 }, { "id": 2 }]'; Count = 2 }
        @{ Json = '{ "items": [{ "id": 1 }, { "id": 2 }] }'; Count = 2 }
        @{ Json = '{ "data": [1, 2, 3], "has_more": false, "object": "list", "url": "/v1" }'; Count = 3 }
        @{ Json = '{ "results": [], "total": 0 }'; Count = 0 }
        @{ Json = '{ "id": "x", "tags": ["a", "b"] }'; Count = 1 }
        @{ Json = '{ "items": [1, 2], "errors": [3] }'; Count = 1 }
        @{ Json = '{ "total": 3 }'; Count = 1 }
    ) {
        Set-Answer ($Json | ConvertFrom-Json)
        $output = $null
        Get-Warning { Set-Variable output @(Invoke-MembraneAction list-contacts hubspot -ExpandOutput) -Scope 1 } | Should -BeNullOrEmpty
        @(Invoke-MembraneAction list-contacts hubspot -ExpandOutput).Count | Should -Be $Count
    }

    It 'says once that there are more pages than the one that was read' -ForEach '{ "items": [1], "cursor": "abc" }', '{ "items": [1], "paging": { "next": { "after": "2" } } }', '{ "data": [1], "has_more": true }' {
        Set-Answer ($_ | ConvertFrom-Json)
        Get-Warning { @{}, @{} | Invoke-MembraneAction list-contacts hubspot -ExpandOutput } | Should -BeLike '*there are more*-CursorProperty*'
    }
}
