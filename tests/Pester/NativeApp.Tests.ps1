BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    $chat = New-TestConnection slack -Name 'Chat'

    # What the app got as input of the newest run.
    function Get-TestInput { (Get-TestRequest | Where-Object path -like '*/run' | Select-Object -Last 1).body | ConvertFrom-Json | ForEach-Object input }
    function Get-Completion([string] $Line) { [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText }

    # An action of the connection with a schema of one's own.
    function New-TestAction([string] $Name, $InputSchema) {
        $made = New-MembraneAction -Name $Name -Connection $chat -Type run-javascript -InputSchema $InputSchema -Config @{ code = 'module.exports = ({ input }) => input' }
        Get-MembraneAction $made
    }
}

AfterAll {
    Get-Module Membrane.App.* | Remove-Module
    Stop-TestWorkspace
}

Describe 'Import-MembraneApp' {
    BeforeAll { $module = Import-MembraneApp slack -PassThru }

    It 'makes a command of every action, with the key as alias' {
        $actions = @(Get-MembraneAction -Connection slack)
        $module.ExportedFunctions.Count | Should -Be $actions.Count
        foreach ($action in $actions) { (Get-Command "slack-$($action.Key)").ResolvedCommand.ModuleName | Should -Be 'Membrane.App.Slack' }
        $module.ExportedFunctions.Values.Verb | Should -BeIn (Get-Verb).Verb
    }

    It 'runs the actions' {
        Send-SlackMessage -Text 'Hello' -Channel '#general' | Select-Object -ExpandProperty text | Should -Be 'Hello'
        @(Get-SlackMessage).text | Should -Contain 'Hello'
        @(Find-SlackMessage hello).channel | Should -Contain '#general'
    }

    It 'names the types, completes their properties and shows a table of them' {
        $message = @(Get-SlackMessage)[0]
        $message.PSTypeNames[0] | Should -Be 'Membrane.App.Slack.Message'
        Get-Completion '(Get-SlackMessage).' | Should -Contain 'threadId'
        $message | Out-String | Should -Match '(?m)^id\s+text\s+channel\s+threadId'
        # What an object has not, it does not seem to have.
        $message.PSObject.Properties.Name | Should -Not -Contain 'threadId'
        ($message | ConvertTo-Json) | Should -Not -Match 'threadId'
    }

    It 'has help with every parameter and an example' {
        $help = Get-Help Send-SlackMessage -Full
        $help.Synopsis | Should -Be 'Post Message (Slack).'
        $help.description.Text -join '' | Should -Match "the action 'post-message' of Slack"
        $help.parameters.parameter.name | Should -Contain 'ThrottleLimit'
        $help.examples.example[0].code | Should -Be "Send-SlackMessage -Text 'text'"
    }

    It 'takes the word of the prefix, and only the commands that are asked for' {
        $crmModule = Import-MembraneApp $crm -Prefix Crm -Name *-CrmContact -PassThru
        $crmModule.ExportedFunctions.Keys | Sort-Object | Should -Be 'Find-CrmContact', 'Get-CrmContact', 'New-CrmContact', 'Remove-CrmContact', 'Set-CrmContact'
        (Import-MembraneApp $crm -Prefix Crm -Action *deal* -PassThru).ExportedFunctions.Keys | Should -Not -Contain 'New-CrmContact'
        Get-Command New-CrmContact -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'leaves nothing behind when the module is removed' {
        $null = Import-MembraneApp $crm -Prefix Gone
        Remove-Module Membrane.App.Gone
        Get-Command *-Gone* -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-TypeData Membrane.App.Gone.* | Should -BeNullOrEmpty
    }

    It 'runs on another connection that is named' {
        $other = New-TestConnection slack -Name 'Second' -AllowMultipleConnections
        Send-SlackMessage 'There' -Connection $other | Out-Null
        @(Get-SlackMessage -Connection $other).text | Should -Be 'There'
        { Import-MembraneApp $other -ErrorAction Stop } | Should -Throw -ErrorId 'AlreadyExists,*'
        Import-MembraneApp $other -Force
        @(Get-SlackMessage).text | Should -Be 'There'
        Import-MembraneApp $chat -Force
    }

    It 'shadows no command of the session' {
        function global:New-TakenContact { 'mine' }
        try {
            (Get-TestError { Import-MembraneApp $crm -Prefix Taken -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
            New-TakenContact | Should -Be 'mine'
            Get-Command Get-TakenContact -ErrorAction Ignore | Should -BeNullOrEmpty
        }
        finally { Remove-Item Function:\New-TakenContact }
    }

    It 'makes no command that would stand before one of this module or of PowerShell, whatever the prefix' {
        $null = New-TestAction 'Create Token' @{ type = 'object'; properties = @{ workspaceSecret = @{ type = 'string' } } }
        $null = New-TestAction 'Install Resource' @{ type = 'object'; properties = @{} }
        $all = @((Get-Command -Module Membrane).Name) + (Get-Command -Module Microsoft.PowerShell.*).Name
        foreach ($prefix in 'Membrane', 'PS', 'PSSession') {
            $made = (Import-MembraneApp $chat -Prefix $prefix -PassThru -Force).ExportedFunctions.Keys
            $made | Should -Not -BeNullOrEmpty
            $made | Where-Object { $_ -in $all } | Should -BeNullOrEmpty
            Get-Module Membrane.App.* | Remove-Module
        }
    }

    It 'says what is wrong' {
        (Get-TestError { Import-MembraneApp nowhere -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        (Get-TestError { Import-MembraneApp $chat -Name Nothing-* -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        { Import-MembraneApp $chat -Prefix "a'b" } | Should -Throw
    }
}

Describe 'A native command' {
    BeforeAll { Import-MembraneApp hubspot }
    BeforeEach { Get-HubspotContact | Remove-HubspotContact -Confirm:$false | Out-Null; Clear-TestRequest }

    It 'takes rows of a table, each as one input, and leaves empty cells out' {
        $rows = 'email,firstName,company', 'b@example.com,Bert,', 'c@example.com,,Acme' | ConvertFrom-Csv
        $made = $rows | New-HubspotContact -ThrottleLimit 8 -Ordered -SummaryVariable account
        $made.email | Should -Be 'b@example.com', 'c@example.com'
        $made[0].PSObject.Properties.Name | Should -Not -Contain 'company'
        $account.Succeeded | Should -Be 2
        $account.Pending | Should -Be 0
    }

    It 'gives each row its own error and goes on' {
        $rows = 'email,company', 'd@example.com,x', ',x', 'e@example.com,x' | ConvertFrom-Csv
        $made, $problems = ($rows | New-HubspotContact -ErrorAction Continue 2>&1).Where({ $_ -isnot [System.Management.Automation.ErrorRecord] }, 'Split')
        $made.Count | Should -Be 2
        @($problems).Count | Should -Be 1
    }

    It 'goes on where it ended with a checkpoint file' {
        $path = Join-Path $TestDrive 'contacts.checkpoint'
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Email = "p$_@example.com" } }
        @($rows | New-HubspotContact -CheckpointPath $path).Count | Should -Be 3
        @($rows | New-HubspotContact -CheckpointPath $path -SummaryVariable again).Count | Should -Be 0
        $again.Skipped | Should -Be 3
    }

    It 'tells inputs apart by a column of the row that the action does not take' {
        $path = Join-Path $TestDrive 'column.checkpoint'
        $rows = 'email,RowNo', 'k1@example.com,1', 'k1@example.com,2' | ConvertFrom-Csv
        $null = $rows | New-HubspotContact -CheckpointPath $path -CheckpointKey rowno -ThrottleLimit 1 -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        (Get-MembraneCheckpoint $path).Input | Sort-Object | Should -Be '1', '2'
        $rows | New-HubspotContact -CheckpointPath $path -CheckpointKey rowno -SummaryVariable again -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $again.Skipped | Should -BeGreaterThan 0
        (Get-TestError { [pscustomobject]@{ email = 'k3@example.com'; rowno = '' } | New-HubspotContact -CheckpointPath $path -CheckpointKey rowno -ErrorAction Stop }).Exception.Message | Should -BeLike "*'rowno'*"
    }

    It 'refuses with -AdditionalInput what it has a parameter for' {
        $both = Get-TestError { New-HubspotContact -Email a1@example.com -FirstName Named -AdditionalInput @{ FIRSTNAME = 'Additional' } }
        $both.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        "$both" | Should -BeLike '*AdditionalInput*FirstName*'
        (Get-TestError { [pscustomobject]@{ email = 'a2@example.com' } | New-HubspotContact -AdditionalInput @{ firstName = 'Additional' } }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        Get-TestChange | Should -BeNullOrEmpty
        (New-HubspotContact -Email a3@example.com -AdditionalInput @{ hobby = 'chess' }).hobby | Should -Be 'chess'
    }

    It 'has each parameter of a batch that Invoke-MembraneAction has' {
        # These say what is run and what is made of it, which the command knows.
        $known = 'Action', 'IntegrationKey', 'InputJson', 'Api', 'Code', 'UseAct', 'SkipInputCheck', 'Meta', 'ExpandOutput', 'ExpandProperty', 'CursorProperty', 'CursorInput', 'OutputTypeName', 'AppCommand'
        $whole = (Get-Command Invoke-MembraneAction).Parameters
        $wanted = $whole.Values | Where-Object Name -notin $known
        foreach ($command in Get-Command New-HubspotContact, Get-HubspotContact, Remove-HubspotContact) {
            $lacking = $wanted.Name | Where-Object { -not $command.Parameters.ContainsKey($_) }
            if ($command.Name -like 'Get-*') { $lacking = $lacking | Where-Object { $_ -notin 'WhatIf', 'Confirm' } }
            $lacking | Should -BeNullOrEmpty -Because $command.Name
            foreach ($parameter in $wanted | Where-Object Name -in 'ThrottleLimit', 'MaxRateLimitWaitSec', 'TotalCount') {
                $own = $command.Parameters[$parameter.Name].Attributes.Where({ $_ -is [System.Management.Automation.ValidateRangeAttribute] })
                $there = $parameter.Attributes.Where({ $_ -is [System.Management.Automation.ValidateRangeAttribute] })
                "$($own.MinRange) $($own.MaxRange)" | Should -Be "$($there.MinRange) $($there.MaxRange)" -Because $parameter.Name
            }
        }
    }

    It 'writes a report of its rows under its own name, and replaces one only with -Force' {
        $path = Join-Path $TestDrive 'contacts.json'
        $rows = 'email,company', 'r1@example.com,x', ',x', 'r2@example.com,x' | ConvertFrom-Csv
        $rows | New-HubspotContact -WhatIf -ReportPath $path
        Test-Path -LiteralPath $path | Should -BeFalse
        $rows | New-HubspotContact -Ordered -ReportPath $path -ErrorAction SilentlyContinue | Out-Null
        $report = Get-Content -LiteralPath $path -Raw | ConvertFrom-Json
        $report.title | Should -Be 'New-HubspotContact'
        $report.items.outcome | Should -Be 'Succeeded', 'NotSent', 'Succeeded'
        (Get-TestError { $rows | New-HubspotContact -ReportPath $path }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        'email', 'r3@example.com' | ConvertFrom-Csv | New-HubspotContact -ReportPath $path -Force | Out-Null
        (Get-Content -LiteralPath $path -Raw | ConvertFrom-Json).items.Count | Should -Be 1
    }

    It 'does not wait for the rate limit longer than -MaxRateLimitWaitSec' {
        Add-TestFault @{ match = @{ path = '*/run' }; status = 429; headers = @{ 'Retry-After' = '30' } }
        try { (Get-TestError { New-HubspotContact -Email 'x@example.com' -MaxRateLimitWaitSec 1 -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'RateLimitExceeded,*' }
        finally { Clear-TestFault }
    }

    It 'sends nothing with -WhatIf' {
        1..3 | ForEach-Object { [pscustomobject]@{ Email = "p$_@example.com" } } | New-HubspotContact -WhatIf
        & { $WhatIfPreference = $true; New-HubspotContact -Email 'x@example.com' }
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'asks before it removes' {
        (Get-Command Remove-HubspotContact).ScriptBlock.Attributes.Where({ $_ -is [System.Management.Automation.CmdletBindingAttribute] }).ConfirmImpact | Should -Be 'High'
    }

    It 'heeds the preferences of the script that calls it' {
        $caught = & { $ErrorActionPreference = 'Stop'; try { Get-HubspotContactById nope; 'went on' } catch { $_.FullyQualifiedErrorId } }
        $caught | Should -BeLike 'ActionRunFailed,*'
    }

    It 'passes objects on by their properties' {
        New-HubspotContact ada@example.com | Set-HubspotContact -Phone '123' | ForEach-Object phone | Should -Be '123'
    }

    It 'follows the pages of a list, and only as far as they are wanted' {
        1..120 | ForEach-Object { [pscustomobject]@{ Email = "p$_@example.com" } } | New-HubspotContact -ThrottleLimit 16 | Out-Null
        @(Get-HubspotContact).Count | Should -Be 120
        Clear-TestRequest
        @(Get-HubspotContact | Select-Object -First 3).Count | Should -Be 3
        @(Get-TestRequest | Where-Object path -like '*/run').Count | Should -Be 1
        @(Get-HubspotContact -Limit 10).Count | Should -Be 10
        (Get-HubspotContact -AsRun).Output.cursor | Should -Not -BeNullOrEmpty
    }

    It 'follows a cursor that stands deeper in the answer' {
        $page = @{ type = 'object'; properties = @{ results = @{ type = 'array'; items = @{ type = 'object'; properties = @{ id = @{ type = 'string' } } } }
                paging = @{ type = 'object'; properties = @{ next = @{ type = 'object'; properties = @{ after = @{ type = 'string' } } } } } } }
        $made = New-MembraneAction -Name 'List Deep Things' -Connection $crm -Type run-javascript -Config @{ code = 'module.exports = ({ input }) => input' } `
            -InputSchema @{ type = 'object'; properties = @{ after = @{ type = 'string' } } } -CustomOutputSchema $page
        Import-MembraneApp $crm -Action $made.Key -Prefix Deep
        $answers = @{ results = @(@{ id = 'a' }, @{ id = 'b' }); paging = @{ next = @{ after = 'c2' } } }, @{ results = @(, @{ id = 'c' }); paging = @{ next = @{ after = 'c3' } } }, @{ results = @(, @{ id = 'd' }) }
        foreach ($answer in $answers) { Add-TestFault @{ match = @{ path = '*/run' }; status = 200; body = @{ output = $answer }; times = 1 } }
        try {
            Clear-TestRequest
            (Get-DeepDeepThing).id | Should -Be 'a', 'b', 'c', 'd'
            @(Get-TestRequest | Where-Object path -like '*/run' | ForEach-Object { ($_.body | ConvertFrom-Json).input.after }) | Should -Be $null, 'c2', 'c3'
        }
        finally { Clear-TestFault }
    }

    It 'leaves nothing under way when a command downstream has enough' {
        # If the first input comes late, it is held back, too: its result is waited for.
        Add-TestFault @{ match = @{ path = '*/run' }; times = 4 }
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 10000 }
        Clear-TestRequest
        try {
            @(1..200 | ForEach-Object { [pscustomobject]@{ Email = "p$_@example.com" } } | New-HubspotContact -ThrottleLimit 4 | Select-Object -First 1).Count | Should -Be 1
            Assert-TestNothingFollow '*/run' -ThrottleLimit 4
        }
        finally { Clear-TestFault }
    }
}

Describe 'Parameters of a schema' {
    BeforeAll {
        Clear-TestRequest
        $null = New-TestAction 'Create Trial' @{
            type = 'object'; required = @('count'); properties = @{
                count = @{ type = 'integer'; minimum = 1; maximum = 9; description = 'How many.' }
                big = @{ type = 'integer'; minimum = 3000000000 }
                share = @{ type = 'number'; minimum = 0; maximum = 1 }
                state = @{ type = 'string'; enum = @('Open', 'Closed') }
                isUrgent = @{ type = 'boolean' }
                isActive = @{ type = 'boolean'; default = $true }
                due_date = @{ type = 'string'; format = 'date' }
                at = @{ type = 'string'; format = 'date-time' }
                tags = @{ type = 'array'; items = @{ type = 'string' } }
                code = @{ type = 'string'; pattern = '^[A-Z]{3}$' }
                address = @{ type = 'object'; properties = @{ city = @{ type = 'string' } } }
                verbose = @{ type = 'string' }
                source = @{ type = 'string'; enum = @('web', 'trade fair'); allowCustom = $true }
                none = @{ type = 'string'; enum = @() }
                to = @{ '$ref' = '#addr' }
            }
            '$defs' = @{ addr = @{ '$anchor' = 'addr'; type = 'object'; properties = @{ street = @{ type = 'string' } } } }
        }
        Import-MembraneApp $chat -Force
    }

    It 'have its types, limits and values' {
        $parameters = (Get-Command New-SlackTrial).Parameters
        $parameters.Count.ParameterType | Should -Be ([System.Nullable[long]])
        $parameters.Share.ParameterType | Should -Be ([System.Nullable[double]])
        $parameters.IsUrgent.ParameterType | Should -Be ([switch])
        $parameters.IsActive.ParameterType | Should -Be ([System.Nullable[bool]])
        $parameters.DueDate.ParameterType | Should -Be ([System.Nullable[datetime]])
        Get-Command New-SlackTrial -Syntax | Should -Match '-DueDate <datetime>'
        $parameters.Tags.ParameterType | Should -Be ([string[]])
        $parameters.VerboseValue | Should -Not -BeNullOrEmpty
        $parameters.State.Attributes.ValidValues | Should -Be 'Open', 'Closed'
        { New-SlackTrial -Count 10 } | Should -Throw '*9*'
        { New-SlackTrial -Count 1 -State Other } | Should -Throw
        { New-SlackTrial -Count 1 -Code abc } | Should -Throw
        Get-Completion 'New-SlackTrial -State ' | Sort-Object -Descending | Should -Be 'Open', 'Closed'
        Get-Completion 'New-SlackTrial -Source ' | Should -Be "'web'", "'trade fair'"
        Get-Completion 'New-SlackTrial -Source tra' | Should -Be "'trade fair'"
        Get-Completion 'New-SlackTrial -Address ' | Should -Be "@{ 'city' = '' }"
        Get-Completion 'New-SlackTrial -To ' | Should -Be "@{ 'street' = '' }"
        (Get-Help New-SlackTrial -Parameter Count).description.Text | Should -Be 'How many.'
    }

    It 'are sent by the names and in the forms that the app has' {
        $null = New-SlackTrial -Count 2 -Share 0.5 -State open -IsUrgent -IsActive $false -DueDate '2026-03-04' -At ([datetime]::new(2026, 3, 4, 5, 6, 7, [System.DateTimeKind]::Utc)) -Tags a, b -Address @{ city = 'Rome' } -VerboseValue x -Source referral -AdditionalInput @{ more = 1 } -Big 3000000001 -None any -To @{ street = 'Via 1' }
        $sent = Get-TestInput
        $sent.count | Should -Be 2
        $sent.big | Should -Be 3000000001
        $sent.share | Should -Be 0.5
        $sent.state | Should -BeExactly 'Open'
        $sent.isUrgent | Should -BeTrue
        $sent.isActive | Should -BeFalse
        $sent.due_date | Should -Be '2026-03-04'
        ([datetimeoffset] $sent.at).UtcDateTime | Should -Be ([datetime]::new(2026, 3, 4, 5, 6, 7, [System.DateTimeKind]::Utc))
        $sent.tags | Should -Be 'a', 'b'
        $sent.address.city | Should -Be 'Rome'
        $sent.verbose | Should -Be 'x'
        $sent.source | Should -Be 'referral'
        $sent.none | Should -Be 'any'
        $sent.to.street | Should -Be 'Via 1'
        $sent.more | Should -Be 1
    }

    It 'take text of a table' {
        $null = 'count,share,state,isUrgent,isActive,due_date', '3,,,,,', '4,0.25,closed,true,no,2026-05-06' | ConvertFrom-Csv | New-SlackTrial -Ordered -ThrottleLimit 1
        $sent = @(Get-TestRequest | Where-Object path -like '*/run' | Select-Object -Last 2).body | ConvertFrom-Json | ForEach-Object input
        $sent[0].PSObject.Properties.Name | Should -Be 'count'
        $sent[1].state | Should -BeExactly 'Closed'
        $sent[1].isUrgent | Should -BeTrue
        $sent[1].isActive | Should -BeFalse
        $sent[1].due_date | Should -Be '2026-05-06'
    }
}

Describe 'A hostile schema' {
    It 'runs nothing, and its names arrive as they are' {
        $properties = [ordered]@{}
        $nasty = "it's", '$(throw 1)', "a`nb", "'@`n#>", "`u{202E}rtl", "zero`u{200B}width", '`', '"', "`u{2019}); throw 1 #"
        foreach ($name in $nasty) { $properties[$name] = @{ type = 'string'; description = "#> throw '$name'"; default = $name; enum = @('x', $name) } }
        $null = New-TestAction "Create Hostile'; throw 1 #>" @{ type = 'object'; properties = $properties; required = @($nasty[0]) }
        Import-MembraneApp $chat -Force
        $command = Get-Command -Module Membrane.App.Slack -Name New-SlackHostile*
        $given = @{}
        foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Attributes.Where({ $_ -is [Membrane.InputValueAttribute] }) }) { $given[$parameter.Name] = 'x' }
        $given.Count | Should -Be $nasty.Count
        $null = & $command @given
        (Get-TestInput).PSObject.Properties.Name | Sort-Object | Should -Be ($nasty | Sort-Object)
        Get-MembraneAction -Connection $chat -Name '*Hostile*' | Remove-MembraneAction -Connection $chat -Confirm:$false
    }

    It 'with ten thousand properties has a few hundred parameters and takes the others too' {
        $properties = @{}
        foreach ($number in 1..10000) { $properties["p$number"] = @{ type = 'string' } }
        $null = New-TestAction 'Create Wide' @{ type = 'object'; properties = $properties; additionalProperties = $false }
        Import-MembraneApp $chat -Force
        (Get-Command New-SlackWide).Parameters.Count | Should -BeLessThan 300
        $null = New-SlackWide -AdditionalInput @{ p9999 = 'x' }
        (Get-TestInput).p9999 | Should -Be 'x'
        Get-MembraneAction -Connection $chat -Name 'Create Wide' | Remove-MembraneAction -Connection $chat -Confirm:$false
    }

    It 'that refers to itself takes its input as one object' {
        $null = New-TestAction 'Create Loop' @{ '$ref' = '#/$defs/a'; '$defs' = @{ a = @{ '$ref' = '#/$defs/a' } } }
        Import-MembraneApp $chat -Force
        (Get-Command New-SlackLoop).Parameters.Keys | Should -Contain 'InputObject'
        Get-MembraneAction -Connection $chat -Name 'Create Loop' | Remove-MembraneAction -Connection $chat -Confirm:$false
    }
}

Describe 'Export-MembraneApp' {
    BeforeAll {
        Get-Module Membrane.App.* | Remove-Module
        # The module asks for Membrane by name.
        $savedPath = $env:PSModulePath
        $env:PSModulePath = (Split-Path (Split-Path $env:MEMBRANE_TEST_MODULE)) + [System.IO.Path]::PathSeparator + $env:PSModulePath
        $folder = Join-Path $TestDrive 'modules'
        $null = New-Item -ItemType Directory $folder
        function Get-TestHash { @(Get-ChildItem $folder -Recurse -File | Sort-Object FullName | Get-FileHash | ForEach-Object Hash) -join ' ' }
        $manifest = Export-MembraneApp hubspot $folder
    }

    AfterAll { $env:PSModulePath = $savedPath }

    It 'writes a module that stands on its own' {
        $manifest.Name | Should -Be 'Membrane.App.Hubspot.psd1'
        (Test-ModuleManifest $manifest.FullName).RequiredModules.Name | Should -Be 'Membrane'
        Import-Module $manifest.FullName
        $contact = New-HubspotContact ada@example.com
        $contact.PSTypeNames[0] | Should -Be 'Membrane.App.Hubspot.Contact'
        $contact | Out-String | Should -Match '(?m)^id\s+email'
        Get-Completion '(Get-HubspotContact).' | Should -Contain 'jobTitle'
        (hubspot-list-contacts).email | Should -Contain 'ada@example.com'
        Remove-Module Membrane.App.Hubspot
    }

    It 'runs on another connection when it is imported for one' {
        Import-Module $manifest.FullName -ArgumentList 'elsewhere'
        (Get-TestError { Get-HubspotContact -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        Remove-Module Membrane.App.Hubspot
    }

    It 'passes its own test' {
        $text = "Import-Module '$env:MEMBRANE_TEST_MODULE'; `$run = Invoke-Pester '$($manifest.DirectoryName)/tests' -PassThru -Output None; `"`$(`$run.PassedCount) `$(`$run.FailedCount + `$run.FailedContainersCount)`""
        & $env:MEMBRANE_TEST_ENGINE -NoProfile -NonInteractive -Command $text | Select-Object -Last 1 | Should -Match '^[1-9]\d* 0$'
    }

    It 'passes the analyzer' -Skip:(-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
        Invoke-ScriptAnalyzer -Path $manifest.DirectoryName -Recurse | ForEach-Object { "$($_.RuleName) $($_.Line) $($_.Message)" } | Should -BeNullOrEmpty
    }

    It 'is the same, byte for byte, when it is made again' {
        $before = Get-TestHash
        $null = Export-MembraneApp $crm $folder -Force -DefaultConnection hubspot
        Get-TestHash | Should -Be $before
        @(Export-MembraneApp hubspot $folder -Update) | Should -BeNullOrEmpty
        Get-TestHash | Should -Be $before
    }

    It 'leaves nothing half written behind' {
        @(Get-ChildItem $folder -Force).Name | Should -Be 'Membrane.App.Hubspot'
    }

    It 'replaces nothing that it did not make, and nothing unasked' {
        (Get-TestError { Export-MembraneApp hubspot $folder -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
        $null = New-Item -ItemType Directory (Join-Path $folder 'Mine')
        (Get-TestError { Export-MembraneApp hubspot $folder -ModuleName Mine -Force -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
        (Get-TestError { Export-MembraneApp hubspot $folder -ModuleName Other -Update -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        Remove-Item (Join-Path $folder 'Mine')
    }

    It 'keeps the files that somebody added to a module, with <_>' -ForEach 'Force', 'Update' {
        $here = Join-Path $TestDrive "kept-$_"
        $null = New-Item -ItemType Directory $here
        $made = Export-MembraneApp hubspot $here
        $module = $made.DirectoryName
        $null = New-Item -ItemType Directory (Join-Path $module 'docs/more')
        Set-Content (Join-Path $module 'README.md') 'mine'
        Set-Content (Join-Path $module 'tests/Own.Tests.ps1') '# mine'
        Set-Content (Join-Path $module 'docs/more/notes.md') 'mine too'
        Set-Content $made.FullName '# damaged'
        $more = @{ $_ = $true }
        $null = Export-MembraneApp hubspot $here @more
        (Test-ModuleManifest $made.FullName).RequiredModules.Name | Should -Be 'Membrane'
        Get-Content (Join-Path $module 'README.md') | Should -Be 'mine'
        Get-Content (Join-Path $module 'tests/Own.Tests.ps1') | Should -Be '# mine'
        Get-Content (Join-Path $module 'docs/more/notes.md') | Should -Be 'mine too'
        @(Get-ChildItem $here -Force).Name | Should -Be 'Membrane.App.Hubspot'
    }

    It 'writes nothing with -WhatIf' {
        Export-MembraneApp $chat $folder -WhatIf
        Test-Path (Join-Path $folder 'Membrane.App.Slack') | Should -BeFalse
    }

    It 'shows what has changed with -Update, and keeps names' {
        $null = Export-MembraneApp $chat $folder -DefaultConnection slack
        $action = New-TestAction 'Insert Note' @{ type = 'object'; properties = @{ text = @{ type = 'string' } } }
        $before = Get-TestHash
        @(Export-MembraneApp $chat $folder -Update -WhatIf | ForEach-Object { "$_" }) | Should -Be 'Added Add-SlackNote'
        Get-TestHash | Should -Be $before
        $null = Export-MembraneApp $chat $folder -Update

        $null = $action | Set-MembraneAction -InputSchema @{ type = 'object'; required = @('text'); properties = @{ text = @{ type = 'string' }; title = @{ type = 'string' } } }
        $null = New-TestAction 'Add Note' @{ type = 'object'; properties = @{ text = @{ type = 'string' } } }
        $changes = @(Export-MembraneApp $chat $folder -Update)
        $changes | ForEach-Object { "$_" } | Should -Be 'Changed Add-SlackNote -Text', 'Added Add-SlackNote -Title', 'Added Add-SlackNoteAdd'
        $changes[0].Before | Should -Be 'text, for text'
        $changes[0].After | Should -Be 'text, mandatory, for text'
        Get-MembraneAction -Connection $chat -Name '*Note' | Remove-MembraneAction -Connection $chat -Confirm:$false
        @(Export-MembraneApp $chat $folder -Update).Change | Should -Be 'Removed', 'Removed'
    }

    It 'keeps the version, or takes the one that is asked for' {
        $null = Export-MembraneApp $chat $folder -Update -ModuleVersion 1.2.0
        $null = Export-MembraneApp $chat $folder -Update
        (Import-PowerShellDataFile (Join-Path $folder 'Membrane.App.Slack/Membrane.App.Slack.psd1')).ModuleVersion | Should -Be '1.2.0'
    }
}

Describe 'A module whose record somebody changed' {
    BeforeAll {
        Get-Module Membrane.App.* | Remove-Module
        $savedPath = $env:PSModulePath
        $env:PSModulePath = (Split-Path (Split-Path $env:MEMBRANE_TEST_MODULE)) + [System.IO.Path]::PathSeparator + $env:PSModulePath
        $place = Join-Path $TestDrive 'records'
        $null = New-Item -ItemType Directory $place
        $folder = (Export-MembraneApp hubspot $place).DirectoryName
        $record = Join-Path $folder 'membrane-app.json'
        $whole = [System.IO.File]::ReadAllText($record)
        $trap = Join-Path $TestDrive 'trap'
        function Get-TestByte { @(Get-ChildItem $folder -Recurse -File | Sort-Object FullName | Get-FileHash | ForEach-Object Hash) -join ' ' }

        # Every kind of text that could end a literal, a comment or a line of the script.
        $call = "New-Item '$trap'"
        $hostile = @(
            "x'; $call; '", "x`"; $call; `"", "x`u{2018}; $call; `u{2018}", "x`u{2019}; $call; `u{2019}", "x`u{201A}; $call; `u{201A}", "x`u{201B}; $call; `u{201B}"
            "x`u{201C}; $call; `u{201C}", "x`u{201D}; $call; `u{201D}", "x`u{201E}; $call; `u{201E}", "x`$($call)", "x``; $call", "x`n$call`n", "x`r$call"
            "x`u{2028}$call", "x`u{0085}$call", "x`n'@`n$call`n@'", "x`n`"@`n$call", "x #> $call <#", "x {} ; $call ; function y", "x`u{202E}$call", "x`u{200B}", "x`0$call", "x`e[2J"
        )
        function Set-TestMember($Json, [string] $Member, [string] $Value) {
            switch ($Member) {
                'parameters' { $Json.commands[0].parameters | Add-Member -NotePropertyName $Value -NotePropertyValue 'text' }
                'parameter' { $Json.commands[0].parameters.PSObject.Properties | Select-Object -First 1 | ForEach-Object { $_.Value = "text, default $Value" } }
                'output' { $Json.commands[0].output = "Membrane.App.Hubspot.Contact: id, $Value" }
                { $_ -in 'name', 'alias', 'action' } { $Json.commands[0].$Member = $Value }
                default { $Json.$Member = $Value }
            }
        }
    }

    AfterEach { [System.IO.File]::WriteAllText($record, $whole) }

    AfterAll { $env:PSModulePath = $savedPath }

    It 'runs nothing of it, changes nothing and names the member: <_>' -ForEach 'module', 'version', 'prefix', 'connection', 'name', 'alias', 'action', 'parameters' {
        foreach ($value in $hostile + ('a' * 5000)) {
            # The prefix may be of any length, as the key of an app.
            if ($_ -eq 'prefix' -and $value.Length -eq 5000) { continue }
            $json = $whole | ConvertFrom-Json
            Set-TestMember $json $_ $value
            [System.IO.File]::WriteAllText($record, ($json | ConvertTo-Json -Depth 9))
            $before = Get-TestByte
            foreach ($more in @{ Update = $true }, @{ Force = $true }) {
                $fault = Get-TestError { Export-MembraneApp hubspot $place @more -ErrorAction Stop }
                $fault.FullyQualifiedErrorId | Should -BeLike 'InvalidJson,*' -Because "of $value"
                $fault.Exception.Message | Should -Match "\b$_\b" -Because "of $value"
            }

            Get-TestByte | Should -Be $before
            Test-Path $trap | Should -BeFalse
        }

        @(Get-ChildItem $place -Force).Name | Should -Be 'Membrane.App.Hubspot'
    }

    It 'shows a text that says what was, or refuses it, and runs nothing of it: <_>' -ForEach 'parameter', 'output' {
        $member = $_
        foreach ($value in $hostile) {
            $json = $whole | ConvertFrom-Json
            Set-TestMember $json $member $value
            [System.IO.File]::WriteAllText($record, ($json | ConvertTo-Json -Depth 9))
            try {
                $changes = @(Export-MembraneApp hubspot $place -Update -ErrorAction Stop)
                $changes.Count | Should -BeGreaterThan 0
                "$($changes.Before)" | Should -Not -Match '[\p{Cc}\p{Cf}]'
            }
            catch [Membrane.MembraneInputException] { $_.Exception.Message | Should -Match 'commands\[0\]\.(parameters\.\w+|output) ' }

            Import-Module (Join-Path $folder 'Membrane.App.Hubspot.psd1') -Force
            Remove-Module Membrane.App.Hubspot
            Test-Path $trap | Should -BeFalse
        }
    }

    It 'lets no command of PowerShell be replaced, and no two have one name' {
        foreach ($case in @{ name = 'Get-ChildItem' }, @{ name = 'Bad-HubspotThing' }, @{ alias = 'ls' }, @{ alias = 'get-childitem' }, @{ action = '' }) {
            $json = $whole | ConvertFrom-Json
            foreach ($member in $case.Keys) { $json.commands[0].$member = $case[$member] }
            [System.IO.File]::WriteAllText($record, ($json | ConvertTo-Json -Depth 9))
            (Get-TestError { Export-MembraneApp hubspot $place -Update -ErrorAction Stop }).Exception.Message | Should -Match "commands\[0\]\.$($case.Keys) "
        }

        foreach ($member in 'name', 'alias', 'action') {
            $json = $whole | ConvertFrom-Json
            $json.commands[1].$member = $json.commands[0].$member
            [System.IO.File]::WriteAllText($record, ($json | ConvertTo-Json -Depth 9))
            (Get-TestError { Export-MembraneApp hubspot $place -Update -ErrorAction Stop }).Exception.Message | Should -Match 'two commands have'
        }
    }

    It 'refuses members of another kind by name' {
        foreach ($member in 'module', 'version', 'prefix', 'connection', 'commands') {
            foreach ($value in $null, 5, @{ a = 1 }) {
                $json = $whole | ConvertFrom-Json
                $json.$member = $value
                [System.IO.File]::WriteAllText($record, ($json | ConvertTo-Json -Depth 9))
                (Get-TestError { Export-MembraneApp hubspot $place -Update -ErrorAction Stop }).Exception.Message | Should -Match "$member is not"
            }
        }
    }

    It 'refuses a file without an end, and one that is empty' -Skip:$IsWindows {
        Remove-Item $record
        $null = New-Item -ItemType SymbolicLink $record -Target /dev/zero
        (Get-TestError { Export-MembraneApp hubspot $place -Update -ErrorAction Stop }).Exception.Message | Should -Match 'larger than 64 MB'
        Remove-Item $record
        $null = New-Item -ItemType SymbolicLink $record -Target /dev/null
        (Get-TestError { Export-MembraneApp hubspot $place -Update -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidJson,*'
        Remove-Item $record
    }

    It 'takes it as it was made, also with a byte order mark' {
        [System.IO.File]::WriteAllText($record, $whole, [System.Text.UTF8Encoding]::new($true))
        Export-MembraneApp hubspot $place -Update | Should -BeNullOrEmpty
        (Get-TestError { Export-MembraneApp hubspot $place -ModuleName Other -DefaultConnection "a'b" -ErrorAction Stop }).Exception.Message | Should -Match 'DefaultConnection'
    }
}
