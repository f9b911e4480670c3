BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    $token = New-MembraneToken ada -AsPlainText
    $script:apiUri = $script:Emulator.ApiUri
    $secretParts = 'eyJ'

    # Starts a server in a process of its own, writes lines to it, closes its input, and gives the lines that it wrote.
    function Invoke-TestServer([string] $Command, [string[]] $Lines, [string[]] $Arguments = @(), [switch] $KeepOpen) {
        $start = [System.Diagnostics.ProcessStartInfo]::new($env:MEMBRANE_TEST_ENGINE)
        $start.Arguments = "-NoProfile -NonInteractive $($Arguments -join ' ') -Command `"`$ErrorActionPreference='Stop'; Import-Module '$env:MEMBRANE_TEST_MODULE'; $Command`""
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.StandardOutputEncoding = $start.StandardErrorEncoding = [System.Text.Encoding]::UTF8
        $start.UseShellExecute = $false
        $start.EnvironmentVariables['MEMBRANE_TOKEN'] = $token
        $start.EnvironmentVariables['MEMBRANE_API_URL'] = "$script:apiUri"
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $errors = $process.StandardError.ReadToEndAsync()
            $output = $process.StandardOutput.ReadToEndAsync()
            $utf8 = [System.Text.UTF8Encoding]::new($false)
            foreach ($line in $Lines) {
                $bytes = $utf8.GetBytes($line + "`n")
                $process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
            }

            $process.StandardInput.BaseStream.Flush()
            $process.StandardInput.Close()
            if (-not $process.WaitForExit(120000)) { throw "The server did not end: $($errors.Result)" }
            [pscustomobject]@{
                Lines = @($output.Result -split "`n" | Where-Object { $_ })
                Messages = @($output.Result -split "`n" | Where-Object { $_ } | ForEach-Object { $_ | ConvertFrom-Json })
                Errors = $errors.Result
                ExitCode = $process.ExitCode
            }
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }

    $hello = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}'
    $ready = '{"jsonrpc":"2.0","method":"notifications/initialized"}'
}

AfterAll { Stop-TestWorkspace }

