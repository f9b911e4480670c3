# What a person sees at a terminal, and what a program reads that runs a command for one.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $savedHome = $env:MEMBRANE_HOME
    $env:MEMBRANE_HOME = (New-Item -ItemType Directory (Join-Path $TestDrive 'home')).FullName
    $developmentSecret = 'emulator-development-secret-not-for-production-0123456789abcdef0'
    $signIn = "Connect-Membrane -WorkspaceKey '$($Emulator.WorkspaceKey)' -WorkspaceSecret $developmentSecret -TenantKey console -ApiUri '$($Emulator.ApiUri)'"

    # A process of its own: its standard output and error are read, or it has a terminal of 60 columns, which answers as one.
    function Start-TestConsole {
        param([string] $Script, [switch] $Terminal, [switch] $ErrorByLine, [hashtable] $Variable = @{})
        $command = "`$ErrorActionPreference = 'Stop'; Import-Module '$env:MEMBRANE_TEST_MODULE'; $Script"
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
        Set-Content -LiteralPath $file -Value $command
        $start = [System.Diagnostics.ProcessStartInfo]::new($env:MEMBRANE_TEST_ENGINE)
        '-NoProfile', '-Command', "& '$file'" | ForEach-Object { $start.ArgumentList.Add($_) }
        if ($Terminal) {
            $start.FileName = 'script'
            $start.ArgumentList.Clear()
            '-qefc', "stty rows 40 cols 60 -echo; exec '$env:MEMBRANE_TEST_ENGINE' -NoProfile -File '$file'", '/dev/null' | ForEach-Object { $start.ArgumentList.Add($_) }
        }

        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        foreach ($name in 'DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER', 'SSH_CONNECTION', 'NO_COLOR', 'FORCE_HYPERLINK', 'CI', 'TERM_PROGRAM', 'VTE_VERSION', 'WT_SESSION') { $null = $start.Environment.Remove($name) }
        $start.Environment['TERM'] = 'xterm-256color'
        foreach ($name in $Variable.Keys) { $start.Environment[$name] = $Variable[$name] }
        $process = [System.Diagnostics.Process]::Start($start)
        [pscustomobject]@{ Process = $process; Error = if (-not $ErrorByLine) { $process.StandardError.ReadToEndAsync() }; Text = [System.Text.StringBuilder]::new(); Buffer = [char[]]::new(4096); Answered = 0 }
    }

    # Reads until the pattern is there, or the end; the place of the cursor is told where it is asked for.
    function Read-TestConsole {
        param($Console, [string] $Until)
        while (-not ($Until -and $Console.Text.ToString() -match $Until)) {
            $read = $Console.Process.StandardOutput.ReadAsync($Console.Buffer, 0, 4096)
            if (-not $read.Wait(60000)) { $Console.Process.Kill(); throw "Nothing comes any more after: $($Console.Text)" }
            if ($read.Result -eq 0) { break }
            $null = $Console.Text.Append($Console.Buffer, 0, $read.Result)
            $asked = [regex]::Matches($Console.Text.ToString(), '\e\[6n').Count
            for (; $Console.Answered -lt $asked; $Console.Answered++) { $Console.Process.StandardInput.Write("`e[1;1R"); $Console.Process.StandardInput.Flush() }
        }

        $Console.Text.ToString()
    }

    function Get-TestConsole {
        param([string] $Script, [switch] $Terminal, [hashtable] $Variable = @{})
        $console = Start-TestConsole -Script $Script -Terminal:$Terminal -Variable $Variable
        if (-not $Terminal) { $console.Process.StandardInput.Close() }
        $output = Read-TestConsole $console
        $console.Process.WaitForExit()
        [pscustomobject]@{ Output = $output; Error = $console.Error.Result }
    }

    # The code that the page shows to the person.
    function Get-TestCode {
        param([string] $Url, [switch] $Address)
        $handler = [System.Net.Http.HttpClientHandler]::new()
        $handler.AllowAutoRedirect = $false
        $form = [System.Collections.Generic.Dictionary[string, string]]::new()
        $form['email'] = 'ada@example.com'
        $form['tenantKey'] = 'ada'
        $form['decision'] = 'allow'
        $landed = [System.Net.Http.HttpClient]::new($handler).PostAsync($Url, [System.Net.Http.FormUrlEncodedContent]::new($form)).Result.Headers.Location.AbsoluteUri
        if ($Address) { return $landed }
        if ((Invoke-WebRequest -Uri $landed -UseBasicParsing).Content -notmatch 'id="code" value="([^"]+)"') { throw 'No code is shown.' }
        $Matches[1]
    }

}

