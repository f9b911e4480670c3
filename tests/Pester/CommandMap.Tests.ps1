# docs/guides/coming-from-the-cli.md against seed-commands.txt, the module and the emulator.
BeforeDiscovery {
    $known = @(Get-Content -LiteralPath "$PSScriptRoot/seed-commands.txt" | Where-Object { $_ -and $_ -notlike '#*' })
    $flags = foreach ($line in $known -like 'flags |*') {
        $null, $command, $names = ($line -split '\|').Trim()
        foreach ($flag in -split $names) { @{ Command = $command; Flag = $flag } }
    }

    $lines = @($known -notlike 'flags |*' | ForEach-Object {
            $area, $theirs, $request = $_ -split ' \| '
            @{ Area = $area; Theirs = $theirs; Request = if ($area -eq 'rest' -and -not $request) { $theirs } else { $request } }
        })
    # Rows of tables: | `theirs` | `ours` | remark |
    $rows = @(Get-Content -LiteralPath "$PSScriptRoot/../../docs/guides/coming-from-the-cli.md" | Where-Object { $_ -match '^\| `' } | ForEach-Object {
            $cells = ($_ -split '(?<!\\)\|').Trim().Replace('\|', '|')
            if ($cells.Count -ge 5) {
                @{ Theirs = $cells[1].Trim('`'); Ours = $cells[2].Trim('`'); Remark = $cells[3]; Line = $_ }
            }
        })
    $commands = @($rows | Where-Object Ours -ne '—')
    $expected = foreach ($line in $lines) { $line + @{ Rows = @($rows | Where-Object Theirs -ceq $line.Theirs) } }
    $compared = foreach ($line in $lines | Where-Object { $_.Request -notin 'person', 'none' }) {
        $row = $rows | Where-Object Theirs -ceq $line.Theirs | Select-Object -First 1
        if ($row) { @{ Theirs = $line.Theirs; Ours = $row.Ours; Remark = $row.Remark; Request = $line.Request } }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    # A part of PowerShell, but not of every image of it.
    $notEverywhere = 'Install-PSResource', 'Install-Module'
    # The emulator runs no JavaScript.
    $refusedByEmulator = 'act --code <js> --connectionId <id>'

    # The commands of a piece of code, with what is wrong with them.
    function Get-CodeProblem {
        param([string] $Code)
        $problems = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $problems)
        foreach ($problem in $problems) { "$Code does not parse: $($problem.Message)" }
        foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $name = $call.GetCommandName()
            if ($name -in $notEverywhere) { continue }
            $command = Get-Command $name -ErrorAction Ignore
            if (-not $command) { "There is no command $name."; continue }
            if ($name -like '*-Membrane*' -and $command.ModuleName -ne 'Membrane') { "$name is of the module $($command.ModuleName)." }
            foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                # Whole names only: what is copied should not stop working when a parameter is added.
                if ($command.CommandType -eq 'Cmdlet' -and -not $command.Parameters.ContainsKey($parameter.ParameterName)) { "$name has no parameter -$($parameter.ParameterName)." }
            }
        }
    }

    # Everything that the examples name, in a workspace of its own.
    function Start-RowWorkspace {
        param([string] $Code)
        Start-TestWorkspace
        $request = New-MembraneConnectionRequest -IntegrationKey slack -Name 'Team chat' -ConnectionKey team-chat
        $waiting = New-MembraneConnectionRequest -IntegrationKey hubspot
        Approve-TestRequest $request
        $connection = Get-MembraneConnection ($request | Wait-MembraneConnectionRequest -TimeoutSec 30).ResultConnectionId
        $action = Get-MembraneAction post-message -Connection $connection
        $run = Invoke-MembraneAction $action $connection -InputObject @{ channel = '#general'; text = 'Hi' }
        $ids = @{
            con_abc123 = $connection.Id
            cnt_abc123 = $waiting.ConnectorId ?? (Get-MembraneIntegration hubspot).ConnectorId
            int_abc123 = $connection.IntegrationId
            app_abc123 = $connection.ExternalAppId
            req_abc123 = $waiting.RequestId
            act_abc123 = $action.Id
            log_abc123 = $run.ActionRunId
            msg_abc123 = $run.Output.id
        }
        if ($Code -match 'own_abc123') { $ids.own_abc123 = (New-MembraneAction 'Pin message' -Connection $connection -Type run-javascript -Config @{ code = 'export default () => 1' }).Id }
        if ($Code -match 'ses_abc123') { $ids.ses_abc123 = (New-MembraneAgentSession 'Build a connector for Notion (https://notion.so)' -Wait).Id }
        $ids
    }

    # Runs the code as it stands in the guide. Where a person is waited for, in a runspace of its own, and the person agrees.
    function Invoke-Row {
        param([string] $Code)
        $ConfirmPreference = 'None'
        $ErrorActionPreference = 'Stop'
        if ($Code -notmatch 'Connect-MembraneApp' -or $Code -match '-NoWait') {
            $null = & ([scriptblock]::Create($Code))
            return
        }

        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($module, $context, $code) Import-Module $module; $ErrorActionPreference = "Stop"; & ([scriptblock]::Create("$code -NoBrowser -TimeoutSec 60 -Context `$context"))')
            $null = $shell.AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($Code)
            $running = $shell.BeginInvoke()
            while (-not $running.IsCompleted -and -not $shell.Streams.Warning.Count) { Start-Sleep -Milliseconds 25 }
            if ("$($shell.Streams.Warning)" -match '(http\S+)') { Approve-TestRequest @{ Url = $Matches[1] } }
            $null = $shell.EndInvoke($running)
        }
        finally { $shell.Dispose() }
    }

    function Test-Placeholder { param($Value) $Value -is [string] -and $Value -match '^(<.*>|\.\.\.|…)$' }

    # Whether a request of the log is the one that the list describes, such as GET /actions?connectionId=<id>&limit=10
    function Test-Sent {
        param([string] $Description, $Sent)
        if ($Description -notmatch '^(?<method>[A-Z]+) (?<path>/[^?\s]*)(\?(?<query>\S+))?( (?<body>\{.*\}))?$') { throw "'$Description' is no request." }
        $method, $path, $query, $body = $Matches.method, $Matches.path, $Matches.query, $Matches.body
        $pattern = '^' + (($path -split '/' | ForEach-Object { if ($_ -match '^(:\w+|<\w+>)$') { '[^/]+' } else { [regex]::Escape($_) } }) -join '/') + '$'
        if ($Sent.method -cne $method -or $Sent.path -cnotmatch $pattern) { return $false }

        $sentQuery = @{}
        foreach ($pair in "$($Sent.query)".Split('&')) { $name, $value = $pair.Split('=', 2); $sentQuery[$name] = [uri]::UnescapeDataString("$value") }
        foreach ($pair in "$query".Split('&', [System.StringSplitOptions]::RemoveEmptyEntries)) {
            $name, $value = $pair.Split('=', 2)
            if (-not $sentQuery.ContainsKey($name)) { return $false }
            if (-not (Test-Placeholder $value) -and $sentQuery[$name] -ine [uri]::UnescapeDataString($value.Replace('+', ' '))) { return $false }
        }

        if ($body) {
            $sentBody = if ($Sent.body -is [string]) { $Sent.body | ConvertFrom-Json } else { $Sent.body }
            foreach ($member in ($body | ConvertFrom-Json).PSObject.Properties) {
                if ($sentBody.PSObject.Properties.Name -cnotcontains $member.Name) { return $false }
                if (Test-Placeholder $member.Value) { continue }
                # An order of members means nothing.
                $sorted = $member.Value, $sentBody.($member.Name) | ForEach-Object { if ($_ -is [pscustomobject]) { ($_.PSObject.Properties | Sort-Object Name | ForEach-Object { "$($_.Name)=$($_.Value | ConvertTo-Json -Compress)" }) -join ';' } else { "$_" } }
                if ($sorted[0] -cne $sorted[1]) { return $false }
            }
        }

        $true
    }

    $saved = $env:MEMBRANE_TOKEN, $env:MEMBRANE_WORKSPACE_SECRET
    Push-Location $TestDrive
}