Describe 'A server over standard input and output' {
    It 'lists and runs the actions of a connection, and ends with its input' {
        $result = Invoke-TestServer "Start-MembraneMcpServer -Connection hubspot" @(
            $hello, $ready,
            '{"jsonrpc":"2.0","id":2,"method":"tools/list"}',
            '{"jsonrpc":"2.0","id":"three","method":"tools/call","params":{"name":"hubspot_create-contact","arguments":{"email":"mcp@example.com","firstName":"Zoë 日本"},"_meta":{"progressToken":"p"}}}',
            '{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"nothing"}}',
            '{"jsonrpc":"2.0","id":5,"method":"nothing"}',
            'rubbish')
        $result.ExitCode | Should -Be 0 -Because $result.Errors
        $messages = $result.Messages
        ($messages | Where-Object id -EQ 1).result.protocolVersion | Should -Be '2025-11-25'
        ($messages | Where-Object id -EQ 2).result.tools.name | Should -Contain 'hubspot_create-contact'
        $answer = ($messages | Where-Object id -EQ 'three').result
        $answer.isError | Should -BeFalse
        $answer.structuredContent.email | Should -Be 'mcp@example.com'
        $answer.structuredContent.firstName | Should -Be 'Zoë 日本'
        @($messages | Where-Object method -EQ 'notifications/progress')[0].params.progressToken | Should -Be 'p'
        ($messages | Where-Object id -EQ 4).error.code | Should -Be -32602
        ($messages | Where-Object id -EQ 5).error.code | Should -Be -32601
        @($messages | Where-Object { $_.PSObject.Properties['error'] -and $null -eq $_.id }).error.code | Should -Be -32700
    }

    It 'reads its input itself where the host does not' {
        $result = Invoke-TestServer "Start-MembraneMcpServer -Connection hubspot -Dynamic" @($hello, $ready, '{"jsonrpc":"2.0","id":2,"method":"tools/list"}') -Arguments '-InputFormat', 'None'
        ($result.Messages | Where-Object id -EQ 2).result.tools.name | Should -Be 'find_actions', 'run_action'
    }

    It 'writes nothing but the protocol' {
        $result = Invoke-TestServer "Start-MembraneMcpServer -Connection hubspot -Verbose -Action *contact*" @($hello, $ready, '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"hubspot_create-contact","arguments":{"email":5}}}')
        foreach ($line in $result.Lines) { $line | Should -Match '^\{"jsonrpc":"2.0"' }
        $result.Messages.Count | Should -Be 2
        ($result.Messages | Where-Object id -EQ 2).result.isError | Should -BeTrue
        $result.Errors | Should -Match 'Serving'
        $result.Errors | Should -Not -Match $secretParts
    }

    It 'does not answer what was cancelled' {
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 4000; times = 1 }
        $result = Invoke-TestServer "Start-MembraneMcpServer -Connection hubspot" @(
            $hello, $ready,
            '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"hubspot_create-contact","arguments":{"email":"gone@example.com"}}}',
            '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}',
            '{"jsonrpc":"2.0","id":3,"method":"ping"}')
        Clear-TestFault
        $result.Messages.id | Should -Contain 3
        $result.Messages.id | Should -Not -Contain 2
    }

    It 'answers first, and says of a connection that is not there when the tools are asked for' {
        $result = Invoke-TestServer "Start-MembraneMcpServer -Connection nothing" @($hello, $ready, '{"jsonrpc":"2.0","id":2,"method":"tools/list"}')
        ($result.Messages | Where-Object id -EQ 1).result.serverInfo.name | Should -Be 'membrane'
        ($result.Messages | Where-Object id -EQ 2).error.message | Should -Match 'nothing'
        $result.Errors | Should -Match 'nothing'
        $result.ExitCode | Should -Be 0
    }

    It 'leaves out of the structured output what an app sends in another form than it says, and nothing of the text' {
        $action = New-MembraneAction -Name 'Odd' -Key odd -ConnectionId $crm.Id -Type 'api-request-to-external-app' -Config @{ request = @{ method = 'GET'; path = '/odd' } } -CustomOutputSchema @{ type = 'object'; required = @('never'); properties = @{ operation = @{ type = 'array' }; never = @{ type = 'string' } } }
        $result = Invoke-TestServer "Start-MembraneMcpServer -Connection hubspot -Action odd" @($hello, $ready, '{"jsonrpc":"2.0","id":2,"method":"tools/list"}', '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"hubspot_odd"}}')
        $schema = ($result.Messages | Where-Object id -EQ 2).result.tools[0].outputSchema
        $schema.type | Should -Be 'object'
        $schema.properties.operation.type | Should -Be 'array', 'null'
        $schema.PSObject.Properties.Name | Should -Not -Contain 'required'
        $answer = ($result.Messages | Where-Object id -EQ 3).result
        $answer.isError | Should -BeFalse -Because $answer.content[0].text
        $answer.structuredContent.PSObject.Properties.Name | Should -Not -Contain 'operation'
        ($answer.content[0].text | ConvertFrom-Json).PSObject.Properties.Name | Should -Contain 'operation'
        $action | Remove-MembraneAction -Confirm:$false
    }

    It 'refuses a token over HTTP that anybody could guess, or no header can carry' {
        foreach ($token in '0123456789', 'with a space in between', ('ü' * 20)) {
            $problem = Get-TestError { Start-MembraneMcpServer -Http -Connection hubspot -BearerToken $token }
            $problem.Exception.ErrorId | Should -Be 'InvalidInput'
            "$problem" | Should -Not -Match ([regex]::Escape($token))
        }
    }

    It 'says that a port is taken' {
        $problem = Get-TestError { Start-MembraneMcpServer -Http -Connection hubspot -Port $script:apiUri.Port }
        $problem.Exception.ErrorId | Should -Be 'InvalidInput'
        "$problem" | Should -Match "$($script:apiUri.Port)"
    }

    It 'serves over HTTP while the session goes on, and ends with the pipeline' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context) Import-Module $module; Start-MembraneMcpServer -Http -Connection hubspot -Context $context')
        $null = $shell.AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default))
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        try {
            $server = $output | Select-Object -First 1
            $server.Transport | Should -Be 'http'
            $server.Token | Should -BeOfType ([securestring])
            $token = [System.Net.NetworkCredential]::new('', $server.Token).Password
            $token.Length | Should -BeGreaterThan 30
            $shown = ($server | Format-List * -Force | Out-String), "$server", ($server | ConvertTo-Json), [System.Management.Automation.PSSerializer]::Serialize($server), "$($shell.Streams.Information)"
            foreach ($one in $shown) { $one | Should -Not -Match ([regex]::Escape($token)) }
            "$($shell.Streams.Information)" | Should -BeLike "*$($server.Address)*"
            "$($shell.Streams.Information)" | Should -Not -BeLike '*token=*'
            $answer = Invoke-RestMethod -Method Post -Uri $server.Address -Headers @{ Authorization = "Bearer $token" } -ContentType 'application/json' -Body $hello
            $answer.result.serverInfo.name | Should -Be 'membrane'
        }
        finally {
            $shell.Stop()
            $shell.Dispose()
        }

        { Invoke-RestMethod -Method Post -Uri $server.Address -ContentType 'application/json' -Body $hello } | Should -Throw
    }
}

