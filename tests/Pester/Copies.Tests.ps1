# What went through JSON, CLIXML, a job or Select-Object is taken wherever the live object is, by its id and kind.
BeforeDiscovery {
    $ways = @(
        @{ Way = 'JSON'; Convert = { param($it) $it | ConvertTo-Json -Depth 8 | ConvertFrom-Json } }
        @{ Way = 'CLIXML'; Convert = { param($it) [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($it, 3)) } }
        @{ Way = 'Select-Object'; Convert = { param($it) $it | Select-Object * } }
        @{ Way = 'JSON as a hashtable'; Convert = { param($it) $it | ConvertTo-Json -Depth 8 | ConvertFrom-Json -AsHashtable } }
    )
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $null = Start-TestWorkspace
    $connection = New-TestConnection hubspot
    $other = New-TestConnection slack
    $action = Get-MembraneAction create-contact -Connection $connection
    # What a command takes from the pipeline must be one item, also where it is a dictionary.
    function Get-Copy($Way, $Object) { , (& $Way $Object) }
}

AfterAll { Stop-TestWorkspace }

Describe 'A copy that came by <Way>' -ForEach $ways {
    It 'is the connection' {
        $copy = Get-Copy $Convert $connection
        (Get-MembraneConnection -Id $copy).Id | Should -Be $connection.Id
        (, $copy | Get-MembraneConnection).Id | Should -Be $connection.Id
        @(Get-MembraneAction -Connection $copy -First 1).FoundOnConnectionId | Should -Be $connection.Id
        @(, $copy | Get-MembraneAction -First 1).FoundOnConnectionId | Should -Be $connection.Id
        (Test-MembraneConnection $copy).Success | Should -BeTrue
    }

    It 'is the connection for a command that changes it' {
        $copy = Get-Copy $Convert $other
        , $copy | Remove-MembraneConnection -Confirm:$false
        @(Get-MembraneConnection).Id | Should -Not -Contain $other.Id
        Restore-MembraneConnection $copy
        @(Get-MembraneConnection).Id | Should -Contain $other.Id
    }

    It 'is the action, with the connection that it was found on' {
        $copy = Get-Copy $Convert $action
        (Invoke-MembraneAction $copy -InputObject @{ email = 'a@x.example' }).ConnectionId | Should -Be $connection.Id
        (@{ email = 'b@x.example' } | Invoke-MembraneAction $copy).ConnectionId | Should -Be $connection.Id
        (Test-MembraneActionInput $copy @{ email = 'c@x.example' } -Connection $connection).IsValid | Should -BeTrue
        (ConvertTo-MembraneTool -Action $copy OpenAI).function.name | Should -Be (ConvertTo-MembraneTool -Action $action OpenAI).function.name
    }

    It 'gives the connection of another kind where the live one does' {
        $copy = Get-Copy $Convert $action
        (Get-MembraneConnection -Id $copy).Id | Should -Be $connection.Id
    }

    It 'is refused by kind where the live one is' {
        $copy = Get-Copy $Convert $action
        Clear-TestRequest
        foreach ($line in { Remove-MembraneConnection $copy -Confirm:$false }, { Remove-MembraneConnection $action -Confirm:$false }, { , $copy | Remove-MembraneConnection -Confirm:$false -ErrorAction Stop }, { Set-MembraneConnection $copy -Name x }) {
            "$(Get-TestError $line)" | Should -BeLike '*Connection*is of type Action*a connection*is needed*'
        }

        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'is the integration, the connector and the app' {
        $integration = Get-MembraneIntegration hubspot
        (Get-MembraneIntegration (Get-Copy $Convert $integration)).Id | Should -Be $integration.Id
        (Get-MembraneIntegration (Get-Copy $Convert $connection)).Id | Should -Be $integration.Id
        $connector = Get-MembraneConnector $integration.ConnectorId
        (Get-MembraneConnector (Get-Copy $Convert $connector)).Id | Should -Be $connector.Id
        (New-MembraneConnectionRequest -InputObject (Get-Copy $Convert $integration)).IntegrationId | Should -Be $integration.Id
        (New-MembraneConnectionRequest -InputObject (Get-Copy $Convert $connection)).ConnectionId | Should -Be $connection.Id
        (Connect-MembraneApp (Get-Copy $Convert $integration)).Id | Should -Be $connection.Id
        (Connect-MembraneApp (Get-Copy $Convert $connection)).Id | Should -Be $connection.Id
    }

    It 'is the record, with its place' {
        $record = @{ name = "By $Way"; email = 'r@x.example' } | New-MembraneRecord contacts $connection | Get-MembraneRecord
        $copy = Get-Copy $Convert $record
        (, $copy | Get-MembraneRecord).Fields.name | Should -Be "By $Way"
        , $copy | Set-MembraneRecord -Fields @{ name = 'Changed' }
        ($record | Get-MembraneRecord).Fields.name | Should -Be 'Changed'
        # Without fields, those of the copy as they are.
        , $copy | Set-MembraneRecord
        ($record | Get-MembraneRecord).Fields.name | Should -Be "By $Way"
        $again = New-MembraneRecord contacts $connection -Fields $copy | Get-MembraneRecord
        $again.Fields.name | Should -Be "By $Way"
        , $copy | Remove-MembraneRecord -Confirm:$false
        { $record | Get-MembraneRecord -ErrorAction Stop } | Should -Throw
    }

    It 'is the collection, the run log and any element' {
        $collection = Get-MembraneDataCollection contacts $connection
        @(, (Get-Copy $Convert $collection) | Get-MembraneRecord).Count | Should -Be @($collection | Get-MembraneRecord).Count
        $run = Invoke-MembraneAction list-contacts $connection
        (Get-MembraneActionRunLog (Get-Copy $Convert $run)).Id | Should -Be $run.ActionRunId
        $element = Get-MembraneElement action $action.Id
        (Get-MembraneElement -Element (Get-Copy $Convert $element)).Id | Should -Be $action.Id
        (Get-MembraneElement -Element (Get-Copy $Convert $action)).Id | Should -Be $action.Id
        $found = Find-MembraneElement hubspot -ElementType connector -First 1
        (Get-MembraneConnector (Get-Copy $Convert $found)).Id | Should -Be $found.Id
    }

    It 'is the context of that name, where it is the same sign-in' {
        $copy = Get-Copy $Convert (Get-MembraneContext default)
        @(Get-MembraneConnection -Context $copy).Count | Should -Be 2
        $null = Connect-Membrane -Emulator -TenantKey bob -Name bob
        Select-MembraneContext default
        $bob = Get-Copy $Convert (Get-MembraneContext bob)
        @(Get-MembraneConnection -Context $bob).Count | Should -Be 0
        $null = Connect-Membrane -Emulator -TenantKey carol -Name bob
        Select-MembraneContext default
        "$(Get-TestError { Get-MembraneConnection -Context $bob })" | Should -BeLike '*Context*another one*TenantKey*'
        Disconnect-Membrane bob
        "$(Get-TestError { Get-MembraneConnection -Context $bob })" | Should -BeLike "*Context*no context 'bob'*"
    }

    It 'is the emulator that runs in this session' {
        $copy = Get-Copy $Convert $script:Emulator
        @(Get-MembraneEmulatorRequest -Emulator $copy).Count | Should -BeGreaterThan 0
    }

    It 'without an id is refused, saying so' {
        $copy = Get-Copy $Convert ($connection | Select-Object * -ExcludeProperty Id)
        Clear-TestRequest
        { Remove-MembraneConnection $copy -Confirm:$false } | Should -Throw '*Connection*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'A copy from a job' {
    It 'is the connection and the action' {
        $copies = Start-Job { $using:connection, $using:action } | Receive-Job -Wait -AutoRemoveJob
        (Get-MembraneConnection -Id $copies[0]).Id | Should -Be $connection.Id
        (Invoke-MembraneAction $copies[1] -InputObject @{ email = 'j@x.example' }).ConnectionId | Should -Be $connection.Id
        ($copies[0] | Get-MembraneAction -First 1).FoundOnConnectionId | Should -Be $connection.Id
    }

    It 'has objects and lists at every depth' {
        function Get-Hop($Value) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Value, 1)) }
        $record = Get-MembraneRecord contacts $connection -First 1
        foreach ($copy in (Get-Hop $record), (Get-Hop (Get-Hop $record)), (Get-Hop @{ in = @($record) }).in[0]) {
            $copy.Fields | ConvertTo-Json | Should -Be ($record.Fields | ConvertTo-Json)
            $copy.CreatedTime.UtcDateTime | Should -Be $record.CreatedTime.UtcDateTime
        }

        (Get-Hop $action).InputSchema | ConvertTo-Json -Depth 20 | Should -Be ($action.InputSchema | ConvertTo-Json -Depth 20)
    }

    It 'is taken with what it has at any depth, <Way>' -ForEach @(
        @{ Way = 'of what the job read'; Lines = {
                $token = New-MembraneToken -TenantKey ada -AsPlainText
                Start-Job {
                    Import-Module $using:module
                    Connect-Membrane -ApiUri $using:uri -Token $using:token
                    Get-MembraneRecord contacts hubspot -First 1
                    Invoke-MembraneAction list-contacts hubspot
                    Get-MembraneAction create-contact -Connection hubspot
                }
            }
        }
        @{ Way = 'of what a job without the module was given'; Lines = { Start-Job { $using:record; $using:run; $using:action } } }
        @{ Way = 'of what another job had'; Lines = {
                $first = Start-Job { $using:record; $using:run; $using:action } | Receive-Job -Wait -AutoRemoveJob
                Start-Job { $using:first }
            }
        }
    ) {
        $module = (Resolve-Path $env:MEMBRANE_TEST_MODULE).Path
        $uri = $Emulator.ApiUri
        $record = Get-MembraneRecord contacts $connection -First 1
        $run = Invoke-MembraneAction list-contacts $connection
        $copies = & $Lines | Receive-Job -Wait -AutoRemoveJob
        $null = Invoke-MembraneAction create-contact $connection -InputObject @{ email = 'job@x.example'; copy = $copies[0].Fields; out = $copies[1].Output }
        $sent = ((Get-TestRequest)[-1].body | ConvertFrom-Json).input
        # Times have other digits once they were read.
        $sent.copy | ConvertTo-Json | Should -Be ($record.Fields | ConvertTo-Json | ConvertFrom-Json | ConvertTo-Json)
        $sent.out.items[0] | ConvertTo-Json | Should -Be ($run.Output.items[0] | ConvertTo-Json | ConvertFrom-Json | ConvertTo-Json)
        (Invoke-MembraneAction create-contact $connection -InputObject @{ email = 'time@x.example'; at = $copies[0].CreatedTime } -SkipInputCheck).ActionRunId | Should -Not -BeNullOrEmpty
        ((Get-TestRequest)[-1].body | ConvertFrom-Json).input.at.ToUniversalTime() | Should -Be $record.CreatedTime.UtcDateTime
        $made = $copies[0] | New-MembraneRecord contacts $connection | Get-MembraneRecord
        $made.Fields.email | Should -Be $record.Fields.email
        $copies[0] | Set-MembraneRecord
        ($copies[1].Output.items[0] | Invoke-MembraneAction create-contact $connection).ActionRunId | Should -Not -BeNullOrEmpty
        $new = New-MembraneAction -Name "From a job $(New-Guid)" -Connection $connection -Type run-javascript -InputSchema $copies[2].InputSchema
        (Get-MembraneAction $new).InputSchema.properties.email.type | Should -Be 'string'
    }

    It 'is kept whole of every kind that has more than text and numbers' {
        $flat = [string], [bool], [int], [long], [double], [decimal], [timespan], [uri], [guid], [securestring]
        # Of these a job has what it needs; the secret of one and what runs behind the others stay where they are.
        $others = 'AccessToken', 'McpServer', 'MembraneContext', 'MembraneEmulator'
        $told = 0
        foreach ($kind in [Membrane.Connection].Assembly, (Get-Command Get-MembraneConnection).ImplementingType.Assembly | ForEach-Object GetExportedTypes) {
            if ($kind.Namespace -ne 'Membrane' -or -not $kind.IsClass -or $kind.Name -in $others -or [exception].IsAssignableFrom($kind)) { continue }
            $deep = @($kind.GetProperties('Public,Instance') | ForEach-Object { [Nullable]::GetUnderlyingType($_.PropertyType) ?? $_.PropertyType } | Where-Object { -not $_.IsEnum -and $_ -notin $flat })
            if (-not $deep) { continue }
            $data = for ($type = $kind; $type; $type = $type.BaseType) { Get-TypeData $type.FullName | Where-Object SerializationDepth }
            $data | Should -Not -BeNullOrEmpty -Because "$($kind.Name) has $deep"
            $told++
        }

        $told | Should -BeGreaterThan 20
    }
}

