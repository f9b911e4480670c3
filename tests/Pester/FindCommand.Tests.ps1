# Find-MembraneCommand, and the overview of the commands in the help.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Disconnect-Membrane -All -ErrorAction Ignore
    $commands = (Get-Command -Module Membrane -CommandType Cmdlet).Name
    $root = "$PSScriptRoot/../.."
    $rows = @(Get-Content -LiteralPath "$root/docs/guides/coming-from-the-cli.md" | Where-Object { $_ -match '^\| `' } | ForEach-Object {
            $cells = ($_ -split '(?<!\\)\|').Trim().Replace('\|', '|')
            if ($cells.Count -ge 5) { @{ Theirs = $cells[1].Trim('`'); Ours = $cells[2].Trim('`') } }
        })
    $operations = @(Get-Content -LiteralPath "$root/src/Membrane.Emulator/Contract/operations.txt" | Where-Object { $_ -match '^[A-Z]' } | ForEach-Object { $method, $path, $id, $null = $_ -split ' '; @{ Method = $method; Path = $path; Id = $id } })
}

Describe 'Find-MembraneCommand' {
    It 'finds every row of the guide by what is on its left, without a sign-in' {
        $rows.Count | Should -BeGreaterThan 100
        $wrong = foreach ($row in $rows | Where-Object { $_.Theirs -notmatch '^(con_abc123|https?:|\$|…|npm|Authorization|actions\.items)' }) {
            $found = @(Find-MembraneCommand -Query $row.Theirs -WarningAction Ignore)
            if ($found.Kind -contains 'Words' -or ($found.Example -notcontains $row.Ours -and -not ($row.Ours -eq '—' -and $found.Counterpart -contains $row.Theirs))) { "$($row.Theirs): $($found.Example -join ' / ')" }
        }

        $wrong | Should -BeNullOrEmpty
    }

    It 'has a command that exists, with parameters that exist, for every operation of the contract' {
        $operations.Count | Should -BeGreaterThan 270
        $tried = [System.Collections.Generic.HashSet[string]]::new()
        $wrong = foreach ($operation in $operations) {
            $found = @(Find-MembraneCommand -Uri $operation.Path -Method $operation.Method)
            if ($found.OperationId -notcontains $operation.Id) { "$($operation.Method) $($operation.Path)" }
            foreach ($match in $found) {
                if ($match.Command -notin $commands) { "$($match.Command) for $($operation.Id)" }
                if ($tried.Contains($match.Example)) { continue }
                $null = $tried.Add($match.Example)
                $problems = $null
                $tree = [System.Management.Automation.Language.Parser]::ParseInput($match.Example, [ref] $null, [ref] $problems)
                if ($problems) { "$($match.Example) does not parse" }
                foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                    $command = Get-Command $call.GetCommandName()
                    foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                        if (-not $command.Parameters.ContainsKey($parameter.ParameterName)) { "$($match.Example): -$($parameter.ParameterName)" }
                    }
                }
            }

        }

        foreach ($id in $operations.Id | Get-Random -Count 30 -SetSeed 19) { (Find-MembraneCommand $id).OperationId | Should -Contain $id }

        $wrong | Should -BeNullOrEmpty
    }

    It 'understands how people write it: <Query>' -ForEach @(
        @{ Query = '/connections'; Command = 'Get-MembraneConnection', 'New-MembraneConnection' }
        @{ Query = 'GET /connections'; Command = 'Get-MembraneConnection' }
        @{ Query = 'get /connections/:id'; Command = 'Get-MembraneConnection' }
        @{ Query = 'https://api.getmembrane.com/actions/act_1/run?connectionId=con_1'; Command = 'Invoke-MembraneAction' }
        @{ Query = 'POST /connections/ensure {"appUrl": "x"}'; Command = 'Resolve-MembraneConnection' }
        @{ Query = 'listConnections'; Command = 'Get-MembraneConnection' }
        @{ Query = 'membrane connection list --json'; Command = 'Get-MembraneConnection' }
        @{ Query = 'npx @membranehq/cli action run act_1 --connectionId con_1 --input {}'; Command = 'Invoke-MembraneAction' }
        @{ Query = 'connection ensure https://slack.com'; Command = 'Resolve-MembraneConnection' }
        @{ Query = 'await membrane.connections.find()'; Command = 'Get-MembraneConnection' }
        @{ Query = "membrane.connection('con_x').archive()"; Command = 'Remove-MembraneConnection' }
        @{ Query = 'useIntegrations'; Command = 'Get-MembraneIntegration' }
        @{ Query = 'send a message to an agent'; Command = 'Send-MembraneAgentMessage' }
        @{ Query = 'delete connection'; Command = 'Remove-MembraneConnection' }
        @{ Query = 'run actions'; Command = 'Invoke-MembraneAction' }
        @{ Query = 'list tenants'; Command = 'Get-MembraneTenant' }
        @{ Query = 'GET /data-sources'; Command = 'Get-MembraneElement' }
        @{ Query = 'Wait-MembraneFlowRun'; Command = 'Wait-MembraneFlowRun' }
    ) {
        $found = @(Find-MembraneCommand $Query)
        foreach ($name in $Command) { $found.Command | Should -Contain $name }
        $found[0].Command | Should -BeIn $Command
        $found[0] | Should -BeOfType ([Membrane.CommandMatch])
    }

    It 'takes words without quotes, paths from the pipeline, and commands for the way back' {
        (Find-MembraneCommand membrane connection list)[0].Command | Should -Be 'Get-MembraneConnection'
        ('/tenants', '/customers' | Find-MembraneCommand -Method GET -WarningAction Ignore -ErrorAction Ignore -WarningVariable said).Command | Should -Be 'Get-MembraneTenant'
        "$said" | Should -BeLike "*'/tenants'*"
        (Find-MembraneCommand -Uri '/flow-runs*' -Method GET).Counterpart | Should -Contain 'GET /flow-runs/{id}'
        $back = Find-MembraneCommand -Command Stop-MembraneAgentSession
        $back.Counterpart | Should -Contain 'POST /agent/sessions/{id}/interrupt'
        $back.Counterpart | Should -Contain 'agent-session abort <id>'
        (Find-MembraneCommand -Command *-MembraneTenant).Command | Sort-Object -Unique | Should -Contain 'Restore-MembraneTenant'
    }

    It 'says where to look when it finds nothing, and survives what nobody writes' {
        $null = Find-MembraneCommand 'xyzzy plugh' -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike "*'xyzzy plugh'*about_Membrane*"
        foreach ($odd in '/', '//', '[', '(((', '-', '--', 'http://', 'https://[', '<', 'a', '{', '/connections/[', '%', "`u{0}", ('x' * 5000), '/{id}', '*') {
            { Find-MembraneCommand $odd -WarningAction Ignore } | Should -Not -Throw
            { Find-MembraneCommand -Uri $odd -WarningAction Ignore } | Should -Not -Throw
            { Find-MembraneCommand -Command $odd -WarningAction Ignore } | Should -Not -Throw
        }
    }
}

Describe 'about_Membrane' {
    It 'lists every command once, by task' {
        $text = Get-Help about_Membrane | Out-String -Width 200
        $start = $text.IndexOf('Commands by task')
        $start | Should -BeGreaterThan 0
        $listed = [regex]::Matches($text.Substring($start), '(?m)^\s+(?:- |\* )?([A-Z]\w+-Membrane\w*):') | ForEach-Object { $_.Groups[1].Value }
        $listed | Sort-Object | Should -Be ($commands | Sort-Object)
    }
}
