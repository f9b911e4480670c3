# What Tab offers, asked of the engine itself, with a workspace of many apps.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $folder = (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid()))).FullName
    Push-Location $folder
    # A file for each first letter, so that a parameter that falls through to file names is seen.
    'notes.txt', 'a.txt', 'con.txt', 'hub.json' | ForEach-Object { $null = New-Item -ItemType File -Path (Join-Path $folder $_) }
    # Thousands of apps; one of them can only be found by searching for it.
    $apps = foreach ($number in 1..1500) { @{ slug = "app-$number"; name = "App $number"; url = "https://app-$number.example" } }
    $apps += @{ slug = 'zulip-team'; name = 'Zulip'; url = 'https://zulip.example'; actions = @(@{ name = 'Send message'; key = 'send-message'; description = 'Sends a message.' }) }
    $apps += @{ slug = 'hubspot'; name = 'HubSpot'; url = 'https://hubspot.com'; actions = @('list', 'create' | ForEach-Object { @{ name = "$_ contacts"; key = "$_-contact$(if ($_ -eq 'list') { 's' })"; description = "$_ contacts" } }) }
    ConvertTo-Json -InputObject $apps -Depth 5 | Set-Content -LiteralPath (Join-Path $folder 'catalog.json')
    $script:Emulator = Start-MembraneEmulator -Seed 1 -Catalog (Join-Path $folder 'catalog.json')
    Connect-Membrane -Emulator -TenantKey ada
    Connect-Membrane -Emulator -Manager -Name manager
    $null = Select-MembraneContext default
    $hubspot = New-TestConnection hubspot 'CRM of Ada'
    $zulip = New-TestConnection zulip-team 'Team chat'

    # The results of Tab at the end of a line, or at the tilde in it.
    function Get-Completion {
        param([string] $Line)
        $cursor = $Line.IndexOf('~')
        if ($cursor -lt 0) { $cursor = $Line.Length }
        $Error.Clear()
        $found = (TabExpansion2 $Line.Replace('~', '') $cursor).CompletionMatches
        $Error.Count | Should -Be 0 -Because "completing '$Line' is no place for errors: $Error"
        @($found)
    }

    function Get-CompletionText { param([string] $Line) @((Get-Completion $Line).CompletionText) }
}

AfterAll {
    Pop-Location
    Stop-TestWorkspace
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'A parameter' {
    It 'never completes to the names of files unless it takes a path' {
        $takesPath = 'Attachment', 'Catalog', 'CheckpointPath', 'InFile', 'LiteralPath', 'OutFile', 'PriorCheckpoint', 'PrivateKeyPath', 'PublicKeyPath', 'ReportPath'
        $takesPath += 'Path', 'State' | ForEach-Object { $name = $_; 'Compare-MembraneWorkspace', 'Export-MembraneApp', 'Export-MembraneWorkspace', 'Get-MembraneCheckpoint', 'Import-MembraneWorkspace', 'Start-MembraneEmulator' | ForEach-Object { "$_ $name" } }
        # Those of the engine; -First and -Skip are what SupportsPaging gives.
        $engine = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        $Error.Clear()
        $wrong = foreach ($command in Get-Command -Module Membrane -CommandType Cmdlet) {
            $hasPaging = $command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0].SupportsPaging
            foreach ($parameter in $command.Parameters.Values) {
                if ($parameter.ParameterType -eq [switch] -or $parameter.Name -in $engine -or ($hasPaging -and $parameter.Name -in 'First', 'Skip')) { continue }
                if ($parameter.Name -in $takesPath -or "$($command.Name) $($parameter.Name)" -in $takesPath) { continue }
                $line = "$($command.Name) -$($parameter.Name) a"
                $files = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -match '\.(txt|json)\W?$'
                if ($files) { "$line completes to $files" }
            }
        }

        $Error.Count | Should -Be 0
        $wrong | Should -BeNullOrEmpty
    }

    It 'still completes to the names of files where it takes a path' {
        foreach ($line in 'Export-MembraneApp hubspot -Path no', 'Start-MembraneEmulator -Catalog no', 'Invoke-MembraneRequest /files -Method POST -InFile no') {
            Get-CompletionText $line | Should -BeLike '*notes.txt'
        }
    }

    It 'of two values completes to them' {
        Get-CompletionText 'Get-MembraneConnection -Connected ' | Should -Be '$true', '$false'
        Get-CompletionText 'Get-MembraneExternalApp -IsConnected f' | Should -Be '$false'
    }
}