# Types of others are not told to go deeper: a job goes one level into them.
Describe 'An object that CLIXML cut to text' {
    BeforeAll {
        $given = [ordered]@{ email = 'cut@x.example'; tags = @('a', 'b'); place = [pscustomobject]@{ city = 'Zug'; codes = @(1, 2) }; list = @([pscustomobject]@{ z = 1 }) }
        function Get-Cut($Value) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([Tuple[object]]::new($Value), 1)).Item1 }
        $cut = Get-Cut ([pscustomobject]$given)
        $whole = [pscustomobject]$given | ConvertTo-Json -Depth 5 -Compress
    }

    It 'is text with properties' {
        $cut | Should -BeOfType ([string])
        $cut.email | Should -Be 'cut@x.example'
    }

    It 'is sent as the object that it was' {
        $null = Invoke-MembraneAction create-contact $connection -InputObject $cut -SkipInputCheck
        ((Get-TestRequest)[-1].body | ConvertFrom-Json).input | ConvertTo-Json -Depth 5 -Compress | Should -Be $whole
        $null = Invoke-MembraneAction create-contact $connection -InputObject @{ email = 'a@x.example'; in = @{ cut = $cut } } -Meta $cut -SkipInputCheck
        $body = (Get-TestRequest)[-1].body | ConvertFrom-Json
        $body.input.in.cut | ConvertTo-Json -Depth 5 -Compress | Should -Be $whole
        $body.meta | ConvertTo-Json -Depth 5 -Compress | Should -Be $whole
        $null = New-MembraneRecord contacts $connection -Fields $cut
        ((Get-TestRequest)[-1].body | ConvertFrom-Json).fields | ConvertTo-Json -Depth 5 -Compress | Should -Be $whole
        Add-TestFault @{ match = @{ path = '/flows' }; status = 200; body = @{ id = 'x' } }
        $null = Invoke-MembraneRequest /flows -Method POST -Body $cut
        Clear-TestFault
        (Get-TestRequest)[-1].body | ConvertFrom-Json | ConvertTo-Json -Depth 5 -Compress | Should -Be $whole
    }

    It 'is taken where JSON text is, too' {
        $schema = [pscustomobject]@{ type = 'object'; properties = @{ a = @{ type = 'string' } } }
        $made = New-MembraneAction -Name "Cut $(New-Guid)" -Connection $connection -Type run-javascript -InputSchema (Get-Cut $schema)
        (Get-MembraneAction $made).InputSchema.properties.a.type | Should -Be 'string'
    }

    It 'is not what a file says in such words' {
        $file = Join-Path $TestDrive 'line.txt'
        '@{email=x; PSPath=y}' | Set-Content -LiteralPath $file
        $line = Get-Content -LiteralPath $file
        $null = Invoke-MembraneAction create-contact $connection -InputObject @{ email = 'a@x.example'; note = $line; other = '@{Length=1}' } -SkipInputCheck
        $sent = ((Get-TestRequest)[-1].body | ConvertFrom-Json).input
        $sent.note | Should -Be '@{email=x; PSPath=y}'
        $sent.other | Should -Be '@{Length=1}'
    }
}

