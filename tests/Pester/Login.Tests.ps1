BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $pwsh = $env:MEMBRANE_TEST_ENGINE
    Start-TestWorkspace
    $api = $Emulator.ApiUri
    $folder = Join-Path $HOME '.membrane'
    $file = Join-Path $folder 'credentials.json'

    # What a person does on the sign-in page; gives where the browser is sent next.
    function Submit-TestSignIn {
        param([string] $Url, [string] $TenantKey = 'ada', [string] $Decision = 'allow')
        $handler = [System.Net.Http.HttpClientHandler]::new()
        $handler.AllowAutoRedirect = $false
        $browser = [System.Net.Http.HttpClient]::new($handler)
        $form = [System.Collections.Generic.Dictionary[string, string]]::new()
        $form['email'] = 'ada@example.com'
        $form['tenantKey'] = $TenantKey
        $form['decision'] = $Decision
        "$($browser.PostAsync($Url, [System.Net.Http.FormUrlEncodedContent]::new($form)).Result.Headers.Location.AbsoluteUri)"
    }

    # The code that the page shows to the person.
    function Get-TestCode {
        param([string] $Url, [string] $TenantKey = 'ada')
        $landed = Submit-TestSignIn -Url $Url -TenantKey $TenantKey
        $page = (Invoke-WebRequest -Uri $landed -UseBasicParsing).Content
        if ($page -notmatch 'id="code" value="([^"]+)"') { throw "No code is shown: $page" }
        $Matches[1]
    }

    function Connect-TestHeadless {
        param([string] $Name = 'default', [hashtable] $With = @{})
        $login = Connect-Membrane -NonInteractive -ApiUri $api -Name $Name @With
        Complete-MembraneLogin -Code (Get-TestCode $login.Url) -Name $Name -PassThru
    }

    function Read-TestSection { (Get-Content -LiteralPath $file -Raw | ConvertFrom-Json).'membrane-powershell' }

    # As if the token had been given out long ago.
    function Set-TestExpired {
        param([string] $Name = 'default')
        # Not ConvertFrom-Json: before PowerShell 7.5 it makes every text that looks like a date one.
        $content = [System.Text.Json.Nodes.JsonNode]::Parse((Get-Content -LiteralPath $file -Raw))
        $content['membrane-powershell']['signIns'][$Name]['expiresAt'] = '2020-01-01T00:00:00+00:00'
        Set-Content -LiteralPath $file -Value $content.ToJsonString()
    }

    # A process of its own, with the same home folder.
    function Invoke-TestProcess {
        param([string] $Script, [hashtable] $Variable = @{})
        $start = [System.Diagnostics.ProcessStartInfo]::new($pwsh)
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        '-NoProfile', '-NonInteractive', '-Command', "`$ErrorActionPreference = 'Stop'; Import-Module '$env:MEMBRANE_TEST_MODULE'; $Script" | ForEach-Object { $start.ArgumentList.Add($_) }
        foreach ($name in $Variable.Keys) { if ($null -eq $Variable[$name]) { $null = $start.Environment.Remove($name) } else { $start.Environment[$name] = $Variable[$name] } }
        $process = [System.Diagnostics.Process]::Start($start)
        $output = $process.StandardOutput.ReadToEndAsync()
        $problem = $process.StandardError.ReadToEndAsync()
        $process.WaitForExit()
        [pscustomobject]@{ Output = $output.Result.Trim(); Error = $problem.Result; ExitCode = $process.ExitCode }
    }

    # Runs the sign-in in a runspace of its own, with a browser that only notes the address.
    function Start-TestBrowserSignIn {
        param([string] $Parameters = '', [string] $After = '')
        $noted = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $browser = Join-Path $TestDrive 'browser.sh'
        Set-Content -LiteralPath $browser -Value "#!/bin/sh`nprintf %s `"`$1`" > '$noted.part' && mv '$noted.part' '$noted'`n" -NoNewline
        chmod +x $browser
        $env:BROWSER = $browser
        $shell = [powershell]::Create()
        $null = $shell.AddScript("`$ErrorActionPreference = 'Stop'; Import-Module '$env:MEMBRANE_TEST_MODULE'; Connect-Membrane -Interactive -ApiUri '$api' -PassThru $Parameters; $After")
        $running = $shell.BeginInvoke()
        $wait = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (Test-Path -LiteralPath $noted) -and -not $running.IsCompleted -and $wait.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 50 }
        [pscustomobject]@{ Shell = $shell; Running = $running; Url = if (Test-Path -LiteralPath $noted) { Get-Content -LiteralPath $noted -Raw } }
    }
}

AfterAll {
    Stop-TestWorkspace
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}

