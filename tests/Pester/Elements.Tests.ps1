BeforeDiscovery {
    $types = 'action', 'action-instance', 'action-run-log-record', 'app', 'app-data-schema', 'app-data-schema-instance', 'app-event-log-record',
        'app-event-subscription', 'app-event-type', 'connected-product', 'connection', 'connector', 'customer', 'data-link-table', 'data-link-table-instance',
        'data-source', 'data-source-instance', 'external-api-log-record', 'external-event-log-record', 'external-event-pull', 'external-event-subscription',
        'external-event-type', 'field-mapping', 'field-mapping-instance', 'flow', 'flow-instance', 'flow-run', 'incoming-webhook-log-record', 'integration',
        'package', 'screen'
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot -Name 'CRM'
    Connect-Membrane -Emulator -Manager -Name manager
    Select-MembraneContext default
}

AfterAll { Stop-TestWorkspace }

Describe 'Get-MembraneElement' {
    It 'asks the right place for a list and for one: <_>' -ForEach $types {
        $paths = @{
            'app' = 'external-apps'; 'action-run-log-record' = 'action-run-logs'; 'app-event-log-record' = 'app-events'; 'external-api-log-record' = 'external-api-logs'
            'incoming-webhook-log-record' = 'incoming-webhooks'
        }
        $path = if ($paths[$_]) { $paths[$_] } else { "${_}s" }
        Add-TestFault @{ match = @{ path = "/$path" }; status = 200; body = @{ items = @(@{ id = 'x1'; name = 'One'; surprise = @{ deep = 1 } }) } }
        Add-TestFault @{ match = @{ path = "/$path/x1" }; status = 200; body = @{ id = 'x1'; name = 'One' } }
        Add-TestFault @{ match = @{ path = "/$_" }; status = 200; body = @{ id = 'x1'; name = 'One' } }
        Clear-TestRequest
        $listed = Get-MembraneElement $_
        $listed | Should -BeOfType ([Membrane.Element])
        $listed.ElementType | Should -Be $_
        $listed.surprise.deep | Should -Be 1
        ($listed | Get-MembraneElement).Id | Should -Be 'x1'
        $one = (Get-TestRequest)[1]
        if ($_ -like '*-instance') {
            $one.path | Should -Be "/$_"
            $one.query | Should -Be 'id=x1'
        } else {
            $one.path | Should -Be "/$path/x1"
        }
        Clear-TestFault
    }

    It 'lists with wildcards, search, paging and further filters' {
        $all = Get-MembraneElement connector
        $all.Count | Should -BeGreaterThan 2
        (Get-MembraneElement connector -Name 'hub*').Key | Should -Be 'hubspot'
        (Get-MembraneElement Connector -Search hubspot).Key | Should -Be 'hubspot'
        (Get-MembraneElement connector -First 2).Id | Should -Be $all[0, 1].Id
        (Get-MembraneElement connector -PageSize 1 -Skip 1).Id | Should -Be $all[1..($all.Count - 1)].Id
        (Get-MembraneElement connection -Filter @{ integrationKey = 'hubspot' }).Id | Should -Be $hubspot.Id
        (Get-MembraneElement action -Connection $hubspot -Search create-contact).Key | Should -Contain 'create-contact'
    }

    It 'gets one by id, key, object and search result, with all its fields' {
        $one = Get-MembraneElement integration hubspot
        $one.Key | Should -Be 'hubspot'
        (Get-MembraneElement integration $one.Id).Id | Should -Be $one.Id
        (Find-MembraneElement hubspot -ElementType connector | Get-MembraneElement).ElementType | Should -Be 'connector'
        ($hubspot | Get-MembraneElement).Id | Should -Be $hubspot.Id
        (Get-MembraneElement connection $hubspot.Id).connected | Should -BeTrue
        (Get-MembraneElement action create-contact -Connection $hubspot).inputSchema.type | Should -Be 'object'
    }

    It 'goes on after one that is not there' {
        $found = Get-MembraneElement integration nope, hubspot -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Key | Should -Be 'hubspot'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem[0].TargetObject | Should -Be 'nope'
    }

    It 'completes types and elements, and shows a table and a list' {
        $line = 'Get-MembraneElement -Type data-s'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be @('data-source', 'data-source-instance')
        $line = 'Get-MembraneElement -Type integration -Element hub'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'hubspot'
        foreach ($line in 'Get-MembraneElement flow -IntegrationKey hub', 'Remove-MembraneElement flow x -IntegrationKey hub') {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'hubspot'
        }

        (Get-MembraneElement connector hubspot | Format-Table | Out-String -Width 200) | Should -Match 'hubspot'
        (Get-MembraneElement connector hubspot | Format-List | Out-String) | Should -Match 'ElementType'
    }
}