Describe 'What Select-Object expands' {
    It 'is itself, not the record that it was part of' {
        $record = Get-MembraneRecord contacts $connection -First 1
        $made = $record | Select-Object -ExpandProperty Fields | New-MembraneRecord contacts $connection | Get-MembraneRecord
        $made.Fields.email | Should -Be $record.Fields.email
        $again = $record.Fields | New-MembraneRecord contacts $connection | Get-MembraneRecord
        $again.Fields.email | Should -Be $record.Fields.email
        # Apps may have fields with names that records have.
        $null = [pscustomobject]@{ PSTypeName = 'Selected.Membrane.DataRecord'; Id = '7'; Name = 'N' } | New-MembraneRecord contacts $connection -ErrorAction SilentlyContinue
        ((Get-TestRequest)[-1].body | ConvertFrom-Json).fields.Id | Should -Be '7'
    }

    It 'is not what it came from: <Of>' -ForEach @(
        @{ Of = 'a run'; Line = { Invoke-MembraneAction list-contacts $connection | Select-Object -ExpandProperty Output | Get-MembraneActionRunLog } }
        @{ Of = 'a log'; Line = { Get-MembraneActionRunLog -First 1 | Select-Object -ExpandProperty Input | Get-MembraneActionRunLog } }
        @{ Of = 'an action'; Line = { $action | Select-Object -ExpandProperty InputSchema | Remove-MembraneAction -Confirm:$false } }
    ) {
        $null = Invoke-MembraneAction create-contact $connection -InputObject @{ email = 'log@x.example' }
        { & $Line -ErrorAction Stop } | Should -Throw
    }

    It 'may be the input of an action' {
        $run = Invoke-MembraneAction create-contact $connection -InputObject @{ email = 'e@x.example' }
        $next = Get-MembraneActionRunLog $run | Select-Object -ExpandProperty Input | Invoke-MembraneAction create-contact $connection
        $next.Output.email | Should -Be 'e@x.example'
    }
}

