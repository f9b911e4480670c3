BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    # In a session of its own.
    function Invoke-InSession {
        param([string] $Script)
        $shell = [powershell]::Create()
        $null = $shell.AddScript("`$ErrorActionPreference = 'Stop'; Import-Module '$($env:MEMBRANE_TEST_MODULE.Replace("'", "''"))'").AddStatement().AddScript($Script)
        @{ Shell = $shell; Output = $shell.Invoke() }
    }
}

Describe 'Connect-Membrane -Emulator -WithApp' {
    AfterEach { Stop-TestWorkspace }

    It 'connects the apps, with records that the actions of the apps would take' {
        Connect-Membrane -Emulator -WithApp slack, hubspot, github, gmail, weather-station
        Get-MembraneEmulatorRequest | Should -BeNullOrEmpty
        $connections = @(Get-MembraneConnection)
        $connections.State | Should -Be (@('READY') * 5)
        $tried = 0
        foreach ($connection in $connections) {
            foreach ($create in Get-MembraneAction -Connection $connection | Where-Object Key -Match '^(create|post|send)-') {
                $noun = $create.Key -replace '^[a-z]+-'
                $collection = Get-MembraneDataCollection -Connection $connection | Where-Object { $_.Key -in "${noun}s", ($noun -replace 'y$', 'ies') } | Select-Object -First 1
                $records = @(Get-MembraneRecord $collection.Key $connection)
                $records.Count | Should -Be 3 -Because "$($connection.Name) $noun"
                foreach ($record in $records) {
                    (Test-MembraneActionInput $create -InputObject $record.Fields).IsValid | Should -BeTrue -Because ($record.Fields | ConvertTo-Json -Compress)
                    $tried++
                }
            }
        }
        $tried | Should -BeGreaterThan 30
        $contacts = (Invoke-MembraneAction list-contacts hubspot).Output.items
        $contacts[0].email, $contacts[0].lastName, $contacts[0].company | Should -Be 'ada@example.com', 'Lovelace', 'Northwind Traders'
        (Invoke-MembraneAction search-contacts hubspot -InputObject @{ query = 'hopper' }).Output.items.firstName | Should -Be 'Grace'
    }

    It 'takes keys and names in any case, and one that is named twice once' {
        Connect-Membrane -Emulator -WithApp HubSpot, hubspot, ' HUBSPOT ', 'Weather Station', slack, Slack
        (Get-MembraneConnection).Name | Sort-Object | Should -Be 'HubSpot', 'Slack', 'Weather Station'
    }

    It 'refuses an app that there is not, with the names that are near, and leaves nothing behind' {
        $refused = Get-TestError { Connect-Membrane -Emulator -WithApp slack, hubpsot }
        $refused.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $refused.Exception.Message | Should -BeLike "*no app 'hubpsot'*Did you mean 'hubspot'?*"
        Get-MembraneEmulator | Should -BeNullOrEmpty
        Get-MembraneContext | Should -BeNullOrEmpty
        (Get-TestError { Connect-Membrane -Emulator -WithApp salesforce }).Exception.Message | Should -BeLike '*It has slack, hubspot, github, gmail, weather-station.*'
        { Connect-Membrane -Emulator -WithApp $null } | Should -Throw '*Nothing was given*'
        { Connect-Membrane -Emulator -WithApp slack, '' } | Should -Throw '*Nothing was given*'
        $manager = Get-TestError { Connect-Membrane -Emulator -Manager -WithApp slack }
        $manager.Exception.Message | Should -BeLike '*belong to a tenant*'
        Connect-Membrane -Emulator
        $null = Get-TestError { Connect-Membrane -Emulator -WithApp nothing }
        @(Get-MembraneEmulator).Count | Should -Be 1
        (Get-TestError { Get-MembraneConnection }).Exception.Message | Should -BeLike '*No context is the default*'
        Connect-Membrane -Emulator
        Get-MembraneConnection | Should -BeNullOrEmpty
    }

    It 'uses the emulator that runs, and leaves what is connected there as it is' {
        Connect-Membrane -Emulator -WithApp hubspot
        $first = Get-MembraneConnection
        Get-MembraneRecord contacts hubspot | Remove-MembraneRecord -Confirm:$false
        Connect-Membrane -Emulator -WithApp hubspot, slack
        @(Get-MembraneEmulator).Count | Should -Be 1
        (Get-MembraneConnection hubspot).Id | Should -Be $first.Id
        @(Get-MembraneConnection).Count | Should -Be 2
        Get-MembraneRecord contacts hubspot | Should -BeNullOrEmpty
        $null = New-MembraneConnection -IntegrationKey github
        Connect-Membrane -Emulator -WithApp github
        @(Get-MembraneConnection github).State | Should -Be 'READY'
        Connect-Membrane -Emulator -TenantKey other -Name other -WithApp slack
        (Get-MembraneConnection).Name | Should -Be 'Slack'
        & {
            $WhatIfPreference = $true
            Connect-Membrane -Emulator -Name dry -WithApp gmail -PassThru | Should -Not -BeNullOrEmpty
        }
        (Get-MembraneConnection gmail).State | Should -Be 'READY'
    }

    It 'stops the emulator that it started with the last context of it, and no other' {
        Connect-Membrane -Emulator -WithApp slack -Name a
        Connect-Membrane -Emulator -Name b
        Connect-Membrane -Emulator -Name b
        Disconnect-Membrane a -WhatIf
        Disconnect-Membrane a
        @(Get-MembraneEmulator).Count | Should -Be 1
        (Get-MembraneConnection).Name | Should -Be 'Slack'
        $address = (Get-MembraneEmulator).ApiUri
        Disconnect-Membrane b
        Get-MembraneEmulator | Should -BeNullOrEmpty
        { Invoke-WebRequest "$($address)_emulator/requests" -UseBasicParsing } | Should -Throw
        $null = Start-MembraneEmulator
        Connect-Membrane -Emulator -WithApp slack
        Disconnect-Membrane
        @(Get-MembraneEmulator).Count | Should -Be 1
    }

    It 'is one workspace for each session, which ends with it' {
        $one = Invoke-InSession 'Connect-Membrane -Emulator -WithApp slack; (Get-MembraneEmulator).ApiUri; (Get-MembraneConnection).Name'
        $two = Invoke-InSession 'Connect-Membrane -Emulator -WithApp hubspot; (Get-MembraneEmulator).ApiUri; (Get-MembraneConnection).Name'
        try {
            $one.Output[1], $two.Output[1] | Should -Be 'Slack', 'HubSpot'
            $one.Output[0] | Should -Not -Be $two.Output[0]
        }
        finally {
            $one.Shell.Runspace.Dispose(); $two.Shell.Runspace.Dispose()
        }
        { Invoke-WebRequest "$($one.Output[0])_emulator/requests" -UseBasicParsing } | Should -Throw
        { Invoke-WebRequest "$($two.Output[0])_emulator/requests" -UseBasicParsing } | Should -Throw
    }

    It 'completes the apps, of the emulator that would be started and of the one that runs' {
        $line = 'Connect-Membrane -Emulator -WithApp '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'slack', 'hubspot', 'github', 'gmail', 'weather-station'
        $catalog = Join-Path $TestDrive apps.json
        '[{ "slug": "acme", "name": "Acme", "url": "https://acme.example", "categories": [], "actions": [{ "name": "Create Thing", "key": "create-thing" }] }]' | Set-Content $catalog
        $null = Start-MembraneEmulator -Catalog $catalog
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'acme'
        Connect-Membrane -Emulator -WithApp acme
        (Invoke-MembraneAction create-thing acme -InputObject @{ name = 'Fourth' }).Output.name | Should -Be 'Fourth'
        (Get-MembraneRecord things acme).Fields.name | Should -Be 'First thing', 'Second thing', 'Third thing', 'Fourth'
    }
}