Describe 'Names of thousands' {
    It 'are found by what was typed, wherever they are in the list: <Line>' -ForEach @(
        @{ Line = 'Get-MembraneIntegration zul'; Path = '/integrations' }
        @{ Line = 'Get-MembraneConnector zul'; Path = '/connectors' }
        @{ Line = 'Get-MembraneExternalApp zul'; Path = '/external-apps' }
        @{ Line = 'Connect-MembraneApp zul'; Path = '/integrations' }
        @{ Line = 'Get-MembraneAction -IntegrationKey zul'; Path = '/integrations' }
        @{ Line = 'Get-MembraneElement integration zul'; Path = '/integrations' }
        @{ Line = "Get-MembraneIntegration 'zul"; Path = '/integrations' }
        @{ Line = 'Get-MembraneIntegration "zul'; Path = '/integrations' }
        @{ Line = 'Get-MembraneIntegration slack, zul'; Path = '/integrations' }
    ) {
        Clear-TestRequest
        Get-CompletionText $Line | Should -Be 'zulip-team'
        @(Get-TestRequest).Count | Should -Be 1
        (Get-TestRequest)[0].path | Should -Be $Path
        (Get-TestRequest)[0].query | Should -Match '(^|&)search=zul(&|$)'
    }

    It 'are found by the words in them where none begins with what was typed' {
        Get-CompletionText 'Get-MembraneIntegration team' | Should -Be 'zulip-team'
        Get-CompletionText 'Get-MembraneIntegration Zulip' | Should -Be 'zulip-team'
    }

    It 'are ids where a parameter takes an id: <_>' -ForEach 'Get-MembraneConnection -IntegrationId zul', 'Get-MembraneConnection -ConnectorId zul', 'Get-MembraneConnection -ExternalAppId zul', 'New-MembraneConnectionRequest -ConnectorId zul' {
        Get-CompletionText $_ | Should -Match '^(int|cnt|app)_[0-9a-f]+$'
    }

    It 'are read page by page where the service searches for something else' {
        $id = (Get-MembraneIntegration app-1).Id
        Get-CompletionText "Get-MembraneConnection -IntegrationId $($id.Substring(0, 12))" | Should -Contain $id
    }

    It 'are actions of the connection, by key or name' {
        Get-CompletionText 'Invoke-MembraneAction -Connection hubspot -Action create' | Should -Be 'create-contact'
        Get-CompletionText "Invoke-MembraneAction -Connection zulip-team -Action 'Send m" | Should -Be 'send-message'
        Get-CompletionText 'Get-MembraneAction -Connection zulip-team -Action create' | Should -BeNullOrEmpty
        Get-CompletionText 'Start-MembraneMcpServer -Connection zulip-team -Action se' | Should -Be 'send-message'
    }
}