Describe 'What <Command> emits' -ForEach @(
    @{ Command = 'Get-MembraneAction'; Key = 'Id'; Make = { Get-MembraneAction create-contact -Connection $connection } }
    @{ Command = 'Get-MembraneActionRunLog'; Key = 'Id'; Make = { Get-MembraneActionRunLog -First 1 } }
    @{ Command = 'Get-MembraneAgentSession'; Key = 'Id'; Make = { New-MembraneAgentSession 'Build a connector for One (https://one.example)' -Wait } }
    @{ Command = 'Get-MembraneConnection'; Key = 'Id'; Make = { Get-MembraneConnection $connection } }
    @{ Command = 'Get-MembraneConnectionRequest'; Key = 'RequestId'; Make = { New-MembraneConnectionRequest -IntegrationKey github } }
    @{ Command = 'Get-MembraneConnector'; Key = 'Id'; Make = { Get-MembraneConnector -First 1 } }
    @{ Command = 'Get-MembraneDataCollection'; Key = 'Key'; Make = { Get-MembraneDataCollection contacts $connection } }
    @{ Command = 'Get-MembraneElement'; Key = 'Id'; Make = { Get-MembraneElement action $action.Id } }
    @{ Command = 'Get-MembraneExternalApp'; Key = 'Id'; Make = { Get-MembraneExternalApp -First 1 } }
    @{ Command = 'Get-MembraneFlow'; Key = 'Id'; Make = { $flow } }
    @{ Command = 'Get-MembraneFlowRun'; Key = 'Id'; Make = { $flow | Start-MembraneFlow -Confirm:$false } }
    @{ Command = 'Get-MembraneIntegration'; Key = 'Id'; Make = { Get-MembraneIntegration hubspot } }
    @{ Command = 'Get-MembraneRecord'; Key = 'Id'; Make = { Get-MembraneRecord contacts $connection -First 1 } }
    @{ Command = 'Get-MembraneTenant'; Key = 'Id'; Context = 'manager'; Make = { $null = Connect-Membrane -Emulator -Manager -Name manager; Select-MembraneContext default; Get-MembraneTenant -First 1 -Context manager } }
) {
    BeforeAll {
        $null = Invoke-MembraneAction list-contacts $connection
        $flow = Get-MembraneFlow (Invoke-MembraneRequest /flows -Method POST -Body @{ name = "Flow $(New-Guid)"; connectionId = $connection.Id; nodes = @{ begin = @{ type = 'api-trigger' } } }).id
        $one = & $Make
    }

    It 'is read again, and nothing else, <Way>' -ForEach @(
        @{ Way = 'alive'; Convert = { $_ } }
        @{ Way = 'through JSON'; Convert = { $_ | ConvertTo-Json -Depth 8 | ConvertFrom-Json } }
        @{ Way = 'through CSV'; Convert = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Way = 'through CLIXML'; Convert = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 1)) } }
        @{ Way = 'through Select-Object'; Convert = { $_ | Select-Object * } }
    ) {
        $copy = $one | ForEach-Object $Convert
        $read = @($copy | & $Command -ErrorAction Stop -Context ($Context ?? 'default'))
        $read.Count | Should -Be 1
        $read[0].$Key | Should -Be $one.$Key
        $read[0].$Key | Should -Not -BeNullOrEmpty
    }
}