Describe 'Signing in without a browser at hand' {
    BeforeEach { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore }

    It 'prints the address, and ends with the code' {
        $login = Connect-Membrane -NonInteractive -ApiUri $api
        $login | Should -BeOfType ([Membrane.PendingLogin])
        $login.Url.AbsoluteUri | Should -BeLike "$($api)oauth/authorize?*code_challenge_method=S256*"
        $login.NextStep | Should -Be 'Complete-MembraneLogin -Code <code>'
        Complete-MembraneLogin (Get-TestCode $login.Url) | Should -BeNullOrEmpty
        $context = Get-MembraneContext default
        $context.AuthenticationType | Should -Be 'SignIn'
        $context.TenantKey | Should -Be 'ada'
        $context.Email | Should -Be 'ada@example.com'
        (Get-MembraneIdentity).TenantKey | Should -Be 'ada'
        @(Get-MembraneConnection).Count | Should -Be 0
    }

    It 'ends in another process, and is there for a third one' {
        $login = Connect-Membrane -NonInteractive -ApiUri $api -Name work
        $code = Get-TestCode $login.Url
        (Invoke-TestProcess "(Complete-MembraneLogin -Code '$code' -Name work -PassThru).TenantKey").Output | Should -Be 'ada'
        (Invoke-TestProcess 'Connect-Membrane -Name work; (Get-MembraneIdentity).TenantKey').Output | Should -Be 'ada'
        (Get-TestError { Connect-Membrane }).FullyQualifiedErrorId | Should -BeLike 'NotSignedIn,*'
    }

    It 'takes the whole address of the page, too, and refuses that of another sign-in' {
        $login = Connect-Membrane -NonInteractive -ApiUri $api
        $landed = Submit-TestSignIn $login.Url
        $problem = Get-TestError { Complete-MembraneLogin ($landed -replace 'state=', 'state=other') }
        $problem.FullyQualifiedErrorId | Should -BeLike 'SignInFailed,*'
        (Complete-MembraneLogin $landed -PassThru).TenantKey | Should -Be 'ada'
    }

    It 'takes a code as it was pasted: <Case>' -ForEach @(
        @{ Case = 'in double quotes'; Form = '"{0}"' }
        @{ Case = 'in typographic quotes'; Form = "`u{201C}{0}`u{201D}" }
        @{ Case = 'in German quotes'; Form = "`u{201E}{0}`u{201C}" }
        @{ Case = 'in back quotes'; Form = '`{0}`' }
        @{ Case = 'in brackets and quotes'; Form = " ('{0}') " }
        @{ Case = 'in angle brackets'; Form = '<{0}>' }
        @{ Case = 'with a byte order mark and a zero-width space'; Form = "`u{FEFF}{0}`u{200B}" }
        @{ Case = 'with marks of direction'; Form = "`u{2066}`u{202A}{0}`u{202C}`u{2069}" }
        @{ Case = 'with line ends'; Form = "`r`n{0}`r`n" }
    ) {
        $login = Connect-Membrane -NonInteractive -ApiUri $api
        (Complete-MembraneLogin $Form.Replace('{0}', (Get-TestCode $login.Url)) -PassThru).TenantKey | Should -Be 'ada'
        $login = Connect-Membrane -NonInteractive -ApiUri $api
        (Complete-MembraneLogin $Form.Replace('{0}', (Submit-TestSignIn $login.Url)) -PassThru).TenantKey | Should -Be 'ada'
    }

    It 'keeps what it needs to itself' {
        $login = Connect-Membrane -NonInteractive -ApiUri $api
        $verifier = (Read-TestSection).pending.default.codeVerifier
        $verifier | Should -Not -BeNullOrEmpty
        ($login | Format-List * -Force | Out-String) + ($login | ConvertTo-Json) | Should -Not -BeLike "*$verifier*"
        if (-not $IsWindows) {
            (Get-Item -LiteralPath $folder -Force).UnixMode | Should -Be 'drwx------'
            (Get-Item -LiteralPath $file).UnixMode | Should -Be '-rw-------'
        }
    }

    It 'says what is wrong with <Case>' -ForEach @(
        @{ Case = 'no begun sign-in'; Script = { Complete-MembraneLogin abc -Name nothing }; Id = 'SignInFailed' }
        @{ Case = 'a wrong code'; Script = { $null = Connect-Membrane -NonInteractive -ApiUri $api; Complete-MembraneLogin wrong }; Id = 'SignInFailed' }
        @{ Case = 'a code with spaces'; Script = { $null = Connect-Membrane -NonInteractive -ApiUri $api; Complete-MembraneLogin 'a b' }; Id = 'InvalidInput' }
        @{ Case = 'a choice that the browser makes'; Script = { Connect-Membrane -NonInteractive -ApiUri $api -Scope Tenant -TenantKey x }; Id = 'InvalidInput' }
        @{ Case = 'a workspace without a tenant'; Script = { Connect-Membrane -NonInteractive -ApiUri $api -WorkspaceKey x }; Id = 'InvalidInput' }
        @{ Case = 'an address without encryption'; Script = { Connect-Membrane -NonInteractive -ApiUri http://example.com }; Id = 'InvalidInput' }
    ) {
        (Get-TestError $Script).FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'does nothing with -WhatIf' {
        $login = Connect-Membrane -NonInteractive -ApiUri $api
        $code = Get-TestCode $login.Url
        Clear-TestRequest
        Complete-MembraneLogin $code -WhatIf
        Get-TestRequest | Should -BeNullOrEmpty
        (Complete-MembraneLogin $code -PassThru).TenantKey | Should -Be 'ada'
    }

    It 'acts for the tenant that was chosen with it, by the account' {
        $context = Connect-TestHeadless -With @{ WorkspaceKey = 'emulator-workspace'; TenantKey = 'chosen' }
        $context.TenantKey | Should -Be 'chosen'
        (Get-MembraneIdentity).TenantKey | Should -Be 'chosen'
        (Get-MembraneWorkspace).Key | Should -Be 'emulator-workspace'
        Connect-Membrane
        (Get-MembraneIdentity).TenantKey | Should -Be 'chosen'
        Connect-Membrane -Manager -WorkspaceKey emulator-workspace
        (Get-MembraneIdentity).Kind | Should -Be 'Manager'
    }
}

Describe 'Signing in with the browser' -Skip:$IsWindows {
    BeforeEach { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore }
    AfterEach { Remove-Item Env:BROWSER -ErrorAction Ignore }

    It 'opens the page, and comes back signed in' {
        $signIn = Start-TestBrowserSignIn -After '(Get-MembraneIdentity).TenantKey'
        $landed = Submit-TestSignIn $signIn.Url
        $landed | Should -BeLike 'http://127.0.0.1:*/callback?code=*'
        (Invoke-WebRequest -Uri $landed -UseBasicParsing).Content | Should -BeLike '*Back to PowerShell*'
        $output = $signIn.Shell.EndInvoke($signIn.Running)
        $signIn.Shell.Streams.Error | Should -BeNullOrEmpty
        $output[0].AuthenticationType | Should -Be 'SignIn'
        $output[1] | Should -Be 'ada'
        "$($signIn.Shell.Streams.Information)" | Should -BeLike "*$($signIn.Url)*"
        (Connect-Membrane -PassThru).Email | Should -Be 'ada@example.com'
    }

    It 'refuses a forged answer, says so on the page, and goes on waiting' {
        $signIn = Start-TestBrowserSignIn
        $landed = Submit-TestSignIn $signIn.Url
        $place = $landed -replace '\?.*'
        foreach ($forged in ($landed -replace 'state=', 'state=other'), "$place`?code=forged", "$place`?error=access_denied", $place) {
            $refused = Invoke-WebRequest -Uri $forged -UseBasicParsing -SkipHttpErrorCheck
            $refused.StatusCode | Should -Be 400
            $refused.Content | Should -BeLike '*goes on waiting*'
        }

        (Invoke-WebRequest -Uri ($place -replace 'callback', 'other') -UseBasicParsing -SkipHttpErrorCheck).StatusCode | Should -Be 404
        $signIn.Running.IsCompleted | Should -BeFalse
        (Invoke-WebRequest -Uri $landed -UseBasicParsing).Content | Should -BeLike '*Back to PowerShell*'
        $signIn.Shell.EndInvoke($signIn.Running)[0].TenantKey | Should -Be 'ada'
    }

    It 'says that the person refused' {
        $signIn = Start-TestBrowserSignIn
        $landed = Submit-TestSignIn $signIn.Url -Decision refuse
        $null = Invoke-WebRequest -Uri $landed -UseBasicParsing -SkipHttpErrorCheck
        "$(Get-TestError { $signIn.Shell.EndInvoke($signIn.Running) })" | Should -BeLike '*refused*'
    }

    It 'gives up after -TimeoutSec' {
        $signIn = Start-TestBrowserSignIn -Parameters '-TimeoutSec 1'
        $problem = Get-TestError { $signIn.Shell.EndInvoke($signIn.Running) }
        $problem.Exception.InnerException.ErrorRecord.FullyQualifiedErrorId | Should -BeLike 'SignInTimeout,*'
        $problem.Exception.InnerException.ErrorRecord.CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'ends on Ctrl-C, and listens no longer' {
        $signIn = Start-TestBrowserSignIn
        $landed = Submit-TestSignIn $signIn.Url
        $signIn.Shell.Stop()
        $signIn.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        { Invoke-WebRequest -Uri $landed -UseBasicParsing -SkipHttpErrorCheck } | Should -Throw
        Test-Path -LiteralPath $file | Should -BeFalse
    }

    It 'only begins where there is no browser: <Case>' -ForEach @(
        @{ Case = 'over SSH'; Variable = @{ SSH_CONNECTION = '10.0.0.1 1 10.0.0.2 22'; DISPLAY = ':0'; BROWSER = $null } }
        @{ Case = 'without a screen'; Variable = @{ DISPLAY = $null; WAYLAND_DISPLAY = $null; BROWSER = $null } }
    ) {
        $result = Invoke-TestProcess "`$login = Connect-Membrane -Interactive -ApiUri '$api' ; `$login.GetType().Name; `$login.Url.AbsoluteUri" -Variable $Variable
        $result.ExitCode | Should -Be 0 -Because $result.Error
        $result.Error | Should -BeLike "*no browser*Complete-MembraneLogin*$api*"
        $lines = $result.Output -split "`n"
        $lines[0].Trim() | Should -Be 'PendingLogin'
        (Complete-MembraneLogin (Get-TestCode $lines[1].Trim()) -PassThru).TenantKey | Should -Be 'ada'
    }

    It 'opens the page with BROWSER=<Value>' -ForEach @(
        @{ Value = 'PROGRAM --new-window'; Expected = '--new-window|ADDRESS' }
        @{ Value = 'PROGRAM --url=%s --end'; Expected = '--url=ADDRESS|--end' }
        @{ Value = 'PROGRAM "two words" %s &'; Expected = 'two words|ADDRESS' }
        @{ Value = '/nowhere/browser:/bin/false %s:PROGRAM'; Expected = 'ADDRESS' }
        @{ Value = ':PROGRAM :/bin/false'; Expected = 'ADDRESS' }
        @{ Value = "PROGRAM 'a`$(touch x)``b``;\'"; Expected = 'a$(touch x)`b`;\|ADDRESS' }
    ) {
        $noted = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $program = Join-Path $TestDrive 'words.sh'
        Set-Content -LiteralPath $program -Value "#!/bin/sh`nfor word in `"`$@`"; do printf '%s|' `"`$word`"; done > '$noted'`n" -NoNewline
        chmod +x $program
        $env:BROWSER = $Value.Replace('PROGRAM', $program)
        $problem = Get-TestError { Connect-Membrane -Interactive -ApiUri $api -TimeoutSec 1 -InformationAction Ignore }
        $problem.FullyQualifiedErrorId | Should -BeLike 'SignInTimeout,*'
        (Get-Content -LiteralPath $noted -Raw) -replace "$([regex]::Escape($api))[^|]*", 'ADDRESS' | Should -Be "$Expected|"
    }

    It 'tells where no browser could be started' {
        $env:BROWSER = '/nowhere/to/be/found'
        $told = & { try { Connect-Membrane -Interactive -ApiUri $api -TimeoutSec 1 } catch { $_.FullyQualifiedErrorId } } 3>&1 6>&1 | Out-String
        $told | Should -BeLike '*/oauth/authorize?*'
        $told | Should -BeLike '*No browser could be started*'
        $told | Should -BeLike '*SignInTimeout,*'
    }
}

Describe 'A stored sign-in' {
    BeforeEach { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore }

    It 'is refreshed when it has expired, in this process and in others' {
        $null = Connect-TestHeadless
        $before = (Read-TestSection).signIns.default
        Set-TestExpired
        Clear-TestRequest
        Connect-Membrane
        (Get-MembraneIdentity).TenantKey | Should -Be 'ada'
        $null = Get-MembraneConnection
        @(Get-TestRequest | Where-Object path -EQ '/oauth/token').Count | Should -Be 1
        $after = (Read-TestSection).signIns.default
        $after.refreshToken | Should -Not -Be $before.refreshToken
        $after.accessToken | Should -Not -Be $before.accessToken
        (Invoke-TestProcess 'Connect-Membrane; (Get-MembraneIdentity).TenantKey').Output | Should -Be 'ada'
        @(Get-TestRequest | Where-Object path -EQ '/oauth/token').Count | Should -Be 1
    }

    It 'is refreshed once by two processes at the same time' {
        $null = Connect-TestHeadless
        Set-TestExpired
        Clear-TestRequest
        $command = "Import-Module '$env:MEMBRANE_TEST_MODULE'; Connect-Membrane; (Get-MembraneIdentity).TenantKey"
        $jobs = 1..2 | ForEach-Object { Start-ThreadJob { & $using:pwsh -NoProfile -NonInteractive -Command $using:command } }
        ($jobs | Receive-Job -Wait -AutoRemoveJob) | Should -Be @('ada', 'ada')
        @(Get-TestRequest | Where-Object { $_.path -eq '/oauth/token' }).Count | Should -Be 1
    }

    It 'is refreshed when the service refuses its token before its time' {
        $null = Connect-TestHeadless
        Clear-TestRequest
        Add-TestFault @{ match = @{ path = '/self' }; status = 401; body = @{ type = 'bad_request'; key = 'not_authenticated'; message = 'no' }; times = 1 }
        (Get-MembraneIdentity).TenantKey | Should -Be 'ada'
        @(Get-TestRequest | Where-Object path -EQ '/oauth/token').Count | Should -Be 1
    }

    It 'leaves what other programs keep in the file as it was, and is safe against two processes writing' {
        $null = New-Item -ItemType Directory -Path $folder -Force
        $theirs = "{`n  `"accessToken`" : `"theirs`", `"expires`": 1700000000.50,`n  `"list`":[1, 2,{`"x`":null}]"
        Set-Content -LiteralPath $file -Value "$theirs`n}" -NoNewline
        $jobs = 'a', 'b' | ForEach-Object {
            $command = "`$ErrorActionPreference = 'Stop'; Import-Module '$env:MEMBRANE_TEST_MODULE'; 1..10 | ForEach-Object { `$null = Connect-Membrane -NonInteractive -ApiUri '$api' -Name `"$_-`$_`" -InformationAction Ignore }"
            Start-ThreadJob { & $using:pwsh -NoProfile -NonInteractive -Command $using:command }
        }

        $jobs | Receive-Job -Wait -AutoRemoveJob | Should -BeNullOrEmpty
        $content = Get-Content -LiteralPath $file -Raw
        $content.StartsWith($theirs) | Should -BeTrue -Because $content
        @((Read-TestSection).pending.psobject.Properties).Count | Should -Be 20
    }

    It 'is not stored in a damaged file, which stays as it is' {
        $null = New-Item -ItemType Directory -Path $folder -Force
        Set-Content -LiteralPath $file -Value '{"token":"theirs"' -NoNewline
        Clear-TestRequest
        foreach ($command in { Connect-Membrane -NonInteractive -ApiUri $api }, { Connect-Membrane }, { Complete-MembraneLogin abc }) {
            $problem = Get-TestError $command
            $problem.FullyQualifiedErrorId | Should -BeLike 'CredentialStore,*'
            "$problem" | Should -BeLike "*$file*"
        }

        Get-Content -LiteralPath $file -Raw | Should -Be '{"token":"theirs"'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'says so before anybody signs in, where the home folder cannot be written to' -Skip:(-not $IsLinux) {
        # /proc takes no new folders from anybody, not even from root.
        # PowerShell itself does not start with such a home folder.
        Clear-TestRequest
        $result = Invoke-TestProcess "`$env:HOME = '/proc'; try { Connect-Membrane -NonInteractive -ApiUri '$api' } catch { `$_.FullyQualifiedErrorId }; Connect-Membrane -Emulator; (Get-MembraneIdentity).TenantKey"
        $lines = $result.Output -split "`n"
        $lines[0] | Should -BeLike 'CredentialStore,*' -Because $result.Error
        $lines[1] | Should -Be 'emulator-tenant'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'is not needed where there is no home folder' -Skip:$IsWindows {
        $result = Invoke-TestProcess "Connect-Membrane -Emulator; (Get-MembraneIdentity).TenantKey" -Variable @{ HOME = $null }
        $result.ExitCode | Should -Be 0 -Because $result.Error
        $result.Output | Should -Be 'emulator-tenant'
    }

    It 'is kept below <Variables>, as the CLI would, and not with the person who runs the tests' -ForEach @(
        @{ Variables = 'HOME or on Windows USERPROFILE'; Names = 'HOME', 'USERPROFILE'; Place = '.membrane/credentials.json' }
        @{ Variables = 'MEMBRANE_HOME'; Names = @('MEMBRANE_HOME'); Place = 'credentials.json' }
    ) {
        $other = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $environment = @{}
        $Names | ForEach-Object { $environment[$_] = $other }
        $result = Invoke-TestProcess "`$null = Connect-Membrane -NonInteractive -ApiUri '$api'" -Variable $environment
        $result.ExitCode | Should -Be 0 -Because $result.Error
        Join-Path $other $Place | Should -Exist
        $file | Should -Not -Exist
    }

    It 'is nowhere where MEMBRANE_HOME is no whole path, and other ways to sign in go on' {
        $result = Invoke-TestProcess "try { Connect-Membrane -NonInteractive -ApiUri '$api' } catch { `$_.FullyQualifiedErrorId; `"`$_`" }; Connect-Membrane -Emulator; (Get-MembraneIdentity).TenantKey" -Variable @{ MEMBRANE_HOME = 'somewhere' }
        $lines = $result.Output -split "`n"
        $lines[0] | Should -BeLike 'InvalidInput,*' -Because $result.Error
        $lines[1] | Should -BeLike '*MEMBRANE_HOME*'
        $lines[-1] | Should -Be 'emulator-tenant'
    }

    It 'that was renewed and cannot be stored goes on with a warning, and is stored when it can be' {
        $null = Connect-TestHeadless
        Set-TestExpired
        $kept = Get-Content -LiteralPath $file -Raw
        Clear-TestRequest
        Add-TestFault @{ match = @{ path = '/oauth/token' }; delayMs = 2000; times = 1 }
        $shell = [powershell]::Create()
        $null = $shell.AddScript("`$ErrorActionPreference = 'Stop'; Import-Module '$env:MEMBRANE_TEST_MODULE'; Connect-Membrane; (Get-MembraneIdentity).TenantKey")
        $running = $shell.BeginInvoke()
        try {
            while (-not $running.IsCompleted -and -not (Get-TestRequest | Where-Object path -EQ '/oauth/token')) { Start-Sleep -Milliseconds 20 }
            Set-Content -LiteralPath $file -Value '{' -NoNewline
            $shell.EndInvoke($running) | Should -Be 'ada'
            @($shell.Streams.Warning).Count | Should -Be 1
            "$($shell.Streams.Warning)" | Should -BeLike "*renewed*$file*"
            Set-Content -LiteralPath $file -Value $kept -NoNewline
            $shell.Commands.Clear()
            $shell.Streams.ClearStreams()
            $shell.AddScript('(Get-MembraneIdentity).TenantKey').Invoke() | Should -Be 'ada'
            @($shell.Streams.Warning).Count | Should -Be 0
        }
        finally { $shell.Dispose() }

        (Read-TestSection).signIns.default.accessToken | Should -Not -Be ($kept | ConvertFrom-Json).'membrane-powershell'.signIns.default.accessToken
        Set-TestExpired
        (Invoke-TestProcess 'Connect-Membrane; (Get-MembraneIdentity).TenantKey').Output | Should -Be 'ada'
    }

    It 'is not used for another address' {
        $null = Connect-TestHeadless
        Clear-TestRequest
        $problem = Get-TestError { Connect-Membrane -ApiUri http://127.0.0.1:9 }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotSignedIn,*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'of an account serves several tenants and workspaces side by side, also while it is refreshed' {
        $null = Connect-TestHeadless -With @{ WorkspaceKey = 'emulator-workspace'; TenantKey = 'ada' }
        Connect-Membrane -TenantKey grace -Name g
        Connect-Membrane -Manager -Name m
        (Get-MembraneContext g).WorkspaceKey | Should -Be 'emulator-workspace'
        'default', 'g', 'm', 'default' | ForEach-Object { $id = Get-MembraneIdentity -Context $_; if ($id.TenantKey) { $id.TenantKey } else { "$($id.Kind)" } } | Should -Be 'ada', 'grace', 'Manager', 'ada'
        (Get-MembraneContext g).Email | Should -Be 'ada@example.com'
        @((Read-TestSection).signIns.psobject.Properties).Name | Should -Be 'default'
        # One refresh token for all of them, which is good once.
        Set-TestExpired
        Disconnect-Membrane -All
        Connect-Membrane
        Connect-Membrane -TenantKey grace -Name g
        Connect-Membrane -TenantKey linus -Name l -SignInName default
        'l', 'default', 'g' | ForEach-Object { (Get-MembraneIdentity -Context $_).TenantKey } | Should -Be 'linus', 'ada', 'grace'
        (Invoke-TestProcess 'Connect-Membrane -TenantKey eve -Name e; (Get-MembraneIdentity).TenantKey').Output | Should -Be 'eve'
        Disconnect-Membrane -All
    }

    It 'is named where it is not clear which one is meant' {
        $null = Connect-TestHeadless
        (Get-TestError { Connect-Membrane -TenantKey grace -Name g }).Exception.Message | Should -BeLike "*'g'*There is 'default'*"
        $null = Connect-TestHeadless -Name one -With @{ TenantKey = 'ada' }
        # The only account.
        (Connect-Membrane -TenantKey grace -Name g -PassThru).TenantKey | Should -Be 'grace'
        $null = Connect-TestHeadless -Name two -With @{ TenantKey = 'ada' }
        $problem = Get-TestError { Connect-Membrane -TenantKey grace -Name g }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotSignedIn,*'
        "$($problem.ErrorDetails.RecommendedAction)" | Should -BeLike '*-SignInName*'
        (Connect-Membrane -TenantKey grace -Name g -SignInName two -PassThru).TenantKey | Should -Be 'grace'
        "$(Get-TestError { Connect-Membrane -Name g })" | Should -BeLike "*'one', 'two'*"
        "$(Get-TestError { Connect-Membrane -SignInName three })" | Should -BeLike "*'three'*"
        Disconnect-Membrane -All
    }

    It 'comes after the environment variables' {
        $null = Connect-TestHeadless
        $env:MEMBRANE_WORKSPACE_KEY = 'acme'
        $env:MEMBRANE_WORKSPACE_SECRET = 'secret'
        $env:MEMBRANE_TENANT_KEY = 'from-environment'
        try { (Connect-Membrane -PassThru).TenantKey | Should -Be 'from-environment' }
        finally { 'KEY', 'SECRET' | ForEach-Object { [Environment]::SetEnvironmentVariable("MEMBRANE_WORKSPACE_$_", $null) }; $env:MEMBRANE_TENANT_KEY = $null }
    }

    It 'stays after Disconnect-Membrane, and ends with -Revoke' {
        $null = Connect-TestHeadless
        $token = (Read-TestSection).signIns.default.accessToken
        Disconnect-Membrane
        Connect-Membrane
        Disconnect-Membrane -Revoke -WhatIf
        (Get-MembraneIdentity).TenantKey | Should -Be 'ada'
        Disconnect-Membrane -Revoke
        (Get-TestError { Connect-Membrane }).FullyQualifiedErrorId | Should -BeLike 'NotSignedIn,*'
        Test-MembraneToken $token -Online -ApiUri $api | Should -BeFalse
    }

    It 'stays where it could not be revoked' {
        $null = Connect-TestHeadless
        Add-TestFault @{ match = @{ path = '/oauth/revoke' }; status = 400; times = 1 }
        { Disconnect-Membrane -Revoke -ErrorAction Stop } | Should -Throw
        (Get-MembraneContext default).IsConnected | Should -BeTrue
        Disconnect-Membrane -Revoke
    }

    It 'stays alone where it could not be revoked with -All' {
        $null = Connect-TestHeadless
        $null = Connect-TestHeadless -Name second
        $other = Connect-Membrane -Emulator -Name other -PassThru
        Add-TestFault @{ match = @{ path = '/oauth/revoke' }; status = 400; times = 1 }
        Disconnect-Membrane -All -Revoke -ErrorVariable problems -ErrorAction SilentlyContinue
        @($problems).Count | Should -Be 1
        $problems[0].TargetObject | Should -Be 'default'
        $other.IsConnected | Should -BeFalse
        @(Get-MembraneContext).Name | Should -Be 'default'
        @((Read-TestSection).signIns.psobject.Properties).Name | Should -Be 'default'
        Disconnect-Membrane default -Revoke
    }

    It 'is enough for a local MCP server only where it is the one that the server takes by itself' {
        $null = Connect-TestHeadless
        (Get-MembraneMcpServer -Local -Connection hubspot).TokenVariable | Should -BeNullOrEmpty
        $null = Connect-TestHeadless -Name work
        (Get-MembraneMcpServer -Local -Connection hubspot).TokenVariable | Should -Be 'MEMBRANE_TOKEN'
        Disconnect-Membrane -All -Revoke
        $null = Connect-TestHeadless -With @{ WorkspaceKey = 'emulator-workspace'; TenantKey = 'ada' }
        (Get-MembraneMcpServer -Local -Connection hubspot).TokenVariable | Should -BeNullOrEmpty
        Connect-Membrane -WorkspaceKey emulator-workspace -TenantKey ada
        (Get-MembraneMcpServer -Local -Connection hubspot).TokenVariable | Should -BeNullOrEmpty
        Connect-Membrane -WorkspaceKey emulator-workspace -TenantKey grace
        (Get-MembraneMcpServer -Local -Connection hubspot).TokenVariable | Should -Be 'MEMBRANE_TOKEN'
        Connect-Membrane -WorkspaceKey emulator-workspace -Manager
        (Get-MembraneMcpServer -Local -Connection hubspot).TokenVariable | Should -Be 'MEMBRANE_TOKEN'
        Connect-Membrane
        Disconnect-Membrane -All -Revoke
    }

    It 'is required for -Revoke' {
        Connect-Membrane -Emulator -Name other
        (Get-TestError { Disconnect-Membrane other -Revoke -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        Disconnect-Membrane other
    }

    It 'ends for a session whose sign-in another one has revoked' {
        $null = Connect-TestHeadless
        Set-TestExpired
        Connect-Membrane
        $null = Invoke-RestMethod -Method Post -Uri "$($api)oauth/revoke" -Body @{ token = (Read-TestSection).signIns.default.refreshToken }
        $problem = Get-TestError { Get-MembraneIdentity }
        $problem.FullyQualifiedErrorId | Should -BeLike 'SignInEnded,*'
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'shows no secret in any stream' {
        $login = Connect-Membrane -NonInteractive -ApiUri $api
        $verifier = (Read-TestSection).pending.default.codeVerifier
        $code = Get-TestCode $login.Url
        $streams = & {
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            Complete-MembraneLogin $code -PassThru | Format-List * -Force | Out-String
            Set-TestExpired
            Connect-Membrane -PassThru | Format-List * -Force | Out-String
            Get-MembraneIdentity | Format-List * -Force | Out-String
            try { Complete-MembraneLogin wrong } catch { $_ | Format-List * -Force | Out-String }
            Select-MembraneContext default
            Add-TestFault @{ match = @{ path = '/self' }; status = 500; times = 1 }
            try { Get-MembraneIdentity -ErrorAction Stop } catch { $_ | Format-List * -Force | Out-String; $_.Exception | Format-List * -Force | Out-String }
            Get-MembraneContext | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue
            Disconnect-Membrane -Revoke
        } *>&1 | Out-String
        $streams | Should -BeLike '*/self*'
        foreach ($secret in $verifier, $code, 'eyJ', 'rt-grant') { $streams | Should -Not -BeLike "*$secret*" }
    }
}

Describe 'A sign-in that root stores in the home of another user' -Skip:($IsWindows -or -not (Get-Command id -ErrorAction Ignore) -or (id -u) -ne 0) {
    BeforeAll {
        $theirs = Join-Path $TestDrive 'theirs'
        function Get-TestOwner([string] $Path) { "$(stat -c '%u:%g %a' $Path)" }
        function Save-TestSignIn {
            $login = Connect-Membrane -NonInteractive -ApiUri $api -Name theirs
            $null = Complete-MembraneLogin -Code (Get-TestCode $login.Url) -Name theirs
        }
    }

    BeforeEach {
        $null = New-Item -ItemType Directory $theirs
        chown 12345:23456 $theirs
        $env:MEMBRANE_HOME = Join-Path $theirs '.membrane'
    }

    AfterEach {
        Remove-Item Env:MEMBRANE_HOME
        Remove-Item -LiteralPath $theirs -Recurse -Force
    }

    It 'belongs to that user, with its folder and its lock' {
        Save-TestSignIn
        Get-TestOwner $env:MEMBRANE_HOME | Should -Be '12345:23456 700'
        $files = Get-ChildItem -LiteralPath $env:MEMBRANE_HOME -Force
        $files.Count | Should -Be 2
        foreach ($one in $files) { Get-TestOwner $one.FullName | Should -BeLike '12345:23456 6*' }
        Get-TestOwner (Join-Path $env:MEMBRANE_HOME 'credentials.json') | Should -Be '12345:23456 600'
    }

    It 'keeps the owner that the file has' {
        $null = New-Item -ItemType Directory $env:MEMBRANE_HOME
        Set-Content (Join-Path $env:MEMBRANE_HOME 'credentials.json') '{}'
        chown 12345:23456 $env:MEMBRANE_HOME
        chown 34567:23456 (Join-Path $env:MEMBRANE_HOME 'credentials.json')
        Save-TestSignIn
        Get-TestOwner (Join-Path $env:MEMBRANE_HOME 'credentials.json') | Should -Be '34567:23456 600'
    }

    It 'gives that user nothing that a link points to' {
        $null = New-Item -ItemType Directory $env:MEMBRANE_HOME
        chown 12345:23456 $env:MEMBRANE_HOME
        $mine = Join-Path $TestDrive 'mine'
        Set-Content $mine 'of root'
        $null = New-Item -ItemType SymbolicLink (Join-Path $env:MEMBRANE_HOME 'credentials.json.powershell.lock') -Target $mine
        Save-TestSignIn
        Get-TestOwner $mine | Should -BeLike '0:0 *'
    }

    It 'is refused where the owner cannot be kept, and nothing is left behind' -Skip:(-not (Get-Command unshare -ErrorAction Ignore)) {
        $null = New-Item -ItemType Directory $env:MEMBRANE_HOME
        chown 12345:23456 $env:MEMBRANE_HOME
        # Root without the right to give files away, as in a container.
        $script = "Import-Module '$env:MEMBRANE_TEST_MODULE'; try { Connect-Membrane -NonInteractive -ApiUri '$api' -Name theirs } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $seen = setpriv --bounding-set=-chown --inh-caps=-chown $pwsh -NoProfile -NonInteractive -Command $script | Out-String
        $seen | Should -BeLike 'CredentialStore,*owner*'
        @(Get-ChildItem -LiteralPath $env:MEMBRANE_HOME -Force).Count | Should -Be 0
    }
}