Describe 'AutoApprove' {
    AfterEach { Stop-TestWorkspace }

    It 'approves what waits for a person, however it came to wait' {
        Connect-Membrane -Emulator
        $waiting = New-MembraneConnection -IntegrationKey gmail
        $waiting.State | Should -Be 'CLIENT_ACTION_REQUIRED'
        Connect-Membrane -Emulator -AutoApprove
        ($waiting | Get-MembraneConnection).State | Should -Be 'READY'
        (New-MembraneConnection -IntegrationKey slack).State | Should -Be 'READY'
        $request = New-MembraneConnectionRequest -IntegrationKey github
        ($request | Wait-MembraneConnectionRequest -TimeoutSec 5).Status | Should -Be 'success'
        (Resolve-MembraneConnection https://hubspot.com -Wait -TimeoutSec 30).State | Should -Be 'READY'
        (Resolve-MembraneConnection https://unheard-of.example -Wait -TimeoutSec 30).State | Should -Be 'READY'
        $shown = Connect-MembraneApp weather-station -TimeoutSec 20 -WarningVariable warned -InformationVariable told
        $shown.State | Should -Be 'READY'
        "$warned$told" | Should -Be ''
        (Invoke-MembraneAction create-reading weather-station -InputObject @{ name = 'noon' }).Output.name | Should -Be 'noon'
    }

    It 'leaves a connection that was disconnected so, until somebody asks again' {
        Connect-Membrane -Emulator -AutoApprove -WithApp slack
        Disconnect-MembraneConnection slack -Confirm:$false
        (Get-MembraneConnection slack).State | Should -Not -Be 'READY'
        (Connect-MembraneApp slack -TimeoutSec 20).State | Should -Be 'READY'
    }

    It 'holds for the emulator until it is turned off, and is an option of it' {
        $null = Start-MembraneEmulator -AutoApprove
        Connect-Membrane -Emulator
        (New-MembraneConnection -IntegrationKey slack).State | Should -Be 'READY'
        Connect-Membrane -Emulator -AutoApprove:$false
        (New-MembraneConnection -IntegrationKey gmail).State | Should -Be 'CLIENT_ACTION_REQUIRED'
    }
}