Describe 'The commands that read what they emitted' {
    It 'are tried above' {
        # These emit what cannot be read alone, or take text.
        $others = 'Get-MembraneAgentMessage', 'Get-MembraneCheckpoint', 'Get-MembraneConnectUri', 'Get-MembraneEmulatorRequest', 'Get-MembraneWorkspace'
        $tried = [regex]::Matches((Get-Content -Raw $PSCommandPath), "(?<=@\{ Command = ')[^']+").Value
        Get-Command -Module Membrane -Verb Get | Where-Object { $_.Parameters.Values.Attributes.ValueFromPipeline -contains $true } |
            ForEach-Object Name | Sort-Object | Should -Be ($tried + $others | Sort-Object)
    }

    It 'still list what a connection has' {
        @($connection | Get-MembraneAction).Count | Should -BeGreaterThan 1
        @($connection | Get-MembraneDataCollection).Count | Should -BeGreaterThan 1
        ($connection | Get-MembraneAction create-contact).Id | Should -Be $action.Id
        ($connection | Get-MembraneDataCollection contacts).Key | Should -Be 'contacts'
        @(Get-MembraneRecord contacts $connection -First 1 | Get-MembraneAction).Count | Should -BeGreaterThan 1
    }
}

Describe 'An ordinary object' {
    It 'is bound by its property names' {
        ([pscustomobject]@{ Id = $connection.Id; Colour = 'red' } | Get-MembraneConnection).Id | Should -Be $connection.Id
        @([pscustomobject]@{ ConnectionId = $connection.Id } | Get-MembraneAction -First 1).FoundOnConnectionId | Should -Be $connection.Id
    }

    It 'says what to connect by its ids' {
        $integration = Get-MembraneIntegration github
        ([pscustomobject]@{ IntegrationId = $integration.Id } | New-MembraneConnectionRequest).IntegrationId | Should -Be $integration.Id
    }

    It 'with an empty cell connects nothing' {
        $integration = Get-MembraneIntegration github
        Clear-TestRequest
        $problem = Get-TestError { [pscustomobject]@{ IntegrationId = $integration.Id; ConnectorId = '' } | New-MembraneConnection -ErrorAction Stop }
        $problem.Exception.ParameterName | Should -Be 'ConnectorId'
        @(Get-TestRequest).Count | Should -Be 0
    }
}
