BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot -Name 'CRM'
    1..120 | ForEach-Object { @{ email = "c$_@example.com"; firstName = "First$_"; lastName = if ($_ % 2) { 'Odd' } else { 'Even' } } } | New-MembraneRecord contacts $hubspot -ThrottleLimit 1 | Out-Null

    function Get-SentBody { param($Request) if ($Request.body -is [string]) { $Request.body | ConvertFrom-Json } else { $Request.body } }
}

AfterAll { Stop-TestWorkspace }

Describe 'Get-MembraneDataCollection' {
    It 'lists the collections of a connection: by object, id, key and pipeline' {
        $keys = (Get-MembraneDataCollection -Connection $hubspot).Key
        $keys | Should -Contain 'contacts'
        (Get-MembraneDataCollection -Connection $hubspot.Id).Key | Should -Be $keys
        (Get-MembraneDataCollection -Connection hubspot).Key | Should -Be $keys
        ($hubspot | Get-MembraneDataCollection).Key | Should -Be $keys
        (Get-MembraneDataCollection -Connection $hubspot -First 1).Key | Should -Be $keys[0]
        ($hubspot | Get-MembraneDataCollection -Name 'cont*').Key | Should -Be 'contacts'
    }

    It 'gets one with what it can do' {
        $collection = Get-MembraneDataCollection contacts hubspot
        $collection | Should -BeOfType ([Membrane.DataCollection])
        $collection.Methods | Should -Be @('list', 'search', 'match', 'findById', 'create', 'update', 'delete')
        $collection.FieldsSchema.properties.email.type | Should -Be 'string'
        $collection.ConnectionId | Should -Be $hubspot.Id
    }

    It 'goes on after a key that is not there' {
        $found = Get-MembraneDataCollection nope, contacts $hubspot -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Key | Should -Be 'contacts'
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem[0].TargetObject | Should -Be 'nope'
    }

    It 'sends parameters of the collection as plain query parameters' {
        Clear-TestRequest
        $null = Get-MembraneDataCollection contacts $hubspot -CollectionParameter @{ list = 'a b'; size = 3 } -ErrorAction SilentlyContinue
        $query = (Get-TestRequest)[0].query
        $query.Split('&') | Sort-Object | Should -Be @('list=a%20b', 'size=3')
    }

    It 'says that a connection is missing' {
        Clear-TestRequest
        $problem = Get-TestError { Get-MembraneDataCollection -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be 'Connection'
        $problem = Get-TestError { Get-MembraneDataCollection hubspot -ErrorAction Stop }
        $problem.Exception.ParameterName | Should -Be 'Connection'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike "*'hubspot' is the connection*-Connection*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'completes collections of the connection' {
        $line = 'Get-MembraneRecord -Connection hubspot -Collection cont'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'contacts'
    }

    It 'shows a table and a list' {
        (Get-MembraneDataCollection contacts hubspot | Format-Table | Out-String) | Should -Match 'contacts .*list, search'
        (Get-MembraneDataCollection contacts hubspot | Format-List | Out-String) | Should -Match 'FieldsSchema'
    }
}

Describe 'Get-MembraneRecord' {
    It 'lists all records over several pages, as ordinary objects that remember where they come from' {
        Clear-TestRequest
        $records = Get-MembraneRecord contacts hubspot
        $records.Count | Should -Be 120
        $records[0] | Should -BeOfType ([Membrane.DataRecord])
        $records[0].Fields.email | Should -Be 'c1@example.com'
        $records[0].ConnectionId | Should -Be $hubspot.Id
        $records[0].CollectionKey | Should -Be 'contacts'
        $records[0].CreatedTime | Should -BeOfType ([DateTimeOffset])
        ($records.Id | Sort-Object -Unique).Count | Should -Be 120
        $lists = @(Get-TestRequest | Where-Object path -like '*/list')
        $lists.Count | Should -BeGreaterThan 1
        (Get-SentBody $lists[0]).PSObject.Properties.Name | Should -Not -Contain 'cursor'
        (Get-SentBody $lists[1]).cursor | Should -Not -BeNullOrEmpty
    }

    It 'streams: what is enough costs one request' {
        Clear-TestRequest
        (Get-MembraneRecord contacts $hubspot | Select-Object -First 3).Count | Should -Be 3
        @(Get-TestRequest).Count | Should -Be 1
        (Get-MembraneRecord contacts $hubspot -First 2 -Skip 99).Fields.email | Should -Be @('c100@example.com', 'c101@example.com')
    }

    It 'filters by the service' {
        $even = Get-MembraneRecord contacts $hubspot -Filter @{ lastName = 'Even' }
        $even.Count | Should -Be 60
        (Get-MembraneRecord contacts $hubspot -Filter ([pscustomobject]@{ email = 'c7@example.com' })).Fields.firstName | Should -Be 'First7'
    }

    It 'takes a collection or a connection from the pipeline' {
        ($hubspot | Get-MembraneRecord contacts -First 1).Fields.email | Should -Be 'c1@example.com'
        Clear-TestRequest
        (Get-MembraneDataCollection contacts $hubspot | Get-MembraneRecord -First 1).Fields.email | Should -Be 'c1@example.com'
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'gets records by id, and reads objects again' {
        $first = Get-MembraneRecord contacts $hubspot -First 2
        (Get-MembraneRecord contacts hubspot -Id $first[1].Id).Fields.email | Should -Be 'c2@example.com'
        (Get-MembraneRecord contacts hubspot -Id $first.Id).Id | Should -Be $first.Id
        ($first | Get-MembraneRecord).Fields.email | Should -Be @('c1@example.com', 'c2@example.com')
        ($first.Id | Get-MembraneRecord -Collection contacts -Connection $hubspot).Id | Should -Be $first.Id
    }

    It 'goes on after an id that is not there' {
        $first = Get-MembraneRecord contacts $hubspot -First 1
        $found = Get-MembraneRecord contacts $hubspot -Id nope, $first.Id -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Id | Should -Be $first.Id
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem[0].TargetObject | Should -Be 'nope'
    }

    It 'shows a table and a list' {
        (Get-MembraneRecord contacts $hubspot -First 1 | Format-Table | Out-String -Width 200) | Should -Match 'c1@example\.com'
        (Get-MembraneRecord contacts $hubspot -First 1 | Format-List | Out-String) | Should -Match 'CollectionKey'
    }
}

Describe 'Find-MembraneRecord' {
    It 'searches by text' {
        (Find-MembraneRecord contacts 'c77@example.com' hubspot).Fields.firstName | Should -Be 'First77'
        @(Find-MembraneRecord contacts 'example.com' $hubspot).Count | Should -Be 120
        Find-MembraneRecord contacts 'nothing of that kind' $hubspot | Should -BeNullOrEmpty
    }

    It 'matches by fields, and emits nothing where there is none' {
        (Find-MembraneRecord contacts -Match @{ email = 'c5@example.com' } -Connection $hubspot).Fields.firstName | Should -Be 'First5'
        Find-MembraneRecord contacts -Match @{ email = 'nobody@example.com' } -Connection $hubspot | Should -BeNullOrEmpty
    }
}

Describe 'New-, Set- and Remove-MembraneRecord' {
    It 'creates from a hashtable, an object and rows, and the record can be read' {
        $made = New-MembraneRecord contacts hubspot -Fields @{ email = 'new@example.com'; tags = @('a', 'b') }
        $made | Should -BeOfType ([Membrane.DataRecord])
        $made.Id | Should -Not -BeNullOrEmpty
        ($made | Get-MembraneRecord).Fields.tags | Should -Be @('a', 'b')
        $rows = 'email,firstName', 'r1@example.com,R1', 'r2@example.com,R2' | ConvertFrom-Csv
        ($rows | New-MembraneRecord contacts $hubspot | Get-MembraneRecord).Fields.firstName | Should -Be @('R1', 'R2')
    }

    It 'copies a record by its fields' {
        $record = New-MembraneRecord contacts $hubspot -Fields @{ email = 'copy@example.com'; firstName = 'Copy' } | Get-MembraneRecord
        $copy = $record | New-MembraneRecord -Collection contacts -Connection $hubspot | Get-MembraneRecord
        $copy.Id | Should -Not -Be $record.Id
        $copy.Fields.firstName | Should -Be 'Copy'
    }

    It 'takes a record for its fields, wherever fields are asked for' {
        $source, $target = @{ email = 'source@x.example' }, @{ email = 'target@x.example' } | New-MembraneRecord contacts $hubspot | Get-MembraneRecord
        $target | Set-MembraneRecord -Fields $source
        ((Get-TestRequest)[-1].body | ConvertFrom-Json).fields.PSObject.Properties.Name | Should -Be @($source.Fields.PSObject.Properties.Name)
        $target | Set-MembraneRecord -Fields ($source | ConvertTo-Json -Depth 5 | ConvertFrom-Json)
        ((Get-TestRequest)[-1].body | ConvertFrom-Json).fields.email | Should -Be 'source@x.example'
        $null = Find-MembraneRecord contacts $hubspot -Match $source
        ((Get-TestRequest)[-1].body | ConvertFrom-Json).query.email | Should -Be 'source@x.example'
        $null = Get-MembraneRecord contacts $hubspot -Filter $source
        ((Get-TestRequest)[-1].body | ConvertFrom-Json).filter.email | Should -Be 'source@x.example'
    }

    It 'does not take a record without fields for no filter' {
        $bare = @{ email = 'bare@x.example' } | New-MembraneRecord contacts $hubspot
        Clear-TestRequest
        foreach ($line in { Get-MembraneRecord contacts $hubspot -Filter $bare -ErrorAction Stop }, { Get-MembraneRecord contacts $hubspot -UnifiedFilter $bare -ErrorAction Stop }, { Find-MembraneRecord contacts $hubspot -Match $bare -ErrorAction Stop }, { $bare | New-MembraneRecord contacts $hubspot -ErrorAction Stop }) {
            "$(Get-TestError $line)" | Should -BeLike "The record '$($bare.Id)' of * has no *Fields."
        }

        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'updates what is piped back' {
        Get-MembraneRecord contacts $hubspot | Where-Object { $_.Fields.lastName -eq 'Odd' } | Select-Object -First 3 | Set-MembraneRecord -Fields @{ lastName = 'Changed' }
        (Get-MembraneRecord contacts $hubspot -Filter @{ lastName = 'Changed' }).Fields.email | Should -Be @('c1@example.com', 'c3@example.com', 'c5@example.com')
    }

    It 'updates a record whose fields were changed, and emits it with -PassThru' {
        $record = Find-MembraneRecord contacts -Match @{ email = 'c8@example.com' } -Connection $hubspot
        $record.Fields.firstName = 'Eight'
        $record | Set-MembraneRecord | Should -BeNullOrEmpty
        ($record | Get-MembraneRecord).Fields.firstName | Should -Be 'Eight'
        (Set-MembraneRecord contacts hubspot -Id $record.Id -Fields @{ firstName = 'Acht' } -PassThru).Fields.firstName | Should -Be 'Acht'
    }

    It 'deletes, by object and by id' {
        $made = @('d1@example.com', 'd2@example.com' | ForEach-Object { New-MembraneRecord contacts $hubspot -Fields @{ email = $_ } })
        $made[0] | Remove-MembraneRecord -Confirm:$false
        (Remove-MembraneRecord contacts hubspot -Id $made[1].Id -Confirm:$false -PassThru).Fields.email | Should -Be 'd2@example.com'
        $made | Get-MembraneRecord -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.Count | Should -Be 2
    }

    It 'sends nothing that changes anything with -WhatIf' {
        $record = Get-MembraneRecord contacts $hubspot -First 1
        Clear-TestRequest
        New-MembraneRecord contacts $hubspot -Fields @{ email = 'x@example.com' } -WhatIf
        $record | Set-MembraneRecord -Fields @{ firstName = 'x' } -WhatIf
        $record | Remove-MembraneRecord -WhatIf
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'asks before it deletes' {
        (Get-Command Remove-MembraneRecord).ImplementingType.GetCustomAttributes($true).Where({ $_ -is [System.Management.Automation.CmdletAttribute] }).ConfirmImpact | Should -Be 'High'
    }

    It 'does not create twice when the answer is lost' {
        Clear-TestRequest
        Add-TestFault @{ match = @{ method = 'POST'; path = '*/create' }; drop = 'after'; times = 1 }
        $problem = Get-TestError { New-MembraneRecord contacts $hubspot -Fields @{ email = 'once@example.com' } -ErrorAction Stop }
        $problem.Exception.Outcome | Should -Be 'Unknown'
        Clear-TestFault
        @(Get-MembraneRecord contacts $hubspot -Filter @{ email = 'once@example.com' }).Count | Should -Be 1
    }

    It 'reads again what is lost, although it is a POST' {
        Add-TestFault @{ match = @{ method = 'POST'; path = '*/list' }; drop = 'before'; times = 1 }
        (Get-MembraneRecord contacts $hubspot -First 1).Id | Should -Not -BeNullOrEmpty
    }

    It 'goes on after a record that fails, with it as the target' {
        $made = @{ email = 'ok1@example.com' }, @{ firstName = 'nobody' }, @{ email = 'ok2@example.com' } | New-MembraneRecord contacts $hubspot -ErrorVariable problem -ErrorAction SilentlyContinue
        $made.Count | Should -Be 2
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
        $problem[0].TargetObject.firstName | Should -Be 'nobody'
    }
}

Describe 'Bad input for records' {
    It 'is refused before any request: <Name>' -ForEach @(
        @{ Name = 'no collection'; Command = { Get-MembraneRecord -Connection $hubspot -ErrorAction Stop }; Parameter = 'Collection' }
        @{ Name = 'no connection'; Command = { Get-MembraneRecord contacts -ErrorAction Stop }; Parameter = 'Connection' }
        @{ Name = 'a path for a collection'; Command = { Get-MembraneRecord '../x' $hubspot -ErrorAction Stop }; Parameter = 'Collection' }
        @{ Name = 'white space for a collection'; Command = { Get-MembraneRecord ' ' $hubspot -ErrorAction Stop }; Parameter = 'Collection' }
        @{ Name = 'an empty id'; Command = { Get-MembraneRecord contacts $hubspot -Id '' -ErrorAction Stop }; Parameter = 'Record' }
        @{ Name = 'white space for a query'; Command = { Find-MembraneRecord contacts ' ' $hubspot -ErrorAction Stop }; Parameter = 'Query' }
        @{ Name = 'text for a filter'; Command = { Get-MembraneRecord contacts $hubspot -Filter 'x' -ErrorAction Stop }; Parameter = 'Filter' }
        @{ Name = 'text for fields'; Command = { New-MembraneRecord contacts $hubspot -Fields 'x' -ErrorAction Stop }; Parameter = 'Fields' }
        @{ Name = 'a list for fields'; Command = { New-MembraneRecord contacts $hubspot -Fields @(1, 2) -ErrorAction Stop }; Parameter = 'Fields' }
        @{ Name = 'a script block in the fields'; Command = { New-MembraneRecord contacts $hubspot -Fields @{ a = { 1 } } -ErrorAction Stop }; Parameter = 'Fields' }
        @{ Name = 'nothing to change'; Command = { Set-MembraneRecord contacts $hubspot -Id x -ErrorAction Stop }; Parameter = 'Fields' }
        @{ Name = 'an object for a parameter of the collection'; Command = { Get-MembraneRecord contacts $hubspot -CollectionParameter @{ a = @{ b = 1 } } -ErrorAction Stop }; Parameter = 'CollectionParameter' }
        @{ Name = 'a list for a parameter of the collection'; Command = { Get-MembraneRecord contacts $hubspot -CollectionParameter @{ a = 1, 2 } -ErrorAction Stop }; Parameter = 'CollectionParameter' }
    ) {
        Clear-TestRequest
        $problem = Get-TestError $Command
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be $Parameter
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuses objects of another kind from the pipeline' {
        Clear-TestRequest
        { Get-Date | Set-MembraneRecord -Collection contacts -Connection $hubspot -Fields @{ a = 1 } -ErrorAction Stop } | Should -Throw
        { $hubspot | Remove-MembraneRecord -Collection contacts -Confirm:$false -ErrorAction Stop } | Should -Throw
        @(Get-TestRequest | Where-Object method -ne 'GET').Count | Should -Be 0
    }
}
