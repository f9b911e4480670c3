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
