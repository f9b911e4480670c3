BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $slack = New-TestConnection slack
}

AfterAll { Stop-TestWorkspace }

Describe '<Cmdlet>' -ForEach @(
    @{ Cmdlet = 'Get-MembraneConnector'; Type = 'Membrane.Connector'; IdProperty = 'ConnectorId'; List = '/connectors' }
    @{ Cmdlet = 'Get-MembraneIntegration'; Type = 'Membrane.Integration'; IdProperty = 'IntegrationId'; List = '/integrations' }
    @{ Cmdlet = 'Get-MembraneExternalApp'; Type = 'Membrane.ExternalApp'; IdProperty = 'ExternalAppId'; List = '/external-apps' }
) {
    It 'lists typed objects' {
        $all = & $Cmdlet
        $all.Count | Should -BeGreaterThan 3
        $all[0].GetType().FullName | Should -Be $Type
        $all.Name | Should -Contain 'Slack'
    }

    It 'gets by id, key, object, and from the pipeline' {
        $one = & $Cmdlet slack
        $one.Name | Should -Be 'Slack'
        (& $Cmdlet $one.Id).Id | Should -Be $one.Id
        (& $Cmdlet slack, hubspot).Name | Should -Be @('Slack', 'HubSpot')
        ($one | & $Cmdlet).Id | Should -Be $one.Id
        ('slack', 'github' | & $Cmdlet).Key | Should -Be @('slack', 'github')
        ($slack | & $Cmdlet).Id | Should -Be $one.Id
        ([pscustomobject]@{ $IdProperty = $one.Id } | & $Cmdlet).Id | Should -Be $one.Id
    }

    It 'filters by name with wildcards, and by text at the service' {
        (& $Cmdlet -Name 'sl*').Key | Should -Be 'slack'
        & $Cmdlet -Name 'nothing*' | Should -BeNullOrEmpty
        Clear-TestRequest
        (& $Cmdlet -Search hubspot).Key | Should -Be 'hubspot'
        (Get-TestRequest).query | Should -BeLike '*search=hubspot*'
    }

    It 'pages' {
        $all = (& $Cmdlet).Id
        (& $Cmdlet -First 2).Id | Should -Be $all[0..1]
        (& $Cmdlet -Skip 1 -First 1).Id | Should -Be $all[1]
        (& $Cmdlet -PageSize 2).Id | Should -Be $all
        Clear-TestRequest
        $null = & $Cmdlet | Select-Object -First 1
        @(Get-TestRequest | Where-Object path -eq $List).Count | Should -Be 1
    }

    It 'says for each that there is none, and sends nothing for what is no id' {
        $found = & $Cmdlet nope, slack -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Key | Should -Be 'slack'
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem[0].TargetObject | Should -Be 'nope'
        Clear-TestRequest
        foreach ($bad in '..', 'a/b', "a`nb", ' ') {
            (Get-TestError { & $Cmdlet $bad -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        }

        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'completes keys' {
        $line = "$Cmdlet sla"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'slack'
    }

    It 'shows a table and a list' {
        (& $Cmdlet | Out-String) | Should -Match 'Slack'
        (& $Cmdlet slack | Format-List | Out-String) | Should -Match 'Key +: slack'
    }
}

Describe 'Filters' {
    It 'find apps by category and by whether they are connected' {
        (Get-MembraneExternalApp -Category CRM).Key | Should -Contain 'hubspot'
        (Get-MembraneExternalApp -IsConnected $true).Key | Should -Be 'slack'
        (Get-MembraneExternalApp -IsConnected $false).Key | Should -Not -Contain 'slack'
    }

    It 'find connectors of an app, and integrations of a connector, by object and id' {
        $app = Get-MembraneExternalApp slack
        $connector = Get-MembraneConnector -ExternalApp $app
        $connector.Key | Should -Be 'slack'
        (Get-MembraneIntegration -Connector $connector).Key | Should -Be 'slack'
        (Get-MembraneIntegration -Connector $connector.Id).Key | Should -Be 'slack'
    }
}

Describe 'Find-MembraneElement -Semantic' {
    It 'finds by meaning, best first, in one request of a bare array' {
        Clear-TestRequest
        $found = Find-MembraneElement 'send a message to a channel' -Semantic -ElementType action
        $found[0] | Should -BeOfType ([Membrane.SearchResult])
        $found[0].Name | Should -Be 'Post Message'
        $requests = @(Get-TestRequest)
        $requests.Count | Should -Be 1
        $requests[0].path | Should -Be '/semantic-search'
        @(Find-MembraneElement 'send a message' -Semantic -First 2).Count | Should -Be 2
    }

    It 'refuses an unknown type by what the service says, and text that is too long before any request' {
        (Get-TestError { Find-MembraneElement x -Semantic -ElementType no-such-type -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
        Clear-TestRequest
        "$(Get-TestError { Find-MembraneElement ('x' * 201) -Semantic })" | Should -BeLike '*Query*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}