Describe 'The configuration of clients' {
    It 'gives the address of the workspace''s server' {
        $server = Get-MembraneMcpServer
        $server.Address | Should -Be ([uri]::new($script:apiUri, 'mcp/integrate-anything'))
        $server.Transport | Should -Be 'http'
    }

    It 'keeps the path of the API''s address' {
        foreach ($address in 'https://gw.example/membrane', 'https://gw.example/membrane/') {
            Connect-Membrane -Token pat-0123456789abcdef0123456789 -ApiUri $address -Name gateway
            (Get-MembraneMcpServer -Context gateway).Address | Should -Be 'https://gw.example/membrane/mcp/integrate-anything'
            Disconnect-Membrane gateway
        }

        Select-MembraneContext default
    }

    It 'refers to the token, and does not hold it: <_>' -ForEach 'ClaudeCode', 'ClaudeDesktop', 'Cursor', 'VSCode', 'Codex', 'GeminiCli', 'Windsurf' {
        $server = Get-MembraneMcpServer -For $_
        $server.Configuration | Should -Match ([regex]::Escape($server.Address.AbsoluteUri))
        $server.Configuration | Should -Not -Match $secretParts
        $server.HasToken | Should -BeFalse
        if ($_ -ne 'Codex') { { $server.Configuration | ConvertFrom-Json } | Should -Not -Throw }
    }

    It 'holds the token where that is asked for, and never shows it by itself' {
        $server = Get-MembraneMcpServer -For Cursor -IncludeToken
        ($server.Configuration | ConvertFrom-Json).mcpServers.membrane.headers.Authorization | Should -Match '^Bearer eyJ'
        $server.HasToken | Should -BeTrue
        ($server | Out-String) | Should -Not -Match $secretParts
        ($server | Format-List | Out-String) | Should -Not -Match $secretParts
        "$server" | Should -Not -Match $secretParts
    }

    It 'has each client''s own form' {
        (Get-MembraneMcpServer ClaudeCode | ForEach-Object Configuration | ConvertFrom-Json).mcpServers.membrane.headers.Authorization | Should -Be 'Bearer ${MEMBRANE_TOKEN}'
        $code = Get-MembraneMcpServer VSCode | ForEach-Object Configuration | ConvertFrom-Json
        $code.servers.membrane.type | Should -Be 'http'
        $code.inputs[0].password | Should -BeTrue
        (Get-MembraneMcpServer Codex).Configuration | Should -Match '(?m)^bearer_token_env_var = "MEMBRANE_TOKEN"$'
    }

    It 'gives a call as long as an action may take, where the client has such a setting' {
        foreach ($local in @{}, @{ Local = $true; Connection = 'hubspot' }) {
            (Get-MembraneMcpServer ClaudeCode @local | ForEach-Object Configuration | ConvertFrom-Json).mcpServers.membrane.timeout | Should -Be 600000
            (Get-MembraneMcpServer GeminiCli @local | ForEach-Object Configuration | ConvertFrom-Json).mcpServers.membrane.timeout | Should -Be 600000
            (Get-MembraneMcpServer Codex @local).Configuration | Should -Match '(?m)^tool_timeout_sec = 600$'
            foreach ($client in 'ClaudeDesktop', 'Cursor', 'VSCode', 'Windsurf') { (Get-MembraneMcpServer $client @local).Configuration | Should -Not -Match 'timeout' }
        }

        (Get-MembraneMcpServer Codex).Configuration | Should -Not -Match 'startup_timeout'
        (Get-MembraneMcpServer Codex -Local -Connection hubspot).Configuration | Should -Match '(?m)^startup_timeout_sec = 60$'
    }

    It 'names an installed module, and not its path' {
        $start = [System.Diagnostics.ProcessStartInfo]::new($env:MEMBRANE_TEST_ENGINE)
        $data = Join-Path $TestDrive data
        $modules = if ($IsWindows) { $null } else { Join-Path $data 'powershell/Modules' }
        if (-not $modules) { Set-ItResult -Skipped -Because 'the folder of modules cannot be moved on Windows'; return }
        $null = New-Item -ItemType Directory -Path $modules
        Copy-Item -Recurse (Get-Module Membrane).ModuleBase (Join-Path $modules Membrane)
        $start.RedirectStandardOutput = $true
        $start.Environment['XDG_DATA_HOME'] = $data
        foreach ($argument in '-NoProfile', '-Command', "Import-Module '$modules/Membrane/Membrane.psd1'; `$null = Connect-Membrane -Token $token -ApiUri $script:apiUri; (Get-MembraneMcpServer -Local -Connection hubspot).CommandLine") { $start.ArgumentList.Add($argument) }
        $process = [System.Diagnostics.Process]::Start($start)
        $line = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        $line | Should -Match 'Start-MembraneMcpServer'
        $line | Should -Not -Match 'Import-Module'
    }

    It 'describes a local server' {
        $entry = (Get-MembraneMcpServer ClaudeCode -Local -Connection "o'brien", hubspot -Dynamic | ForEach-Object Configuration | ConvertFrom-Json).mcpServers.membrane
        $module = (Get-Module Membrane).ModuleBase.Replace("'", "''")
        $entry.args[-1] | Should -Be "Import-Module '$module$([System.IO.Path]::DirectorySeparatorChar)Membrane.psd1'; Start-MembraneMcpServer -Connection 'o''brien','hubspot' -Dynamic"
        $entry.env.MEMBRANE_TOKEN | Should -Be '${MEMBRANE_TOKEN}'
        $entry.env.MEMBRANE_API_URL | Should -Be $script:apiUri.AbsoluteUri
    }

    It 'starts the engine of this session, found by the client without its help' {
        $entry = (Get-MembraneMcpServer ClaudeCode -Local -Connection hubspot | ForEach-Object Configuration | ConvertFrom-Json).mcpServers.membrane
        $start = [System.Diagnostics.ProcessStartInfo]::new($entry.command)
        $entry.args | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        $start.Environment['MEMBRANE_TOKEN'] = $token
        $start.Environment['MEMBRANE_API_URL'] = $entry.env.MEMBRANE_API_URL
        # The module is not installed here: the client finds it by its path.
        $null = $start.Environment.Remove('PSModulePath')
        # What PowerShell puts on the PATH, and what makes the tool's own program start, are not there for a client.
        $null = $start.Environment.Remove('DOTNET_ROOT')
        if ([System.IO.Path]::IsPathRooted($entry.command)) {
            $start.Environment['PATH'] = @($env:PATH.Split([System.IO.Path]::PathSeparator) -ne $PSHOME) -join [System.IO.Path]::PathSeparator
        }

        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $process.StandardInput.WriteLine($hello)
            ($process.StandardOutput.ReadLine() | ConvertFrom-Json).result.serverInfo.name | Should -Be 'membrane'
            $process.StandardInput.Close()
            $process.WaitForExit(60000) | Should -BeTrue
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }

    It 'puts the token of the older server into its address' {
        $entry = (Get-MembraneMcpServer Cursor -ProductKey 'my product' | ForEach-Object Configuration | ConvertFrom-Json).mcpServers.membrane
        $entry.url | Should -Be 'https://mcp.integration.app/sse?productKey=my%20product&token=${env:MEMBRANE_TOKEN}'
        (Get-TestError { Get-MembraneMcpServer Codex -ProductKey p -ErrorAction Stop }).Exception.ErrorId | Should -Be 'InvalidInput'
    }
}
