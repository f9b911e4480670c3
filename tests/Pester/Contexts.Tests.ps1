BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $variables = 'MEMBRANE_TOKEN', 'MEMBRANE_ACCESS_TOKEN', 'MEMBRANE_API_URL', 'MEMBRANE_API_URI', 'MEMBRANE_WORKSPACE_KEY', 'MEMBRANE_WORKSPACE_SECRET', 'MEMBRANE_TENANT_KEY', 'MEMBRANE_TEST_CUSTOMER_ID'
    Start-TestWorkspace
    $secret = 'c2VjcmV0LWZvci10aGUtdGVzdHMtb25seQ'

    # A token as any JWT library makes it, by hand.
    function New-TestToken {
        param([hashtable] $Claim, [string] $Secret = 'x')
        $encode = { param($bytes) [Convert]::ToBase64String($bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
        $head = & $encode ([Text.Encoding]::UTF8.GetBytes('{"alg":"HS256","typ":"JWT"}'))
        $body = & $encode ([Text.Encoding]::UTF8.GetBytes(($Claim | ConvertTo-Json -Compress)))
        $mac = [System.Security.Cryptography.HMACSHA256]::new([Text.Encoding]::UTF8.GetBytes($Secret))
        "$head.$body." + (& $encode ($mac.ComputeHash([Text.Encoding]::UTF8.GetBytes("$head.$body"))))
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Connect-Membrane' {
    AfterEach { foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $null) } }

    It 'takes the address from MEMBRANE_API_URL, however it signs in' {
        $env:MEMBRANE_API_URL = 'http://127.0.0.1:9/'
        $token = New-MembraneToken ada -WorkspaceKey acme -WorkspaceSecret $secret
        $signIns = @(
            { Connect-Membrane -WorkspaceKey acme -WorkspaceSecret $secret -TenantKey ada -Name address -PassThru }
            { Connect-Membrane -Token $token.Token -Name address -PassThru }
            { Connect-Membrane -TokenScript { 'x' } -Name address -PassThru }
        )
        foreach ($signIn in $signIns) { (& $signIn).ApiUri | Should -Be 'http://127.0.0.1:9/' }
        (Connect-Membrane -TokenScript { 'x' } -ApiUri http://127.0.0.1:7 -Name address -PassThru).ApiUri | Should -Be 'http://127.0.0.1:7/'
        Disconnect-Membrane address
    }

    It 'takes what New-MembraneToken emits for -Token' {
        $token = New-MembraneToken bob -WorkspaceKey acme -WorkspaceSecret $secret
        $context = Connect-Membrane -Token $token -Name token -PassThru
        $context.TenantKey | Should -Be bob
        Disconnect-Membrane token
    }

    It 'signs in with a workspace secret given as <Kind>' -ForEach @(
        @{ Kind = 'text'; Secret = { 'short' } }
        @{ Kind = 'a SecureString'; Secret = { ConvertTo-SecureString 'short' -AsPlainText -Force } }
    ) {
        $other = Start-MembraneEmulator -WorkspaceKey acme -WorkspaceSecret 'short'
        Connect-Membrane -WorkspaceKey acme -WorkspaceSecret (& $Secret) -TenantKey t1 -ApiUri $other.ApiUri -Name acme
        @(Get-MembraneConnection -Context acme).Count | Should -Be 0
        Disconnect-Membrane acme
        $other | Stop-MembraneEmulator
    }

    It 'emits nothing, and the context with -PassThru' {
        Connect-Membrane -Emulator -Name quiet | Should -BeNullOrEmpty
        $context = Connect-Membrane -Emulator -Name loud -TenantKey t9 -PassThru
        $context | Should -BeOfType ([Membrane.MembraneContext])
        $context.TenantKey | Should -Be 't9'
        $context.IsDefault | Should -BeTrue
        'quiet', 'loud' | Disconnect-Membrane
    }

    It 'signs in with a token, and knows what the token says' {
        $end = [DateTimeOffset]::UtcNow.AddHours(1)
        $token = New-TestToken @{ iss = 'acme'; id = 'tenant-7'; exp = $end.ToUnixTimeSeconds() }
        $context = Connect-Membrane -Token $token -Name token -PassThru
        $context.WorkspaceKey | Should -Be 'acme'
        $context.TenantKey | Should -Be 'tenant-7'
        $context.ExpiresAt.ToUnixTimeSeconds() | Should -Be $end.ToUnixTimeSeconds()
        $context.ApiUri | Should -Be 'https://api.getmembrane.com/'
        Disconnect-Membrane token
    }

    It 'refuses a token that is none: <Value>' -ForEach @(@{ Value = 'nonsense' }, @{ Value = 'a.b.c' }, @{ Value = 'Bearer abc' }) {
        $problem = Get-TestError { Connect-Membrane -Token $Value }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidToken,*'
        "$problem" | Should -Not -BeLike "*$Value*"
    }

    It 'uses the environment variables: <Names>' -ForEach @(
        @{ Names = 'MEMBRANE_WORKSPACE_KEY, MEMBRANE_WORKSPACE_SECRET, MEMBRANE_TENANT_KEY'; Tenant = 'MEMBRANE_TENANT_KEY'; Address = 'MEMBRANE_API_URL' }
        @{ Names = 'the older MEMBRANE_TEST_CUSTOMER_ID and MEMBRANE_API_URI'; Tenant = 'MEMBRANE_TEST_CUSTOMER_ID'; Address = 'MEMBRANE_API_URI' }
    ) {
        $env:MEMBRANE_WORKSPACE_KEY = 'acme'
        $env:MEMBRANE_WORKSPACE_SECRET = $secret
        [Environment]::SetEnvironmentVariable($Tenant, 'from-environment')
        [Environment]::SetEnvironmentVariable($Address, 'http://127.0.0.1:9')
        $context = Connect-Membrane -Name environment -PassThru
        $context.TenantKey | Should -Be 'from-environment'
        $context.ApiUri | Should -Be 'http://127.0.0.1:9/'
        Disconnect-Membrane environment
    }

    It 'prefers MEMBRANE_TOKEN' {
        $env:MEMBRANE_TOKEN = New-TestToken @{ iss = 'acme'; id = 'by-token'; exp = 4102444800 }
        $env:MEMBRANE_WORKSPACE_KEY = 'acme'
        $env:MEMBRANE_WORKSPACE_SECRET = $secret
        $env:MEMBRANE_TENANT_KEY = 'by-secret'
        (Connect-Membrane -Name environment -PassThru).TenantKey | Should -Be 'by-token'
        Disconnect-Membrane environment
    }

    It 'lists the ways to sign in when there is none' {
        $problem = Get-TestError { Connect-Membrane }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotSignedIn,*'
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Token*-WorkspaceSecret*-Emulator*MEMBRANE_TOKEN*'
    }

    It 'says in the usual words that a token is missing, such as an unset variable' {
        $problem = Get-TestError { Connect-Membrane -Token $env:MEMBRANE_TEST_UNSET }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationErrorNullNotAllowed,*'
        "$problem" | Should -BeLike "*'Token'*"
        (Get-TestError { Test-MembraneToken $env:MEMBRANE_TEST_UNSET }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationErrorNullNotAllowed,*'
    }

    It 'asks for the tenant when a secret comes without one' {
        (Get-TestError { Connect-Membrane -WorkspaceKey k -WorkspaceSecret s }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
    }

    It 'refuses an address without encryption' {
        (Get-TestError { Connect-Membrane -WorkspaceKey k -WorkspaceSecret s -TenantKey t -ApiUri http://example.com }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
    }

    It 'takes plain http to another machine only where -AllowUnencryptedAuthentication says so' {
        $signIn = @{ WorkspaceKey = 'k'; WorkspaceSecret = 's'; TenantKey = 't'; ApiUri = 'http://emulator.example:8080'; Name = 'plain' }
        (Get-TestError { Connect-Membrane @signIn }).ErrorDetails.RecommendedAction | Should -BeLike '*AllowUnencryptedAuthentication*'
        (Connect-Membrane @signIn -AllowUnencryptedAuthentication -PassThru).ApiUri | Should -Be 'http://emulator.example:8080/'
        Get-MembraneConnectUri -Integration hubspot -Context plain -AsPlainText | Should -BeLike 'http://emulator.example:8080/embed/integrations/hubspot/connect*'
        (Get-TestError { Test-MembraneToken pat-x -Online -ApiUri $signIn.ApiUri }).ErrorDetails.RecommendedAction | Should -BeLike '*AllowUnencryptedAuthentication*'
        # Nobody answers there, which is found out now.
        (Get-TestError { Test-MembraneToken pat-x -Online -ApiUri $signIn.ApiUri -AllowUnencryptedAuthentication }).FullyQualifiedErrorId | Should -BeLike 'CannotConnect,*'
        (Get-MembraneMcpServer ClaudeCode -Context plain).Configuration | Should -BeLike '*http://emulator.example:8080/mcp/*'
        (Get-MembraneMcpServer -Local -Connection c -Context plain).CommandLine | Should -BeLike '*Connect-Membrane -AllowUnencryptedAuthentication | Out-Null; Start-MembraneMcpServer *'
        Disconnect-Membrane -Context plain
    }
}

Describe 'After Connect-Membrane' {
    It 'a line of the information stream says who and where' {
        $said = foreach ($signIn in
            { Connect-Membrane -Emulator -TenantKey t1 -Name line },
            { Connect-Membrane -Emulator -Manager -Name line },
            { Connect-Membrane -Token (New-TestToken @{ iss = 'acme'; id = 'ada'; exp = 4102444800 }) -Name line },
            { Connect-Membrane -Token pat-0123456789abcdef0123456789 -Name line },
            { Connect-Membrane -TokenScript { 'x' } -Name line }) {
            "$(& $signIn 6>&1)"
        }

        $said | Should -Be @(
            "Context 'line': tenant 't1' of workspace 'emulator-workspace', at $($Emulator.ApiUri) (emulator)"
            "Context 'line': manager of workspace 'emulator-workspace', at $($Emulator.ApiUri) (emulator)"
            "Context 'line': tenant 'ada' of workspace 'acme', at https://api.getmembrane.com/"
            "Context 'line': an account, with no workspace chosen, at https://api.getmembrane.com/"
            "Context 'line': what the token script says, at https://api.getmembrane.com/"
        )
        $context = Connect-Membrane -Emulator -TenantKey "x`e[31m`u{202e}y" -Name line -PassThru -InformationVariable line
        "$line" | Should -BeLike "*'x\u001b``[31m\u202ey'*"
        Disconnect-Membrane line
        $context.IsConnected | Should -BeFalse
    }

    It 'that failed, no former context is the default, and the error says what happened: <How>' -ForEach @(
        @{ How = 'a token that is not valid'; SignIn = { Connect-Membrane -Token nonsense }; Why = '*not a token*' }
        @{ How = 'an empty variable'; SignIn = { Connect-Membrane -WorkspaceKey k -WorkspaceSecret s -TenantKey $unset }; Why = '*Connect-Membrane*' }
        @{ How = 'a parameter that does not exist'; SignIn = { Connect-Membrane -Tenent b }; Why = '*Connect-Membrane*' }
        @{ How = 'no sign-in at all'; SignIn = { Connect-Membrane -Name other }; Why = "*context 'other'*" }
        @{ How = 'a code without a begun sign-in'; SignIn = { Complete-MembraneLogin abc -Name other }; Why = "*Complete-MembraneLogin*'other'*" }
        @{ How = 'an empty default'; SignIn = { $PSDefaultParameterValues = @{ 'Connect-Membrane:TenantKey' = $null }; Connect-Membrane -Emulator }; Why = '*Connect-Membrane*' }
    ) {
        Connect-Membrane -Emulator -TenantKey former -Name former
        $null = Get-TestError $SignIn
        Clear-TestRequest
        $problem = Get-TestError { Get-MembraneConnection }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotSignedIn,*'
        "$($problem.Exception.Message)" | Should -BeLike $Why
        "$($problem.ErrorDetails.RecommendedAction)" | Should -BeLike '*Select-MembraneContext*former*'
        Get-TestRequest | Should -BeNullOrEmpty
        # One that is named is what was meant.
        (Get-MembraneIdentity -Context former).TenantKey | Should -Be 'former'
        Select-MembraneContext former
        (Get-MembraneIdentity).TenantKey | Should -Be 'former'
        Disconnect-Membrane former
    }

    It 'that was to replace a context and failed, the name means the former one only after Select-MembraneContext' {
        $former = Connect-Membrane -Emulator -TenantKey former -Name work -PassThru
        $null = Get-TestError { Connect-Membrane -Token nonsense -Name work }
        "$(Get-TestError { Get-MembraneIdentity -Context work })" | Should -BeLike '*not a token*Select-MembraneContext*'
        (Get-MembraneIdentity -Context $former).TenantKey | Should -Be 'former'
        Select-MembraneContext work
        (Get-MembraneIdentity -Context work).TenantKey | Should -Be 'former'
        $null = Get-TestError { Connect-Membrane -Token nonsense -Name work }
        Connect-Membrane -Emulator -TenantKey latter -Name work
        (Get-MembraneIdentity -Context work).TenantKey | Should -Be 'latter'
        $null = Get-TestError { Connect-Membrane -Token nonsense -Name work }
        Disconnect-Membrane work
        Get-MembraneContext work* | Should -BeNullOrEmpty
    }

    It 'that was stopped, or has only begun, no former context is the default either' {
        $shell = [powershell]::Create()
        try {
            $script = { param($module, $api) $global:ErrorActionPreference = 'Stop'; Import-Module $module; Connect-Membrane -Token pat-0123456789abcdef0123456789 -Name former; $null = Connect-Membrane -NonInteractive -ApiUri $api -Name begun; Get-MembraneIdentity }
            $null = $shell.AddScript($script).AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument($Emulator.ApiUri)
            "$(Get-TestError { $shell.Invoke() })" | Should -BeLike "*'begun'*not completed*"
            $shell.Commands.Clear()
            $env:BROWSER = '/bin/true'
            $running = $shell.AddScript("Select-MembraneContext former; Connect-Membrane -Interactive -ApiUri '$($Emulator.ApiUri)'").BeginInvoke()
            while (-not $running.IsCompleted -and -not ("$($shell.Streams.Information)$($shell.Streams.Warning)" -match 'oauth/authorize')) { Start-Sleep -Milliseconds 25 }
            $shell.Stop()
            $shell.Commands.Clear()
            "$(Get-TestError { $shell.AddScript('Get-MembraneIdentity').Invoke() })" | Should -BeLike '*did not succeed*'
        }
        finally {
            $env:BROWSER = $null
            $shell.Dispose()
            Remove-Item (Join-Path $HOME '.membrane') -Recurse -Force -ErrorAction Ignore
        }
    }

    It 'is what its help, its syntax and completion are not' {
        Connect-Membrane -Emulator -TenantKey stays -Name stays
        $null = Connect-Membrane -?
        $null = Get-Help Connect-Membrane
        $null = Get-Command Connect-Membrane -Syntax
        $null = TabExpansion2 'Connect-Membrane -Emulator -Tenant' 34
        (Get-MembraneIdentity).TenantKey | Should -Be 'stays'
        Disconnect-Membrane stays
    }
}

Describe 'A script with MEMBRANE_TOKEN and without Connect-Membrane' {
    BeforeAll {
        function Invoke-TestScript {
            param([string] $Script, [hashtable] $Variable)
            $start = [System.Diagnostics.ProcessStartInfo]::new($env:MEMBRANE_TEST_ENGINE)
            $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$env:MEMBRANE_TEST_MODULE'; $Script" | ForEach-Object { $start.ArgumentList.Add($_) }
            foreach ($name in $Variable.Keys) { $start.Environment[$name] = "$($Variable[$name])" }
            $process = [System.Diagnostics.Process]::Start($start)
            $problem = $process.StandardError.ReadToEndAsync()
            ($process.StandardOutput.ReadToEnd() -split '\r?\n') + ($problem.Result -replace '\e\[[\d;]*m' -split '\r?\n') | Where-Object { $_ }
        }

        $developmentSecret = 'emulator-development-secret-not-for-production-0123456789abcdef0'
    }

    It 'acts as the token says, until it signs in or out itself' {
        $token = New-MembraneToken scripted -WorkspaceKey $Emulator.WorkspaceKey -WorkspaceSecret $developmentSecret -AsPlainText
        $script = {
            (Get-MembraneIdentity).TenantKey
            "$(Get-MembraneContext)"
            Disconnect-Membrane
            try { Get-MembraneIdentity } catch { $_.FullyQualifiedErrorId }
            Connect-Membrane -Emulator -TenantKey own
            (Get-MembraneIdentity).TenantKey
            try { Connect-Membrane -Token nonsense } catch { $_.FullyQualifiedErrorId -replace ',.*' }
            try { Get-MembraneIdentity } catch { $_.FullyQualifiedErrorId }
        }
        $lines = Invoke-TestScript $script @{ MEMBRANE_TOKEN = $token; MEMBRANE_API_URL = $Emulator.ApiUri }
        $lines | Should -Be 'scripted', 'default', 'NotSignedIn,Membrane.PowerShell.Contexts.GetMembraneIdentityCommand', 'own', 'InvalidToken', 'NotSignedIn,Membrane.PowerShell.Contexts.GetMembraneIdentityCommand'
    }

    It 'takes the tenant of the environment for the token of an account, and refuses what is not a token' {
        $variables = @{ MEMBRANE_ACCESS_TOKEN = 'pat-emulator-development-account-token'; MEMBRANE_API_URL = $Emulator.ApiUri; MEMBRANE_TENANT_KEY = 'chosen' }
        $script = '(Get-MembraneIdentity).TenantKey; Connect-Membrane; (Get-MembraneIdentity).TenantKey; Connect-Membrane -TenantKey other; (Get-MembraneIdentity).TenantKey'
        Invoke-TestScript $script $variables | Should -Be 'chosen', 'chosen', 'other'
        "$(Invoke-TestScript 'Get-MembraneConnection' @{ MEMBRANE_TOKEN = 'secret nonsense' })" | Should -Match '^(?!.*secret nonsense).*not a token'
        "$(Invoke-TestScript 'Get-MembraneConnection' @{ MEMBRANE_TOKEN = 'a.b.c'; MEMBRANE_API_URL = 'nowhere' })" | Should -BeLike '*MEMBRANE_API_URL*'
    }
}

Describe 'Contexts' {
    It 'stand side by side, and -Context takes a name or an object' {
        Connect-Membrane -Emulator -Name one -TenantKey t1
        Connect-Membrane -Emulator -Name two -TenantKey t2
        $null = New-TestConnection
        @(Get-MembraneConnection).Count | Should -Be 1
        @(Get-MembraneConnection -Context one).Count | Should -Be 0
        @(Get-MembraneConnection -Context (Get-MembraneContext one)).Count | Should -Be 0
        Select-MembraneContext one
        @(Get-MembraneConnection).Count | Should -Be 0
        (Get-MembraneContext | Where-Object IsDefault).Name | Should -Be 'one'
        'one', 'two' | Disconnect-Membrane
    }

    It 'of another runspace are not selected, and leave the own default as it is' {
        $context = Connect-Membrane -Emulator -Name theirs -PassThru
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($module, $context)
                Import-Module $module
                Connect-Membrane -Token pat-0123456789abcdef0123456789 -Name own
                try { Select-MembraneContext $context -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; "$($_.ErrorDetails.RecommendedAction)" }
                (Get-MembraneContext | Where-Object IsDefault).Name
                (Get-MembraneIdentity -Context $context).TenantKey
            }).AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument($context)
        $told = $shell.Invoke()
        $shell.Dispose()
        $told[0] | Should -BeLike 'InvalidInput,*'
        $told[1] | Should -BeLike '*-Context*'
        $told[2] | Should -Be 'own'
        $told[3] | Should -Be 'emulator-tenant'
        (Get-MembraneContext | Where-Object IsDefault).Name | Should -Be 'theirs'
        Disconnect-Membrane theirs
    }

    It 'are refused after Disconnect-Membrane' {
        $context = Connect-Membrane -Emulator -Name gone -PassThru
        Disconnect-Membrane gone
        $context.IsConnected | Should -BeFalse
        (Get-TestError { Get-MembraneConnection -Context $context }).FullyQualifiedErrorId | Should -BeLike 'ContextDisconnected,*'
    }

    It 'name those that there are when one is mistyped' {
        Connect-Membrane -Emulator -Name right
        "$(Get-TestError { Get-MembraneConnection -Context wrong })" | Should -BeLike '*right*'
        (Get-TestError { Get-MembraneContext wrong -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'ContextNotFound,*'
        Disconnect-Membrane right
    }

    It 'stay where they are with -WhatIf' {
        Connect-Membrane -Emulator -Name stays
        Disconnect-Membrane stays -WhatIf
        (Get-MembraneContext stays).IsConnected | Should -BeTrue
        Disconnect-Membrane stays
    }

    It 'never show a secret' {
        Connect-Membrane -Emulator -Name secretive
        $context = Get-MembraneContext secretive
        $null = Get-MembraneConnection -Context $context
        $shown = ($context | Format-List * -Force | Out-String) + ($context | ConvertTo-Json -Depth 5 -WarningAction Ignore) + ($context.Emulator | Format-List * -Force | Out-String)
        $shown | Should -Not -Match 'eyJ|development'
        Disconnect-Membrane secretive
    }

    It 'complete by name' {
        Connect-Membrane -Emulator -Name completed
        $line = 'Get-MembraneConnection -Context comp'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'completed'
        Disconnect-Membrane completed
    }
}