Describe 'A connection' {
    It 'is found by the key of its app and by its name, and says how it stands' {
        Get-CompletionText 'Invoke-MembraneAction x hub' | Should -Be 'hubspot'
        Get-CompletionText "Get-MembraneAction -Connection 'CRM" | Should -Be 'hubspot'
        Get-CompletionText 'Get-MembraneAction -Connection ' | Should -Be 'hubspot', 'zulip-team'
        Get-CompletionText "Get-MembraneAction -Connection $($zulip.Id.Substring(0, 9))" | Should -Be $zulip.Id
        (Get-Completion 'Get-MembraneAction -Connection hub').ToolTip | Should -Be 'CRM of Ada (hubspot, READY)'
    }

    It 'is its id where the key of the app means several' {
        $second = New-TestConnection zulip-team 'Second chat' -AllowMultipleConnections
        try {
            Get-CompletionText 'Get-MembraneAction -Connection zul' | Sort-Object | Should -Be ($zulip.Id, $second.Id | Sort-Object)
            Get-CompletionText "Get-MembraneAction -Connection 'Second" | Should -Be $second.Id
        }
        finally { $second | Remove-MembraneConnection -Confirm:$false }
    }

    It 'is quoted and made harmless whatever it is called' {
        $e = [char]27
        $names = "O'Brien", 'a $(whoami) b', 'a`b', '"quoted"', '[x]*', "red $e[31m", "Zoë 模块 $([char]0x202e)x", "line`nbreak", "`u{2018}curly`u{2019}", '-dash', '@splat', '#hash', '{b}', '1e5', '0x10'
        $connections = foreach ($name in $names) { New-TestConnection zulip-team $name -AllowMultipleConnections }
        $keys = for ($index = 0; $index -lt $names.Count; $index++) { Set-MembraneConnection $connections[$index].Id -Key $names[$index] -PassThru -ErrorAction Ignore }
        try {
            $keys.Count | Should -BeGreaterThan 8
            $results = Get-Completion 'Get-MembraneConnection -Connection '
            foreach ($key in $keys.Key) {
                # What is completed means the key again, in the engine's own words.
                $result = $results | Where-Object { $value = $null; $value = & ([scriptblock]::Create("param(`$f) & `$f $($_.CompletionText)")) { param($Connection) "$Connection" }; $value -ceq $key }
                @($result).Count | Should -Be 1 -Because "'$key' is one of $($results.CompletionText)"
            }

            $results | ForEach-Object { $_.CompletionText; $_.ListItemText; $_.ToolTip } | Where-Object { $_ -match '[\p{Cc}\p{Cf}]' } | Should -BeNullOrEmpty
            Get-CompletionText "Get-MembraneConnection -Connection 'O''Br" | Should -Be "'O''Brien'"
            Get-CompletionText 'Get-MembraneConnection -Connection "O`"Br' | Should -BeNullOrEmpty
            Get-CompletionText "Get-MembraneConnection -Connection `"O'Br" | Should -Be "'O''Brien'"
        }
        finally { $connections | Remove-MembraneConnection -Confirm:$false }
    }
}

Describe 'What ran' {
    It 'is completed by id, newest first, and says what it was' {
        $run = Invoke-MembraneAction create-contact hubspot -InputObject @{ email = 'ada@example.com' }
        $log = Get-Completion 'Get-MembraneActionRunLog '
        $log[0].CompletionText | Should -Be $run.ActionRunId
        $log[0].ToolTip | Should -Match '(?i)create.contact.*success'
        Get-CompletionText "Get-MembraneActionRunLog $($run.ActionRunId.Substring(0, 8))" | Should -Contain $run.ActionRunId
        $session = New-MembraneAgentSession 'Build a connector for Notion (https://notion.so)'
        (Get-Completion 'Wait-MembraneAgentSession ').ToolTip | Should -Match 'Notion'
        Get-CompletionText 'Stop-MembraneAgentSession Build' | Should -Be $session.Id
        $flow = New-MembraneElement flow @{ name = 'Import'; nodes = @{ start = @{ type = 'api-trigger' } }; connectionId = $hubspot.Id }
        $flowRun = Start-MembraneFlow $flow.Id
        Get-CompletionText 'Get-MembraneFlowRun ' | Should -Contain $flowRun.Id
        Get-CompletionText 'Stop-MembraneFlowRun Imp' | Should -Be $flowRun.Id
    }
}

Describe 'Completion' {
    It 'offers nothing, soon and without an error, where nobody is signed in or the service does not answer' {
        Get-CompletionText 'Get-MembraneConnection x -Context nobody' | Should -BeNullOrEmpty
        Add-TestFault @{ match = @{ path = '/integrations' }; status = 500; body = @{ message = 'no' } }
        Get-CompletionText 'Get-MembraneIntegration zul' | Should -BeNullOrEmpty
        Clear-TestFault
        Add-TestFault @{ match = @{ path = '/integrations' }; delayMs = 20000 }
        try {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            Get-CompletionText 'Get-MembraneIntegration zul' | Should -BeNullOrEmpty
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 10 -Because 'the service would have answered after 20'
        }
        finally { Clear-TestFault }
    }

    It 'runs no script that signs in' {
        $script:runs = 0
        Connect-Membrane -ApiUri $Emulator.ApiUri -TokenScript { $script:runs++; New-MembraneToken ada -AsPlainText -Context default } -Name scripted
        try {
            $before = $script:runs
            Get-CompletionText 'Get-MembraneIntegration zul -Context scripted' | Out-Null
            Get-CompletionText 'Get-MembraneIntegration -Context scripted -Integration zul' | Out-Null
            $script:runs | Should -Be $before
        }
        finally { Disconnect-Membrane scripted; $null = Select-MembraneContext default }
    }
}