AfterAll {
    Pop-Location
    $env:MEMBRANE_TOKEN, $env:MEMBRANE_WORKSPACE_SECRET = $saved
    Stop-TestWorkspace
}

Describe 'The guide for those who come from the CLI, the REST API or the SDK' {
    It 'has a row for <Area>: <Theirs>' -ForEach $expected {
        $Rows.Count | Should -BeGreaterThan 0
        foreach ($row in $Rows) {
            $row.Ours -eq '—' | Should -Be ($Request -eq 'none') -Because "the list says '$Request'"
        }
    }

    It 'has a row for every flag of <Command>: <Flag>' -ForEach @(foreach ($one in $flags) { $one + @{ Theirs = @($rows.Theirs) } }) {
        $begin = if ($Command) { [regex]::Escape($Command) + ' ' }
        @($Theirs -cmatch "^$begin(.* )?$([regex]::Escape($Flag))( |$)").Count | Should -BeGreaterThan 0
    }

    It 'has no row that the list does not know' -ForEach @{ Rows = $rows; Known = @($lines.Theirs) + 'con_abc123' } {
        $Rows | Where-Object { $_.Theirs -cnotin $Known } | ForEach-Object { $_.Line } | Should -BeNullOrEmpty
    }

    It 'names commands and parameters that exist: <Theirs>' -ForEach $commands {
        Get-CodeProblem $Ours | Should -BeNullOrEmpty
        foreach ($span in [regex]::Matches($Remark, '`([^`]+)`') | ForEach-Object { $_.Groups[1].Value }) {
            if ($span -match '^\w+-\w+') { Get-CodeProblem $span | Should -BeNullOrEmpty }
            elseif ($span -match '^-(\w+)') { Get-CodeProblem "$($Ours -replace '\s*\|.*$') -$($Matches[1])" | Should -BeNullOrEmpty }
        }
    }
}

Describe 'The right-hand side' {
    It 'sends what <Theirs> sends' -ForEach $compared {
        $ids = Start-RowWorkspace $Ours
        $env:MEMBRANE_TOKEN = New-MembraneToken ada -AsPlainText
        $env:MEMBRANE_WORKSPACE_SECRET = 'a-secret-of-the-guide-that-is-long-enough-for-a-signature-of-hs256'
        if ($Remark -match 'Connect-Membrane -Manager') { Connect-Membrane -Emulator -Manager }
        # Files to import are those of an export.
        if ($Ours -match '(Import|Compare)-MembraneWorkspace') { $null = Export-MembraneWorkspace -Force }
        $code = $Ours
        foreach ($name in $ids.Keys) { $code = $code.Replace($name, $ids[$name]) }
        Clear-TestRequest
        $isRefused = $Theirs -in $refusedByEmulator
        try { Invoke-Row $code } catch { if (-not $isRefused) { throw } }
        if ($Request -eq '-') { return }
        $log = @(Get-TestRequest)
        $same = @($log | Where-Object { Test-Sent $Request $_ })
        $same.Count | Should -BeGreaterThan 0 -Because "these were sent: $($log | ForEach-Object { "$($_.method) $($_.path)?$($_.query) $($_.body)`n" })"
        if (-not $isRefused) { $same[-1].status | Should -BeLessThan 300 }
    }
}
