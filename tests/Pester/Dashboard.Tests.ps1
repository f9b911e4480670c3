# The emulator's dashboard from the side of PowerShell: opening it, and the commands that it gives for requests.
BeforeDiscovery {
    $bodies = @(
        @{ What = 'quotes, variables and ticks'; Body = "it's `"quoted`" with `$(Get-Date), ``ticks`` and 100% of {braces}" }
        @{ What = 'the four single quotes'; Body = "all single quotes: ' $([char]0x2018) $([char]0x2019) $([char]0x201A) $([char]0x201B); doubled '' and at the end '" }
        @{ What = 'the end of a here-string'; Body = "'@`nWrite-Output harmed`n@'" }
        @{ What = 'the end of the other'; Body = "`"@`r`n`$(Write-Output harmed)`r`n@`"" }
        @{ What = 'control characters'; Body = "a tab`t, a bell`a, an escape$([char]27)[31m, a null$([char]0), a delete$([char]127)" }
        @{ What = 'marks, accents and emoji'; Body = "marks: $([char]0x202E)turned$([char]0x202C) $([char]0x2028) $([char]0xFEFF) e$([char]0x0301), $([char]::ConvertFromUtf32(0x1F600)), $([char]0x00FC)" }
        @{ What = 'JSON on several lines'; Body = "{`r`n  `"text`" : `"a \`"b\`" \\ \n $([char]0x202E) '' `$x`",`n`t`"number`" : 1.50, `"list`": [ 1e3 , `" `" ]`n}" }
        @{ What = 'JSON with a name twice'; Body = '{"name":"Ada''s","same":1,"same":2}' }
        @{ What = 'an empty list'; Body = '[]' }
        @{ What = 'a space'; Body = ' ' }
        @{ What = 'a parameter'; Body = '-Method' }
        @{ What = 'a comment'; Body = '# no comment' }
    )
    $commands = @(
        @{ Method = 'GET'; Path = '/connections' }
        @{ Method = 'GET'; Path = '/connections?search=it%27s+%E2%80%98Ada%E2%80%99' }
        @{ Method = 'GET'; Path = '/connections?integrationKey=hubspot' }
        @{ Method = 'GET'; Path = '/connections/CONNECTION' }
        @{ Method = 'POST'; Path = '/connections/CONNECTION/test' }
        @{ Method = 'GET'; Path = '/integrations?search=slack' }
        @{ Method = 'GET'; Path = '/connectors' }
        @{ Method = 'GET'; Path = '/external-apps' }
        @{ Method = 'POST'; Path = '/connection-requests'; Body = '{"integrationKey":"slack"}' }
        @{ Method = 'GET'; Path = '/search?q=send+a+message' }
        @{ Method = 'GET'; Path = '/actions?connectionId=CONNECTION' }
        @{ Method = 'GET'; Path = '/actions?connectionId=CONNECTION&intent=make+a+contact' }
        @{ Method = 'POST'; Path = '/actions/create-contact/run?connectionId=CONNECTION'; Body = "{`"input`":{`"email`":`"ada@example.com`",`"firstName`":`"Ada's \n $([char]0x202E)`",`"age`":36.50}}" }
        @{ Method = 'POST'; Path = '/actions/create-contact/run?connectionId=CONNECTION'; Body = '{"input":{"email":5}}' }
        @{ Method = 'GET'; Path = '/action-run-logs' }
        @{ Method = 'POST'; Path = '/agent/sessions'; Body = '{"prompt":"Create an action to say it''s \u2018done\u2019"}' }
        @{ Method = 'GET'; Path = '/agent/sessions' }
        @{ Method = 'GET'; Path = '/flows' }
        @{ Method = 'GET'; Path = '/flow-runs' }
        @{ Method = 'GET'; Path = '/self' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $connection = (New-TestConnection).Id
    $client = [System.Net.Http.HttpClient]::new()
    $seed = if ($env:MEMBRANE_TEST_CHAOS_SEED) { [int] $env:MEMBRANE_TEST_CHAOS_SEED } else { Get-Random }

    # Sends text as any client would, and gives the request as the dashboard shows it.
    function Send-Text {
        param([string] $Path, [string] $Body, [string] $ContentType = 'application/json')
        $content = [System.Net.Http.ByteArrayContent]::new([System.Text.UTF8Encoding]::new($false).GetBytes($Body))
        $content.Headers.ContentType = [System.Net.Http.Headers.MediaTypeHeaderValue]::Parse($ContentType)
        $null = $client.PostAsync("$($Emulator.ApiUri)$Path", $content).GetAwaiter().GetResult()
        Get-NewestRequest
    }

    function Get-NewestRequest {
        $newest = (Invoke-RestMethod "$($Emulator.ApiUri)_emulator/dashboard").requests.arrived
        Invoke-RestMethod "$($Emulator.ApiUri)_emulator/requests/$newest"
    }

    # Runs a copied line; that the service refuses the request is no matter here.
    function Invoke-Line {
        param([string] $Line)
        $problems = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Line, [ref] $null, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        @($tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)).Count | Should -Be 1 -Because $Line
        @($tree.FindAll({ $args[0] -is [System.Management.Automation.Language.VariableExpressionAst] -or $args[0] -is [System.Management.Automation.Language.SubExpressionAst] }, $true)).Count | Should -Be 0 -Because $Line
        $Line | Should -Not -Match '[\x00-\x1f\x7f]'
        try { $null = & ([scriptblock]::Create($Line)) } catch { $null = $_ }
    }

    function ConvertTo-Canonical {
        param([string] $Json)
        # Numbers as they are written.
        [System.Text.Json.Nodes.JsonNode]::Parse($Json).ToJsonString()
    }

    function Assert-SameBody {
        param($Sent, $Copied, $Why)
        $isSame = $Sent -ceq $Copied
        if (-not $isSame -and $Sent -match '^\s*[{[]') { $isSame = (ConvertTo-Canonical $Sent) -ceq (ConvertTo-Canonical $Copied) }
        $isSame | Should -BeTrue -Because "'$Copied' was sent for '$Sent'$Why"
    }
}

AfterAll {
    $client.Dispose()
    Stop-TestWorkspace
}

Describe 'The command of a request' {
    It 'sends the same body: <What>' -ForEach $bodies {
        foreach ($type in 'application/json', 'text/plain; charset=utf-8') {
            $sent = Send-Text 'nothing/here?a=it%27s' $Body $type
            $sent.command | Should -BeLike 'Invoke-MembraneRequest *'
            Invoke-Line $sent.command
            $copied = Get-NewestRequest
            $copied.number | Should -Be ($sent.number + 1)
            Assert-SameBody $sent.body $copied.body
            $copied.path, $copied.query, $copied.method, $copied.headers.'Content-Type' | Should -Be $sent.path, $sent.query, $sent.method, $type
        }
    }

    It 'sends any text at random' {
        $random = [Random]::new($seed)
        $pool = @(0..0x7f | ForEach-Object { [string][char]$_ }) + @("'", '"', '`', '$', '@', "`n", "`r`n", "'@", '"@', '$(', '${', '{', '}', '\', '\"') * 8 +
        @(0x2018, 0x2019, 0x201A, 0x201B, 0x201C, 0x201D, 0x201E, 0x85, 0xA0, 0xAD, 0x301, 0x200D, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFFD, 0xFFFF | ForEach-Object { [string][char]$_ }) * 3 +
        @([char]::ConvertFromUtf32(0x1F600), [char]::ConvertFromUtf32(0xE0041))
        foreach ($round in 1..30) {
            $text = -join (1..$random.Next(1, 40) | ForEach-Object { $pool[$random.Next($pool.Count)] })
            if ($round % 2) { $text = '{ "text": "' + [regex]::Replace($text, '[\x00-\x1f"\\]', { '\u{0:x4}' -f [int] $args[0].Value[0] }) + '" }' }
            $sent = Send-Text 'nothing' $text ('text/plain', 'application/json')[$random.Next(2)]
            Invoke-Line $sent.command
            Assert-SameBody $sent.body (Get-NewestRequest).body " with the seed $seed (MEMBRANE_TEST_CHAOS_SEED)"
        }
    }

    It 'is one of the module, if there is one: <Method> <Path>' -ForEach $commands {
        $path = $Path.Replace('CONNECTION', $connection)
        try { $null = Invoke-MembraneRequest $path -Method $Method -Body $Body } catch { $null = $_ }
        $sent = Get-NewestRequest
        $sent.command | Should -Not -BeLike 'Invoke-MembraneRequest*'
        Clear-TestRequest
        Invoke-Line $sent.command
        $same = @(Get-TestRequest | Where-Object { $_.operationId -eq $sent.operationId })
        $same.Count | Should -Be 1 -Because $sent.command
        $same[0].path | Should -Be $sent.path
        $query = { @($args[0].query -split '&' | Where-Object { $_ -and $_ -notlike 'limit=*' } | ForEach-Object { [uri]::UnescapeDataString($_.Replace('+', ' ')) } | Sort-Object) }
        & $query $same[0] | Should -Be (& $query $sent)
        if ($Body) { ConvertTo-Canonical $same[0].body | Should -Be (ConvertTo-Canonical $sent.body) }
    }

    It 'has parameters that there are' {
        $templates = @(Get-Content -LiteralPath "$PSScriptRoot/../../src/Membrane.Emulator/Dashboard/commands.txt" | Where-Object { $_ -and $_ -notlike '#*' } | ForEach-Object { ($_ -split ': ', 2)[1] })
        $templates.Count | Should -BeGreaterThan 20
        $all = @{}
        Get-Command -Module Membrane | ForEach-Object { $all[$_.Name] = $_ }
        foreach ($template in $templates) {
            $tree = [System.Management.Automation.Language.Parser]::ParseInput(($template -replace '\{[^}]+\}', "'x'"), [ref] $null, [ref] $null)
            $call = $tree.Find({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
            $command = $all[$call.GetCommandName()]
            foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                $command.Parameters.Keys | Should -Contain $parameter.ParameterName -Because $template
            }
        }
    }
}

Describe 'Start-MembraneEmulator -Open' {
    BeforeAll { $savedBrowser = $env:BROWSER }
    AfterEach { $env:BROWSER = $savedBrowser }

    It 'opens the dashboard in the browser, and says nothing' -Skip:$IsWindows {
        $opened = Join-Path $TestDrive 'opened'
        $env:BROWSER = Join-Path $TestDrive 'browser'
        Set-Content $env:BROWSER "#!/bin/sh`necho `"`$1`" > '$opened'"
        chmod +x $env:BROWSER
        $null = Start-MembraneEmulator -Open -WhatIf
        $emulator = Start-MembraneEmulator -Open -WarningVariable warnings
        try {
            $warnings | Should -BeNullOrEmpty
            $emulator | Should -BeOfType ([Membrane.MembraneEmulator])
            # The browser is a process of its own and may still be writing.
            while (-not (Test-Path $opened) -or -not (Get-Content $opened)) { Start-Sleep -Milliseconds 25 }
            Get-Content $opened | Should -Be "$($emulator.ApiUri)"
            (Invoke-WebRequest (Get-Content $opened) -Headers @{ Accept = 'text/html' } -UseBasicParsing).Content | Should -BeLike '<!doctype html>*Membrane emulator*'
        }
        finally { $emulator | Stop-MembraneEmulator }
    }

    It 'warns with the address where no browser can be opened' -Skip:$IsWindows {
        foreach ($browser in $null, (Join-Path $TestDrive 'none')) {
            $env:BROWSER = $browser
            $emulator = Start-MembraneEmulator -Open -WarningVariable warnings -WarningAction SilentlyContinue
            try {
                "$warnings" | Should -BeLike "*The dashboard is at $($emulator.ApiUri). No browser*"
                (Invoke-RestMethod "$($emulator.ApiUri)_emulator/dashboard").requests.arrived | Should -Be 0
            }
            finally { $emulator | Stop-MembraneEmulator }
        }
    }
}