Describe 'A path of the API' {
    It 'is completed from the contract, with its methods' {
        Get-CompletionText 'Invoke-MembraneRequest /connec' | Should -Contain '/connections'
        $results = Get-Completion 'Invoke-MembraneRequest /action-run-logs'
        $results.CompletionText | Should -Contain '/action-run-logs'
        ($results | Where-Object CompletionText -EQ '/action-run-logs').ToolTip | Should -Match 'GET.*listActionRunLogs'
        Get-CompletionText 'Invoke-MembraneRequest -Method DELETE -Path /connections' | Should -Contain "'/connections/{id}'"
        Get-CompletionText 'Invoke-MembraneRequest -Method DELETE -Path /connections' | Should -Not -Contain "'/connections/{id}/test'"
        Get-CompletionText 'Invoke-MembraneRequest connec' | Should -Contain 'connections'
        Get-CompletionText "Invoke-MembraneRequest /connections/$($hubspot.Id)/te" | Should -Be "/connections/$($hubspot.Id)/test"
        Get-CompletionText 'Add-MembraneEmulatorFault -Path /exp' | Should -Contain '/export'
        Get-CompletionText 'Invoke-MembraneAppRequest hubspot /' | Should -BeNullOrEmpty
    }
}

Describe 'A key of the input' {
    BeforeAll {
        $schema = @{
            type = 'object'
            required = @('email')
            properties = [ordered]@{
                nickname = @{ type = 'string' }
                email = @{ type = 'string'; description = 'Where mail goes.' }
                stage = @{ type = 'string'; enum = @('new', "won't do", 'a b') }
                active = @{ type = 'boolean' }
                address = @{ '$ref' = '#/$defs/address' }
                phones = @{ type = 'array'; items = @{ type = 'object'; properties = @{ number = @{ type = 'string' }; kind = @{ type = 'string'; enum = @('home', 'work') } } } }
                "odd 'name' `$x" = @{ type = 'string' }
                "red$([char]27)[31m" = @{ type = 'string' }
                'first-name' = @{ type = 'string' }
            }
            '$defs' = @{ address = @{ type = 'object'; properties = @{ street = @{ type = 'string' }; city = @{ type = 'string' } } } }
        }
        $made = New-MembraneAction 'Keyed' -Key keyed -Connection hubspot -Type run-javascript -Config @{ code = 'export default () => 1' } -InputSchema $schema
        $call = 'Invoke-MembraneAction -Action keyed -Connection hubspot -InputObject'
    }

    It 'comes from the schema of the action, those that are needed first, and says what it is' {
        $keys = Get-Completion "$call @{ "
        $keys.CompletionText | Should -Be 'email', 'nickname', 'stage', 'active', 'address', 'phones', "'odd ''name'' `$x'", '"red$([char]27)[31m"', "'first-name'"
        $keys[0].ToolTip | Should -Be 'string, required: Where mail goes.'
        $keys | ForEach-Object { $_.CompletionText; $_.ListItemText; $_.ToolTip } | Where-Object { $_ -match '[\p{Cc}\p{Cf}]' } | Should -BeNullOrEmpty
        # What is completed is the key, in the engine's own words.
        foreach ($key in $keys) { @((& ([scriptblock]::Create("@{ $($key.CompletionText) = 1 }"))).Keys)[0] | Should -BeIn $schema.properties.Keys }
    }

    It 'is found wherever the cursor is in the hashtable: <Line>' -ForEach @(
        @{ Line = 'Invoke-MembraneAction -Action keyed -Connection hubspot -InputObject @{'; Keys = 'email'; Count = 9 }
        @{ Line = 'Invoke-MembraneAction -Action keyed -Connection hubspot -InputObject @{ email = 1; '; Keys = 'nickname'; Count = 8 }
        @{ Line = "Invoke-MembraneAction -Action keyed -Connection hubspot -InputObject @{`n    email = 'x'`n    "; Keys = 'nickname'; Count = 8 }
        @{ Line = 'Invoke-MembraneAction keyed hubspot @{ ni'; Keys = 'nickname'; Count = 1 }
        @{ Line = 'Invoke-MembraneAction keyed hubspot -Input @{ ni~ }'; Keys = 'nickname'; Count = 1 }
        @{ Line = 'Invoke-MembraneAction keyed hubspot -InputObject:@{ ni'; Keys = 'nickname'; Count = 1 }
        @{ Line = 'Invoke-MembraneAction keyed hubspot @{ address = @{ '; Keys = 'city', 'street'; Count = 2 }
        @{ Line = "Invoke-MembraneAction keyed hubspot @{ 'address' = @{ city = 'x'; st"; Keys = 'street'; Count = 1 }
        @{ Line = 'Invoke-MembraneAction keyed hubspot @{ phones = @(@{ number = 1 }, @{ '; Keys = 'number'; Count = 2 }
        @{ Line = 'Invoke-MembraneAction keyed hubspot @{ phones = @{ number = 1 }, @{ k'; Keys = 'kind'; Count = 1 }
        @{ Line = 'Invoke-MembraneAction keyed hubspot ([pscustomobject]@{ ema'; Keys = 'email'; Count = 1 }
        @{ Line = "Invoke-MembraneAction keyed hubspot @{ 'fir"; Keys = "'first-name'"; Count = 1 }
        @{ Line = 'if ($true) { foreach ($x in 1..2) { Invoke-MembraneAction keyed hubspot @{ ema'; Keys = 'email'; Count = 1 }
        @{ Line = '$answer = Test-MembraneActionInput keyed hubspot -InputObject @{ ema'; Keys = 'email'; Count = 1 }
        @{ Line = '$made | Invoke-MembraneAction -Connection hubspot -InputObject @{ ema'; Keys = 'email'; Count = 1 }
        @{ Line = 'Invoke-MembraneAction $made $hubspot @{ email = $(@{ a = 1 }.a); nick'; Keys = 'nickname'; Count = 1 }
        @{ Line = 'Invoke-MembraneAction keyed hubspot @{ email = { 1 }; nick'; Keys = 'nickname'; Count = 1 }
    ) {
        $found = Get-CompletionText $Line
        $found.Count | Should -Be $Count
        foreach ($key in $Keys) { $found | Should -Contain $key }
    }

    It 'replaces what was typed of it, and nothing else' {
        $line = 'Invoke-MembraneAction keyed hubspot @{ email = 1; ni } | Out-Null'
        $found = TabExpansion2 $line ($line.IndexOf(' }'))
        $line.Remove($found.ReplacementIndex, $found.ReplacementLength).Insert($found.ReplacementIndex, $found.CompletionMatches[0].CompletionText) | Should -Be 'Invoke-MembraneAction keyed hubspot @{ email = 1; nickname } | Out-Null'
    }

    It 'has the values that the schema names' {
        Get-CompletionText "$call @{ stage = " | Should -Be "'new'", "'won''t do'", "'a b'"
        Get-CompletionText "$call @{ stage = 'wo" | Should -Be "'won''t do'"
        Get-CompletionText "$call @{ active = " | Should -Be '$true', '$false'
        Get-CompletionText "$call @{ phones = @{ kind = " | Should -Be "'home'", "'work'"
    }

    It 'is the engine''s own in whatever is no input of an action' {
        Get-CompletionText '[System.Text.StringBuilder]@{ Cap' | Should -Contain 'Capacity'
        Get-CompletionText 'Get-ChildItem | Select-Object @{ ' | Should -Contain 'Expression'
        Get-CompletionText '$hubs' | Should -Contain '$hubspot'
        Get-CompletionText 'Invoke-MembraneAction keyed hubspot @{ email = $hubs' | Should -Contain '$hubspot'
        Get-CompletionText '[math]::P' | Should -Contain 'PI'
        function Test-Local { $onlyHere = 1; Get-CompletionText '$onlyHe'; $null = $onlyHere }
        Test-Local | Should -Be '$onlyHere'
        Get-CompletionText '$cmdl' | Should -Not -Contain '$cmdlets' -Because 'the module''s own variables are not the user''s'
        # As an editor asks.
        $tokens = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput("$call @{ ema", [ref] $tokens, [ref] $null)
        $end = $tree.Extent.EndScriptPosition
        (TabExpansion2 $tree $tokens $end).CompletionMatches.CompletionText | Should -Be 'email'
    }

    It 'is nothing, without an error, where no such action is known' {
        foreach ($line in 'Invoke-MembraneAction nowhere hubspot @{ ', 'Invoke-MembraneAction keyed nowhere @{ ', 'Invoke-MembraneAction -InputObject @{ ', 'Invoke-MembraneAction keyed hubspot @{ nowhere = @{ ', 'Invoke-MembraneAction keyed hubspot -Meta @{ ', 'Invoke-MembraneAction keyed hubspot @{ ] ) } @{ "', '@{', '@{ @{ @{ @{', 'Invoke-MembraneAction "$(@{ ') {
            Get-CompletionText $line | Where-Object { $_ -match 'email|nickname' } | Should -BeNullOrEmpty
        }
    }

    It 'is asked for with the first Tab of a session by <_>' -ForEach 'position', 'name', 'the syntax tree' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('
                param($module, $how)
                Import-Module $module
                $line = "Get-ChildItem -Pat"
                $found = switch ($how) {
                    "position" { TabExpansion2 $line $line.Length }
                    "name" { TabExpansion2 -cursorColumn $line.Length -inputScript $line -options @{ RelativePaths = $true } }
                    default {
                        $parsed = [System.Management.Automation.CommandCompletion]::MapStringInputToParsedInput($line, $line.Length)
                        TabExpansion2 -ast $parsed.Item1 -tokens $parsed.Item2 -positionOfCursor $parsed.Item3
                    }
                }
                $found.CompletionMatches.CompletionText -contains "-Path"
                @((Get-Command TabExpansion2).ParameterSets.Name | Sort-Object) -join " "
                Remove-Module Membrane
                (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -contains "-Path"
            ').AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument($_)
            $shell.Invoke() | Should -Be $true, 'AstInputSet ScriptInputSet', $true
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }

    It 'leaves the function of another module in its place, which asks the one that was there' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('
                param($module)
                Import-Module $module
                $inner = $function:TabExpansion2
                $asked = [System.Collections.Generic.List[int]]::new()
                $function:global:TabExpansion2 = { $asked.Add(1); & $inner @args }
                foreach ($time in 1..3) { (TabExpansion2 "Get-ChildItem -Pat" 18).CompletionMatches.CompletionText -contains "-Path" }
                $asked.Count
            ').AddArgument($env:MEMBRANE_TEST_MODULE)
            $shell.Invoke() | Should -Be $true, $true, $true, 3
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }

    It 'ends, also when the module is imported again behind the function of another module' {
        # In a process of its own: what never ends there ends the process.
        $found = & $env:MEMBRANE_TEST_ENGINE -NoProfile -NonInteractive -Command "
            Import-Module '$env:MEMBRANE_TEST_MODULE'
            `$inner = `$function:TabExpansion2
            `$function:global:TabExpansion2 = { 'asked'; & `$inner @args }
            Import-Module '$env:MEMBRANE_TEST_MODULE' -Force
            foreach (`$time in 1, 2) { TabExpansion2 'Get-ChildItem -Pat' 18 | ForEach-Object { if (`$_ -is [string]) { `$_ } else { `$_.CompletionMatches.CompletionText } } }
        "
        $found | Should -Be 'asked', '-Path', 'asked', '-Path'
    }

    It 'leaves the session as it was when the module is removed' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('
                param($module)
                $before = $function:TabExpansion2.ToString()
                Import-Module $module; Import-Module $module -Force
                $during = $function:TabExpansion2.ToString()
                $completed = (TabExpansion2 "Get-ChildItem -Pat" 18).CompletionMatches.CompletionText
                Remove-Module Membrane
                $before -ne $during; $completed -contains "-Path"; $function:TabExpansion2.ToString() -eq $before
                Import-Module $module
                $function:global:TabExpansion2 = { "of the user" }
                Remove-Module Membrane
                TabExpansion2 x
                Remove-Item function:TabExpansion2
                Import-Module $module; [bool] (Get-Command TabExpansion2 -ErrorAction Ignore)
            ').AddArgument($env:MEMBRANE_TEST_MODULE)
            $shell.Invoke() | Should -Be $true, $true, $true, 'of the user', $false
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }
}