Describe 'Changing elements' {
    It 'creates, changes, replaces, archives and restores: <Type>' -ForEach @(
        @{ Type = 'data-source'; Context = 'default'; Scope = 'connection'; Definition = @{ name = 'Contacts of Ada'; collectionKey = 'contacts' } }
        @{ Type = 'flow'; Context = 'default'; Scope = 'connection'; Definition = @{ name = 'Nightly'; nodes = @{} } }
        @{ Type = 'field-mapping'; Context = 'default'; Scope = 'connection'; Definition = @{ name = 'Contact fields' } }
        @{ Type = 'package'; Context = 'manager'; Scope = 'none'; Definition = @{ name = 'Bundle' } }
    ) {
        if ($Scope -eq 'connection') { $Definition.connectionId = $hubspot.Id }
        $made = New-MembraneElement $Type $Definition -Context $Context
        $made.ElementType | Should -Be $Type
        $made.Name | Should -Be $Definition.name
        $made | Set-MembraneElement -Definition @{ description = 'changed' } -Context $Context | Should -BeNullOrEmpty
        $again = $made | Get-MembraneElement -Context $Context
        $again.Description | Should -Be 'changed'
        $again.Name | Should -Be $Definition.name
        $whole = @{ name = 'Replaced' }
        if ($Scope -eq 'connection') { $whole.connectionId = $hubspot.Id }
        $place = @{}
        if ($Scope -eq 'connection') { $place.Connection = $hubspot }
        (Set-MembraneElement $Type $made.Id $whole -Replace -PassThru -Context $Context @place).Name | Should -Be 'Replaced'
        ($made | Remove-MembraneElement -Confirm:$false -Context $Context -PassThru).Id | Should -Be $made.Id
        (Get-MembraneElement $Type -Context $Context).Id | Should -Not -Contain $made.Id
        (Get-MembraneElement $Type -IncludeArchived -Context $Context).Id | Should -Contain $made.Id
        ($made | Restore-MembraneElement -PassThru -Context $Context).Name | Should -Be 'Replaced'
        (Get-MembraneElement $Type -Context $Context).Id | Should -Contain $made.Id
    }

    It 'names the connection of an element that belongs to one' {
        $made = New-MembraneElement flow @{ name = 'Scoped'; connectionId = $hubspot.Id; nodes = @{} }
        Clear-TestRequest
        $made | Set-MembraneElement -Definition @{ description = 'x' }
        $made | Remove-MembraneElement -Confirm:$false
        (Get-TestRequest).query | Should -Be @("connectionId=$($hubspot.Id)", "connectionId=$($hubspot.Id)")
    }

    It 'creates from the pipeline' {
        $made = @{ name = 'A' }, @{ name = 'B' } | New-MembraneElement package -Context manager
        $made.Name | Should -Be @('A', 'B')
    }

    It 'sends nothing that changes anything with -WhatIf' {
        Clear-TestRequest
        New-MembraneElement flow @{ name = 'x' } -WhatIf
        $hubspot | Set-MembraneElement -Definition @{ name = 'x' } -WhatIf
        $hubspot | Remove-MembraneElement -WhatIf
        $hubspot | Restore-MembraneElement -WhatIf
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuses by name what a type cannot do, before any request: <Name>' -ForEach @(
        @{ Name = 'create a log'; Command = { New-MembraneElement action-run-log-record @{ name = 'x' } -ErrorAction Stop }; Word = 'create' }
        @{ Name = 'create a subscription to app events'; Command = { New-MembraneElement app-event-subscription @{ name = 'x' } -ErrorAction Stop }; Word = 'create' }
        @{ Name = 'restore a connector'; Command = { Restore-MembraneElement connector x -ErrorAction Stop }; Word = 'restore' }
        @{ Name = 'replace an app'; Command = { Set-MembraneElement app x @{ name = 'x' } -Replace -ErrorAction Stop }; Word = 'replace' }
        @{ Name = 'remove a flow run'; Command = { Remove-MembraneElement flow-run x -Confirm:$false -ErrorAction Stop }; Word = 'remove' }
        @{ Name = 'search a log'; Command = { Get-MembraneElement external-api-log-record -Search x -ErrorAction Stop }; Word = 'search' }
        @{ Name = 'archived flow runs'; Command = { Get-MembraneElement flow-run -IncludeArchived -ErrorAction Stop }; Word = 'archived' }
        @{ Name = 'a connector of a connection'; Command = { Get-MembraneElement connector x -IntegrationKey y -ErrorAction Stop }; Word = 'narrow' }
    ) {
        Clear-TestRequest
        $problem = Get-TestError $Command
        $problem.FullyQualifiedErrorId | Should -BeLike 'UnsupportedOperation,*'
        "$problem" | Should -BeLike "*$Word*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuses before any request: <Name>' -ForEach @(
        @{ Name = 'a type that is none'; Command = { Get-MembraneElement gadget -ErrorAction Stop }; Parameter = 'Type' }
        @{ Name = '10 MB for a type'; Command = { Get-MembraneElement ('x' * 10MB) -ErrorAction Stop }; Parameter = 'Type' }
        @{ Name = '10 MB for an id'; Command = { Get-MembraneElement flow ('x' * 10MB) -ErrorAction Stop }; Parameter = 'Element' }
        @{ Name = 'no type'; Command = { Get-MembraneElement -ErrorAction Stop }; Parameter = 'Type' }
        @{ Name = 'an id without a type'; Command = { Get-MembraneElement -Element x -ErrorAction Stop }; Parameter = 'Type' }
        @{ Name = 'a path for an id'; Command = { Get-MembraneElement flow '../x' -ErrorAction Stop }; Parameter = 'Element' }
        @{ Name = 'text for a definition'; Command = { New-MembraneElement flow 'x' -ErrorAction Stop }; Parameter = 'Definition' }
        @{ Name = 'an object in a filter'; Command = { Get-MembraneElement flow -Filter @{ a = @{ b = 1 } } -ErrorAction Stop }; Parameter = 'Filter' }
    ) {
        Clear-TestRequest
        $problem = Get-TestError $Command
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be $Parameter
        $problem.Exception.Message.Length | Should -BeLessThan 500
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuses objects of another kind from the pipeline' {
        Clear-TestRequest
        { Get-Date | Remove-MembraneElement flow -Confirm:$false -ErrorAction Stop } | Should -Throw
        @(Get-TestRequest).Count | Should -Be 0
    }
}