AfterAll {
    $env:MEMBRANE_HOME = $savedHome
    Stop-TestWorkspace
}

Describe 'Standard output of a command that talks to a person' {
    It 'has nothing but the output, and the person reads the rest in standard error' {
        # Each command that says something to a person, with what it emits, and what is to be read in standard error.
        $script = @'
{0}
'[1]'; $request = New-MembraneConnectionRequest -IntegrationKey slack; $request.Status
'[2]'; (Connect-MembraneApp github -NoWait).Status
'[3]'; (Connect-Membrane -NonInteractive -ApiUri '{1}' -Name begun).Name
'[4]'; (Connect-Membrane -Interactive -ApiUri '{1}' -Name asked).Name
'[5]'; Select-MembraneContext default; $made = Get-MembraneIntegration weather-station | New-MembraneConnection
try {{ Wait-MembraneConnection $made.Id -TimeoutSec 1 }} catch {{ ($_.FullyQualifiedErrorId -split ',')[0] }}
'[6]'; try {{ Connect-MembraneApp -Connection $made.Id -TimeoutSec 1 }} catch {{ ($_.FullyQualifiedErrorId -split ',')[0] }}
'[7]'; (Start-MembraneMcpServer -Http -Connection $made.Id | Select-Object -First 1).Transport
'[8]'; (Connect-Membrane -Emulator -PassThru).Name; (Start-MembraneEmulator).GetType().Name
'@ -f $signIn, $Emulator.ApiUri
        $seen = Get-TestConsole $script
        $seen.Output.Trim() -split '\r?\n' | Should -Be '[1]', 'pending', '[2]', 'pending', '[3]', 'begun', '[4]', 'asked', '[5]', 'WaitTimeout', '[6]', 'WaitTimeout', '[7]', 'http', '[8]', 'default', 'MembraneEmulator' -Because $seen.Error
        $lines = $seen.Error -split '\r?\n'
        @($lines -match '^http\S+$').Count | Should -Be 5 -Because $seen.Error
        foreach ($line in '*sign in to it*Open this page:', '*pass the code that it shows to Complete-MembraneLogin*', 'There is no browser at hand*', '*needs you*Open this page:', 'MCP server listening on http*') {
            $lines -like $line | Should -Not -BeNullOrEmpty -Because "$line of $($seen.Error)"
        }

        $seen.Error | Should -Not -Match '\e\]8|WARNING|token='
    }

    It 'has the answer of a person who came meanwhile' {
        $console = Start-TestConsole "$signIn; (Connect-MembraneApp slack -Force).State" -ErrorByLine
        $console.Process.StandardInput.Close()
        while ($null -ne ($line = $console.Process.StandardError.ReadLine()) -and $line -notmatch '^http\S+$') { $before = $line }
        $before | Should -Be 'To connect Slack, sign in to it. Open this page (waiting up to 300 seconds):'
        Approve-TestRequest @{ Url = $line }
        (Read-TestConsole $console).Trim() | Should -Be 'READY'
    }

    It 'is not mixed with what another PowerShell reads as objects' {
        $script = "`$seen = & '$env:MEMBRANE_TEST_ENGINE' -NoProfile { param(`$m, `$s) Import-Module `$m; & ([scriptblock]::Create(`$s)); (Connect-MembraneApp github -NoWait).Status } -args '$env:MEMBRANE_TEST_MODULE', '$($signIn -replace "'", "''")'; `"[`$(`$seen.GetType().Name) `$seen]`""
        $seen = Get-TestConsole $script
        $text = $seen.Output -replace '\e\[[\d;]*m' -replace '\r?\n'
        $text | Should -Match '^WARNING: To connect GitHub, sign in to it\. Open this page: *http\S+cr_[0-9a-f]{24}\[String pending\]$' -Because ($seen.Output + $seen.Error)
        $seen.Error | Should -BeNullOrEmpty
    }
}

Describe 'A terminal' -Skip:(-not $IsLinux -or (Get-Command script, stty -ErrorAction Ignore).Count -ne 2) {
    It 'has each address whole on a line of its own, as a link where it has links, and files have it without' {
        $script = @'
{0}
New-MembraneConnectionRequest -IntegrationKey slack | Out-Null
Connect-MembraneApp github -NoWait -InformationVariable said | Out-Null
$null = Connect-Membrane -NonInteractive -ApiUri '{1}' -Name begun 6> '{2}'
"<<$($said[1])>>"
'@ -f $signIn, $Emulator.ApiUri, (Join-Path $TestDrive 'said.txt')
        $plain = (Get-TestConsole $script -Terminal).Output
        $plain | Should -Not -Match '\e\]8'
        $lines = $plain -replace '\e(\[[\d;?]*[a-zA-Z]|[=>])' -split '\r*\n'
        @($lines -match '^http\S+connectionRequestId=cr_[0-9a-f]{24}$').Count | Should -Be 2 -Because $plain
        $lines -match '^Context .default.: tenant .console. of workspace .emulator-workspace., at http' | Should -HaveCount 1
        $linked = (Get-TestConsole $script -Terminal -Variable @{ VTE_VERSION = '7600' }).Output
        $links = [regex]::Matches($linked, '(?m)^\e\]8;;(http\S+)\e\\(http\S+)\e\]8;;\e\\\r*$')
        $links.Count | Should -Be 2 -Because $linked
        foreach ($link in $links) { $link.Groups[1].Value | Should -Be $link.Groups[2].Value }
        $linked | Should -Match '<<http\S+>>'
        (Get-Content (Join-Path $TestDrive 'said.txt')) -match '^http\S+oauth/authorize\?\S+$' | Should -HaveCount 1
        foreach ($variable in @{ VTE_VERSION = '7600'; NO_COLOR = '1' }, @{ VTE_VERSION = '7600'; TERM = 'dumb' }, @{ VTE_VERSION = '7600'; FORCE_HYPERLINK = '0' }) {
            (Get-TestConsole "$signIn; New-MembraneConnectionRequest -IntegrationKey slack | Out-Null" -Terminal -Variable $variable).Output | Should -Not -Match '\e\]8'
        }
    }

    It 'shows a QR code that fits, and the token of an MCP server beside its address' {
        $script = "$signIn; New-MembraneConnectionRequest -IntegrationKey slack -ShowQRCode | Out-Null; Connect-MembraneApp github -NoWait -ShowQRCode -NoBrowser | Out-Null; Start-MembraneMcpServer -Http -Connection x -InformationVariable said | Select-Object -First 1 | ForEach-Object Address; `"<<`$said>>`""
        $seen = (Get-TestConsole $script -Terminal).Output
        $lines = @($seen -split '\r*\n' -match '^\e\[38;5;16;48;5;231m[ \u2580\u2584\u2588]+\e\[0m$')
        $lines.Count | Should -BeGreaterThan 40
        ($lines | ForEach-Object { ($_ -replace '\e\[[\d;]+m').Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 60
        $seen | Should -Match '(?m)^Clients send this header: Authorization: Bearer \S{30,}\r*$'
        $seen | Should -Match '<<MCP server listening on http://127.0.0.1:\d+/\S* \(Ctrl\+C ends it\)>>'
        $wide = (Get-TestConsole "$signIn; Connect-MembraneApp github -NoWait -ShowQRCode -RedirectUri 'https://example.com/$('x' * 600)' | Out-Null; `$null = Connect-Membrane -NonInteractive -ApiUri '$($Emulator.ApiUri)' -Name wide -ShowQRCode" -Terminal).Output
        $wide | Should -Match 'too long for a QR code that fits'
    }

    It 'takes the code of a sign-in at the prompt, and asks again where it is a wrong one' {
        $console = Start-TestConsole "Connect-Membrane -Interactive -ApiUri '$($Emulator.ApiUri)' -Name typed; (Get-MembraneIdentity).TenantKey" -Terminal
        $text = Read-TestConsole $console 'Code: '
        $url = [regex]::Match($text, '(?m)^http\S+oauth/authorize\?\S+').Value
        $console.Process.StandardInput.Write("not the code`n")
        $console.Process.StandardInput.Flush()
        $null = Read-TestConsole $console '(?s)not a code of a sign-in.*Code: '
        $console.Process.StandardInput.Write("$(Get-TestCode $url -Address)`n")
        $console.Process.StandardInput.Flush()
        $text = Read-TestConsole $console
        $text | Should -Match "Context 'typed': ada@example.com, tenant 'ada' of workspace"
        $text | Should -Match '(?m)^(\e\[\S*)?ada\r*$'
    }
}
