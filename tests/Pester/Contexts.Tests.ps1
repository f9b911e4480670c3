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
