BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $api = $Emulator.ApiUri
    $secret = 'a-secret-of-the-tests'
    $account = 'pat-emulator-development-account-token'

    function New-TestKey {
        param([string] $Kind)
        $key = switch -Wildcard ($Kind) {
            'RSA' { [System.Security.Cryptography.RSA]::Create(2048) }
            default { [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName("nistP$Kind")) }
        }
        @{ Private = $key.ExportPkcs8PrivateKeyPem(); Public = $key.ExportSubjectPublicKeyInfoPem(); Key = $key }
    }

    $keys = @{ RSA = New-TestKey RSA; P256 = New-TestKey 256; P384 = New-TestKey 384; P521 = New-TestKey 521 }

    function Read-TestClaim([string] $Token) {
        $part = $Token.Split('.')[1].Replace('-', '+').Replace('_', '/')
        [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($part.PadRight([Math]::Ceiling($part.Length / 4) * 4, '='))) | ConvertFrom-Json
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'New-MembraneToken' {
    It 'writes the claims of <Form>' -ForEach @(
        @{ Form = 'Issuer'; Workspace = 'iss'; Tenant = 'id' }
        @{ Form = 'WorkspaceKey'; Workspace = 'workspaceKey'; Tenant = 'id' }
        @{ Form = 'TenantKey'; Workspace = 'workspaceKey'; Tenant = 'tenantKey' }
    ) {
        $claims = Read-TestClaim (New-MembraneToken ada -TenantName Ada -TenantField @{ plan = 'pro'; seats = 3 } -WorkspaceKey acme -WorkspaceSecret $secret -ClaimForm $Form -LifetimeSec 120 -AsPlainText)
        $claims.$Workspace | Should -Be 'acme'
        $claims.$Tenant | Should -Be 'ada'
        $claims.name | Should -Be 'Ada'
        $claims.fields.plan | Should -Be 'pro'
        $claims.fields.seats | Should -Be 3
        $claims.exp - $claims.iat | Should -Be 120
    }

    It 'makes a manager token' {
        $claims = Read-TestClaim (New-MembraneToken -Manager -WorkspaceKey acme -WorkspaceSecret $secret -AsPlainText)
        $claims.isAdmin | Should -BeTrue
        $claims.workspaceKey | Should -Be 'acme'
        $claims.psobject.Properties.Name | Should -Not -Contain 'id'
    }

    It 'emits an object with a SecureString, which shows nothing' {
        $token = New-MembraneToken ada -WorkspaceKey acme -WorkspaceSecret $secret
        $token | Should -BeOfType ([Membrane.AccessToken])
        $token.Token | Should -BeOfType ([securestring])
        $token.TenantKey | Should -Be 'ada'
        $token.Algorithm | Should -Be 'HS256'
        ($token | Format-List * -Force | Out-String) + ($token | ConvertTo-Json) + "$token" | Should -Not -Match 'eyJ'
        $token | Test-MembraneToken -WorkspaceSecret $secret | Should -BeTrue
    }

    It 'leaves the token out of all that the object is written to, and keeps the rest' {
        $token = New-MembraneToken ada -WorkspaceKey acme -WorkspaceSecret $secret
        $plain = [pscredential]::new('x', $token.Token).GetNetworkCredential().Password
        # CLIXML has a SecureString as the digits of its characters, where the system does not encrypt it.
        $digits = -join ([System.Text.Encoding]::Unicode.GetBytes($plain.Substring(0, 20)) | ForEach-Object { $_.ToString('x2') })
        $written = @(
            [System.Management.Automation.PSSerializer]::Serialize($token)
            [System.Management.Automation.PSSerializer]::Serialize(@{ deep = @{ token = $token } }, 5)
            $token | ConvertTo-Csv
            $token | Select-Object * | Out-String
        ) -join "`n"
        $written | Should -Not -Match 'eyJ'
        $written | Should -Not -Match $digits
        $read = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($token))
        $read.TenantKey, $read.WorkspaceKey, $read.Algorithm | Should -Be 'ada', 'acme', 'HS256'
        $read.ExpiresAt | Should -Not -BeNullOrEmpty
        $json = $token | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json
        $json.TenantKey | Should -Be 'ada'
        $json.Token.Length | Should -Be $plain.Length
    }

    It 'as every object does that has a secret' {
        $secretTypes = @([Membrane.AccessToken].Assembly.GetExportedTypes() | Where-Object { $_.Namespace -eq 'Membrane' -and $_.GetProperties().PropertyType -contains [securestring] })
        $secretTypes.Count | Should -BeGreaterThan 0
        $lines = @{
            'Membrane.AccessToken' = { New-MembraneToken ada -WorkspaceKey acme -WorkspaceSecret $secret }
            'Membrane.McpServer' = { Start-MembraneMcpServer -Http -Connection x | Select-Object -First 1 }
        }
        foreach ($type in $secretTypes) {
            $made = & $lines[$type.FullName]
            $made.Token | Should -BeOfType ([securestring])
            $read = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($made))
            $read.PSObject.Properties.Name | Sort-Object | Should -Be @($type.GetProperties() | Where-Object PropertyType -NE ([securestring]) | ForEach-Object Name | Sort-Object) -Because "$type must be written without its secret, and with all else"
        }
    }

    It 'is emitted by no session that could not leave it out of CLIXML' {
        $state = [initialsessionstate]::Create()
        $state.LanguageMode = 'FullLanguage'
        $state.Commands.Add([System.Management.Automation.Runspaces.SessionStateCmdletEntry]::new('Import-Module', [Microsoft.PowerShell.Commands.ImportModuleCommand], $null))
        $state.Variables.Add([System.Management.Automation.Runspaces.SessionStateVariableEntry]::new('PSModuleAutoLoadingPreference', 'None', ''))
        $state.ImportPSModule($env:MEMBRANE_TEST_MODULE)
        $runspace = [runspacefactory]::CreateRunspace($state)
        $runspace.Open()
        try {
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            $null = $shell.AddCommand('New-MembraneToken').AddParameters(@{ TenantKey = 'ada'; WorkspaceKey = 'acme'; WorkspaceSecret = $secret })
            $problem = $null
            $made = try { $shell.Invoke() } catch { $problem = $_ }
            $made | Should -BeNullOrEmpty
            "$problem $($shell.Streams.Error)" | Should -BeLike '*has no Update-TypeData*'
        }
        finally { $runspace.Dispose() }
    }

    # An object in such JSON fails in the page, far from its cause.
    It 'warns where the script makes JSON of the object' {
        $caught = @(
            'ConvertTo-Json @{ token = New-MembraneToken ada @workspace }'
            '@{ token = New-MembraneToken ada @workspace } | ConvertTo-Json'
            '[pscustomobject]@{ token = (New-MembraneToken ada @workspace) } | convertto-json -Compress'
            'New-MembraneToken ada @workspace | Select-Object * | ConvertTo-Json'
            '$made = New-MembraneToken ada @workspace; $body = @{ data = @{ token = $made } }; $body | ConvertTo-Json'
            '$body = @{}; $body.token = New-MembraneToken ada @workspace; ConvertTo-Json -InputObject $body'
            '$body = [ordered]@{ token = $(if ($true) { New-MembraneToken ada @workspace }) }; $text = $body | ConvertTo-Json'
            'function Get-Made { New-MembraneToken ada @workspace }; @{ token = Get-Made } | ConvertTo-Json'
            "'ada' | ForEach-Object { @{ token = New-MembraneToken `$_ @workspace } } | ConvertTo-Json"
            'function Push-OutputBinding { }; Push-OutputBinding -Name Response -Value @{ Body = @{ token = New-MembraneToken ada @workspace } }'
        )
        $fine = @(
            'ConvertTo-Json @{ token = New-MembraneToken ada @workspace -AsPlainText }'
            '$made = New-MembraneToken ada @workspace; ConvertTo-Json @{ for = $made.TenantKey; ends = (New-MembraneToken ada @workspace).ExpiresAt; text = "$made" }'
            'New-MembraneToken ada @workspace | ConvertFrom-MembraneToken | ConvertTo-Json'
            '$made = New-MembraneToken ada @workspace; $made = 1; $other = @{ a = 1 } | ConvertTo-Json; $made.Token'
            '$null = Test-MembraneToken (New-MembraneToken ada @workspace) -WorkspaceSecret $secret; ConvertTo-Json 1'
            'New-MembraneToken ada @workspace'
        )
        $workspace = @{ WorkspaceKey = 'acme'; WorkspaceSecret = $secret }
        foreach ($code in $caught) {
            $warnings = & ([scriptblock]::Create("# first line`n$code")) 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
            "$warnings" | Should -BeLike '*in line 2 *-AsPlainText*' -Because $code
        }

        foreach ($code in $fine) {
            & ([scriptblock]::Create($code)) 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | Should -BeNullOrEmpty -Because $code
        }

        # Each call is judged by its own place, also the second time.
        $both = [scriptblock]::Create('foreach ($turn in 1, 2) { $null = New-MembraneToken ada @workspace; $null = ConvertTo-Json @{ token = New-MembraneToken ada @workspace } }')
        @(& $both 3>&1; & $both 3>&1).Count | Should -Be 4
    }

    It 'takes tenants from the pipeline, as text and as objects' {
        (('a', 'b' | New-MembraneToken -WorkspaceKey acme -WorkspaceSecret $secret).TenantKey) | Should -Be @('a', 'b')
        $objects = [pscustomobject]@{ InternalId = 'c'; Name = 'Cee' }, [pscustomobject]@{ InternalId = 'd'; Name = 'Dee' }
        $claims = $objects | New-MembraneToken -WorkspaceKey acme -WorkspaceSecret $secret -AsPlainText | ForEach-Object { Read-TestClaim $_ }
        $claims.id | Should -Be @('c', 'd')
        $claims.name | Should -Be @('Cee', 'Dee')
        $row = [pscustomobject]@{ TenantKey = 7; TenantName = 'Seven' }
        $claims = 5, $row | New-MembraneToken -WorkspaceKey acme -WorkspaceSecret $secret -TenantName Six -AsPlainText | ForEach-Object { Read-TestClaim $_ }
        $claims.id | Should -Be @('5', '7')
        $claims.name | Should -Be @('Six', 'Six')
    }

    It 'refuses an object of the pipeline that names no tenant, and goes on' {
        $made = [pscustomobject]@{ Id = 1 }, '', 'b' | New-MembraneToken -WorkspaceKey acme -WorkspaceSecret $secret -ErrorVariable refused -ErrorAction SilentlyContinue
        $made.TenantKey | Should -Be 'b'
        $refused.FullyQualifiedErrorId | Should -Be @('InvalidInput,Membrane.PowerShell.Tokens.NewMembraneTokenCommand', 'InvalidInput,Membrane.PowerShell.Tokens.NewMembraneTokenCommand')
        $refused[0].Exception.Message | Should -Match 'which tenant'
    }

    It 'signs with what the context has, and the service takes it' {
        Connect-Membrane -Emulator -Name signing
        $token = New-MembraneToken eve -Context signing -AsPlainText
        Test-MembraneToken $token -Online -ApiUri $api | Should -BeTrue
        Connect-Membrane -Token $token -ApiUri $api -Name eve
        (Get-MembraneIdentity -Context eve).TenantKey | Should -Be 'eve'
        'eve', 'signing' | Disconnect-Membrane
    }

    It 'has the service make it for an account' {
        Connect-Membrane -Token $account -ApiUri $api -Name account
        $token = New-MembraneToken frank -Context account
        $token.WorkspaceKey | Should -Be 'emulator-workspace'
        $token | Test-MembraneToken -Online -ApiUri $api | Should -BeTrue
        (Get-TestError { New-MembraneToken x -Context account -Algorithm HS512 }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        Disconnect-Membrane account
    }

    It 'signs with a private key: <Algorithm>' -ForEach @(
        @{ Key = 'RSA'; Algorithm = 'RS256' }, @{ Key = 'RSA'; Algorithm = 'RS512' }, @{ Key = 'RSA'; Algorithm = 'PS256' }, @{ Key = 'RSA'; Algorithm = 'PS384' }
        @{ Key = 'P256'; Algorithm = 'ES256' }, @{ Key = 'P384'; Algorithm = 'ES384' }, @{ Key = 'P521'; Algorithm = 'ES512' }
    ) {
        $path = Join-Path $TestDrive "$Key.pem"
        Set-Content -LiteralPath $path -Value $keys[$Key].Private
        $token = New-MembraneToken ada -WorkspaceKey acme -PrivateKeyPath $path -Algorithm $Algorithm
        $token.Algorithm | Should -Be $Algorithm
        $token | Test-MembraneToken -PublicKey $keys[$Key].Public | Should -BeTrue
        (New-TestKey ($Key -replace '^P')).Public | ForEach-Object { $token | Test-MembraneToken -PublicKey $_ } | Should -BeFalse
    }

    It 'finds the signature that fits the key: <Key>' -ForEach @(
        @{ Key = 'RSA'; Algorithm = 'RS256' }, @{ Key = 'P256'; Algorithm = 'ES256' }, @{ Key = 'P384'; Algorithm = 'ES384' }, @{ Key = 'P521'; Algorithm = 'ES512' }
    ) {
        (New-MembraneToken ada -WorkspaceKey acme -PrivateKey $keys[$Key].Private).Algorithm | Should -Be $Algorithm
    }

    It 'takes the older forms of keys, too' {
        (New-MembraneToken ada -WorkspaceKey acme -PrivateKey $keys.RSA.Key.ExportRSAPrivateKeyPem()).Algorithm | Should -Be 'RS256'
        (New-MembraneToken ada -WorkspaceKey acme -PrivateKey $keys.P256.Key.ExportECPrivateKeyPem()).Algorithm | Should -Be 'ES256'
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'an encrypted key'; Script = { $keys.P256.Key.ExportEncryptedPkcs8PrivateKeyPem('x', [System.Security.Cryptography.PbeParameters]::new('Aes256Cbc', 'SHA256', 1000)) | ForEach-Object { New-MembraneToken a -WorkspaceKey w -PrivateKey $_ } } }
        @{ Case = 'a public key'; Script = { New-MembraneToken a -WorkspaceKey w -PrivateKey $keys.RSA.Public } }
        @{ Case = 'a key of another kind'; Script = { New-MembraneToken a -WorkspaceKey w -PrivateKey $keys.RSA.Private -Algorithm ES256 } }
        @{ Case = 'a key of another curve'; Script = { New-MembraneToken a -WorkspaceKey w -PrivateKey $keys.P384.Private -Algorithm ES256 } }
        @{ Case = 'a short key'; Script = { New-MembraneToken a -WorkspaceKey w -PrivateKey ([System.Security.Cryptography.RSA]::Create(1024).ExportPkcs8PrivateKeyPem()) } }
        @{ Case = 'text that is no key'; Script = { New-MembraneToken a -WorkspaceKey w -PrivateKey 'nonsense' } }
        @{ Case = 'a broken key'; Script = { New-MembraneToken a -WorkspaceKey w -PrivateKey "-----BEGIN PRIVATE KEY-----`nAAAA`n-----END PRIVATE KEY-----" } }
        @{ Case = 'a file that is not there'; Script = { New-MembraneToken a -WorkspaceKey w -PrivateKeyPath "$TestDrive/missing.pem" } }
        @{ Case = 'a signature of another kind of key'; Script = { New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s -Algorithm RS256 } }
        @{ Case = 'no tenant'; Script = { New-MembraneToken -WorkspaceKey w -WorkspaceSecret s } }
        @{ Case = 'a tenant of a manager'; Script = { New-MembraneToken a -Manager -WorkspaceKey w -WorkspaceSecret s } }
        @{ Case = 'a context that cannot sign'; Script = { New-MembraneToken a -Context (Connect-Membrane -Token (New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s).Token -Name unable -PassThru) } }
    ) {
        $ErrorActionPreference = 'Stop'
        $problem = Get-TestError $Script
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        "$problem" | Should -Not -Match 'BEGIN PRIVATE'
    }

    It 'makes nothing with -WhatIf' {
        New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s -WhatIf | Should -BeNullOrEmpty
    }
}

Describe 'ConvertFrom-MembraneToken' {
    It 'shows what a token says, and all of it' {
        $token = New-MembraneToken ada -TenantName Ada -TenantField @{ a = @{ b = 1, 2 } } -WorkspaceKey acme -WorkspaceSecret $secret -Algorithm HS512
        $claims = $token | ConvertFrom-MembraneToken
        $claims.WorkspaceKey | Should -Be 'acme'
        $claims.TenantKey | Should -Be 'ada'
        $claims.TenantName | Should -Be 'Ada'
        $claims.Algorithm | Should -Be 'HS512'
        $claims.Header.typ | Should -Be 'JWT'
        $claims.Fields.a.b | Should -Be @(1, 2)
        $claims.Claims.iss | Should -Be 'acme'
        $claims.IsExpired | Should -BeFalse
        $claims.ExpiresAt | Should -Be $token.ExpiresAt
    }

    It 'takes text, and says nothing of an account token' {
        (ConvertFrom-MembraneToken (New-MembraneToken ada -WorkspaceKey acme -WorkspaceSecret $secret -AsPlainText)).TenantKey | Should -Be 'ada'
        (ConvertFrom-MembraneToken $account).IsAccountToken | Should -BeTrue
    }

    It 'refuses <Value> without repeating it' -ForEach @(@{ Value = 'nonsense' }, @{ Value = 'a.b.c' }, @{ Value = 'eyJhbGciOiJub25lIn0.bnVsbA.x' }) {
        $problem = Get-TestError { ConvertFrom-MembraneToken $Value -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidToken,*'
        "$problem" | Should -Not -BeLike "*$Value*"
    }
}

Describe 'Test-MembraneToken' {
    It 'is $false for <Case>' -ForEach @(
        @{ Case = 'nonsense'; Script = { Test-MembraneToken nonsense } }
        @{ Case = 'another secret'; Script = { New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s | Test-MembraneToken -WorkspaceSecret t } }
        @{ Case = 'another workspace'; Script = { New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s | Test-MembraneToken -WorkspaceKey v } }
        @{ Case = 'a token that has ended'; Script = { Test-MembraneToken 'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ3IiwiaWQiOiJhIiwiZXhwIjoxNjAwMDAwMDAwfQ.x' } }
        @{ Case = 'a token that the service refuses'; Script = { New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s | Test-MembraneToken -Online -ApiUri $api } }
        @{ Case = 'an unknown account token'; Script = { Test-MembraneToken pat-unknown -Online -ApiUri $api } }
        @{ Case = 'a token of a secret checked by a public key'; Script = { New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s | Test-MembraneToken -PublicKey $keys.RSA.Public } }
        @{ Case = 'a token of a key checked by a secret'; Script = { New-MembraneToken a -WorkspaceKey w -PrivateKey $keys.RSA.Private | Test-MembraneToken -WorkspaceSecret $keys.RSA.Public } }
    ) {
        & $Script | Should -BeExactly $false
    }

    It 'is $true for <Case>' -ForEach @(
        @{ Case = 'a token of the right form'; Script = { New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s | Test-MembraneToken -WorkspaceKey w } }
        @{ Case = 'a token with that secret'; Script = { New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s -Algorithm HS384 | Test-MembraneToken -WorkspaceSecret s } }
        @{ Case = 'an account token'; Script = { Test-MembraneToken $account -Online -ApiUri $api } }
        @{ Case = 'a manager token'; Script = { New-MembraneToken -Manager -Context default | Test-MembraneToken -Online -ApiUri $api } }
    ) {
        & $Script | Should -BeExactly $true
    }

    It 'says why not, without the token, with -Verbose' {
        $output = New-MembraneToken a -WorkspaceKey w -WorkspaceSecret s | Test-MembraneToken -WorkspaceSecret t -Verbose 4>&1 | Out-String
        $output | Should -BeLike '*signature*'
        $output | Should -Not -Match 'eyJ'
    }
}

Describe 'Connect-Membrane' {
    AfterEach {
        Get-MembraneContext | Where-Object Name -NE default | Disconnect-Membrane
        Select-MembraneContext default
    }

    It 'chooses the tenant with an account token' {
        $context = Connect-Membrane -Token $account -ApiUri $api -TenantKey gwen -Name gwen -PassThru
        $context.TenantKey | Should -Be 'gwen'
        Clear-TestRequest
        (Get-MembraneIdentity).TenantKey | Should -Be 'gwen'
        $null = Get-MembraneConnection
        (Get-TestRequest).path | Should -Be @('/org-workspaces', "/org-workspaces/$((Get-MembraneWorkspace).Id)/access-token", '/self', '/connections')
    }

    It 'chooses the workspace with an account token, and names those that there are' {
        Connect-Membrane -Token $account -ApiUri $api -WorkspaceKey emulator-workspace -Manager -Name manager
        (Get-MembraneIdentity).Kind | Should -Be 'Manager'
        Connect-Membrane -Token $account -ApiUri $api -WorkspaceKey elsewhere -Manager -Name wrong
        $problem = Get-TestError { Get-MembraneIdentity -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        "$problem" | Should -BeLike '*emulator-workspace*'
    }

    It 'is an account without a choice' {
        Connect-Membrane -Token $account -ApiUri $api -Name account
        $identity = Get-MembraneIdentity
        $identity.Kind | Should -Be 'Account'
        $identity.Workspaces.Key | Should -Be 'emulator-workspace'
    }

    It 'asks for a new token when the service refuses the one it made' {
        Connect-Membrane -Token $account -ApiUri $api -TenantKey hal -Name hal
        $null = Get-MembraneIdentity
        Clear-TestRequest
        Add-TestFault @{ match = @{ path = '/self' }; status = 401; body = @{ type = 'bad_request'; key = 'not_authenticated'; message = 'no' }; times = 1 }
        (Get-MembraneIdentity).TenantKey | Should -Be 'hal'
        @(Get-TestRequest | Where-Object path -Like '*/access-token').Count | Should -Be 1
    }

    It 'refuses a choice with a token that has made it' {
        $token = New-MembraneToken ada -AsPlainText
        $former = Get-MembraneContext | Where-Object IsDefault
        (Get-TestError { Connect-Membrane -Token $token -TenantKey bob }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        Select-MembraneContext $former
    }

    It 'signs with a private key whose public half is registered: <Algorithm>' -ForEach @(
        @{ Key = 'RSA'; Algorithm = 'RS256' }, @{ Key = 'RSA'; Algorithm = 'PS512' }, @{ Key = 'P256'; Algorithm = 'ES256' }
    ) {
        $manager = New-MembraneToken -Manager -Context default -AsPlainText
        $workspace = (Invoke-RestMethod -Uri "$($api)org-workspaces" -Headers @{ Authorization = "Bearer $manager" }).items[0].id
        $body = @{ publicKeys = @(@{ name = 'test'; publicKey = $keys[$Key].Public }) } | ConvertTo-Json -Depth 5
        $null = Invoke-RestMethod -Method Patch -Uri "$($api)org-workspaces/$workspace" -Headers @{ Authorization = "Bearer $manager" } -Body $body -ContentType application/json
        $context = Connect-Membrane -WorkspaceKey emulator-workspace -PrivateKey $keys[$Key].Private -Algorithm $Algorithm -TenantKey ivy -ApiUri $api -Name key -PassThru
        $context.AuthenticationType | Should -Be 'PrivateKey'
        (Get-MembraneIdentity).TenantKey | Should -Be 'ivy'
        Connect-Membrane -WorkspaceKey emulator-workspace -PrivateKey (New-TestKey ($Key -replace '^P')).Private -Algorithm $Algorithm -TenantKey ivy -ApiUri $api -Name other
        (Get-TestError { Get-MembraneIdentity -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotAuthenticated,*'
    }

    It 'takes tokens from a script block, which sees the variables of the session' {
        $tenant = 'jan'
        Connect-Membrane -ApiUri $api -Name script -TokenScript { $script:count++; New-MembraneToken $tenant -Context default -AsPlainText }
        $script:count = 0
        (Get-MembraneIdentity).TenantKey | Should -Be 'jan'
        1..3 | ForEach-Object { $null = Get-MembraneConnection }
        $script:count | Should -Be 1
        Add-TestFault @{ match = @{ path = '/self' }; status = 401; body = @{ type = 'bad_request'; key = 'not_authenticated'; message = 'no' }; times = 1 }
        (Get-MembraneIdentity).TenantKey | Should -Be 'jan'
        $script:count | Should -Be 2
    }

    It 'takes a SecureString and an object from the script block' {
        Connect-Membrane -ApiUri $api -Name script -TokenScript { (New-MembraneToken kim -Context default).Token }
        (Get-MembraneIdentity).TenantKey | Should -Be 'kim'
        Connect-Membrane -ApiUri $api -Name script -TokenScript { New-MembraneToken lea -Context default }
        (Get-MembraneIdentity).TenantKey | Should -Be 'lea'
        # A pipeline wraps what it emits.
        Connect-Membrane -ApiUri $api -Name script -TokenScript { [pscustomobject]@{ Token = New-MembraneToken mia -Context default -AsPlainText | ConvertTo-SecureString -AsPlainText -Force } }
        (Get-MembraneIdentity).TenantKey | Should -Be 'mia'
    }

    It 'takes an object with a token, also where a pipeline has wrapped it' {
        $plain = New-MembraneToken kim -Context default -AsPlainText
        foreach ($token in $plain, [pscustomobject]@{ Token = $plain | Write-Output }, [pscustomobject]@{ Token = ConvertTo-SecureString $plain -AsPlainText -Force | Write-Output }, (New-MembraneToken kim -Context default)) {
            Connect-Membrane -ApiUri $api -Name given -Token $token
            (Get-MembraneIdentity -Context given).TenantKey | Should -Be 'kim'
        }

        foreach ($token in '', ' ', [pscustomobject]@{ Token = '' }, [pscustomobject]@{ Other = $plain }, 5) {
            { Connect-Membrane -ApiUri $api -Name given -Token $token -ErrorAction Stop } | Should -Throw -Because "$token"
        }

        # What PowerShell says of a value that does not fit says the value.
        foreach ($name in 'Connect-Membrane', 'New-MembraneToken', 'Test-MembraneToken', 'ConvertFrom-MembraneToken', 'Start-MembraneEmulator', 'Start-MembraneMcpServer') {
            foreach ($parameter in (Get-Command $name).Parameters.Values | Where-Object ParameterType -EQ ([securestring])) {
                $given = @{ $parameter.Name = [pscustomobject]@{ Key = 'a-value-of-nobody'; Inner = @{ More = 'a-value-of-nobody' } } }
                $problem = Get-TestError { & $name @given -ErrorAction Stop }
                "$problem" | Should -BeLike '*was to be given*pass *SecureString*' -Because "$name -$($parameter.Name)"
                "$problem $($problem.Exception)" | Should -Not -BeLike '*a-value-of-nobody*'
            }
        }
    }

    It 'runs the script block for lists, batches and pipelines that are left early' {
        $script:count = 0
        Connect-Membrane -ApiUri $api -Name script -TokenScript { $script:count++; New-MembraneToken leo -Context default -AsPlainText }
        $connection = New-TestConnection
        $action = Get-MembraneAction -Connection $connection | Where-Object Key -Like 'create-*' | Select-Object -First 1
        $script:count | Should -Be 1
        Connect-Membrane -ApiUri $api -Name script -TokenScript { $script:count++; New-MembraneToken leo -Context default -AsPlainText }
        $runs = 1..20 | ForEach-Object { @{ email = "leo$_@example.com" } } | Invoke-MembraneAction $action -Connection $connection
        @($runs).Count | Should -Be 20
        $script:count | Should -Be 2
        Connect-Membrane -ApiUri $api -Name script -TokenScript { $script:count++; New-MembraneToken leo -Context default -AsPlainText }
        @(Get-MembraneAction -Connection $connection -PageSize 1 | Select-Object -First 2).Count | Should -Be 2
        $script:count | Should -Be 3
    }

    It 'runs the script block for two commands of one pipeline, whenever a token is needed' {
        Connect-Membrane -Emulator -TenantKey mia -Name mia
        $null = 'Fits', 'Other', 'Other', 'Other', 'Fits' | ForEach-Object { New-TestConnection -Name $_ -AllowMultipleConnections }
        Disconnect-Membrane mia
        # While the first command goes on from page to page, the second one needs a token to try again.
        Add-TestFault @{ match = @{ method = 'GET'; path = '/connections' }; delayMs = 300 }
        Add-TestFault @{ match = @{ path = '/connections/*/test' }; status = 503; headers = @{ 'Retry-After' = '0' }; times = 1 }
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($module, $api)
                Import-Module $module
                function ConvertTo-Part([byte[]] $Bytes) { [Convert]::ToBase64String($Bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
                Connect-Membrane -ApiUri $api -TokenScript {
                    # So short that there is never one that can be used again.
                    $payload = @{ iss = 'emulator-workspace'; id = 'mia'; exp = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() + 8 } | ConvertTo-Json
                    $text = (ConvertTo-Part ([Text.Encoding]::UTF8.GetBytes('{"alg":"HS256","typ":"JWT"}'))) + '.' + (ConvertTo-Part ([Text.Encoding]::UTF8.GetBytes($payload)))
                    $hmac = [System.Security.Cryptography.HMACSHA256]::new([Text.Encoding]::UTF8.GetBytes('emulator-development-secret-not-for-production-0123456789abcdef0'))
                    $text + '.' + (ConvertTo-Part $hmac.ComputeHash([Text.Encoding]::ASCII.GetBytes($text)))
                }
                Get-MembraneConnection -Name 'Fits' -PageSize 1 | Test-MembraneConnection
            }).AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument($api)
        $running = $shell.BeginInvoke()
        $isDone = $running.AsyncWaitHandle.WaitOne(60000)
        if (-not $isDone) { $shell.Stop() }
        $isDone | Should -BeTrue
        @($shell.EndInvoke($running)).Count | Should -Be 2
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
    }

    It 'refuses a script block that uses the context that it is for' {
        Connect-Membrane -ApiUri $api -Name script -TokenScript { $null = Get-MembraneIdentity -Context script; 'x' }
        $problem = Get-TestError { Get-MembraneIdentity -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'TokenScriptFailed,*'
        "$problem" | Should -BeLike '*-Context*'
    }

    It 'says what is wrong with a script block that <Case>' -ForEach @(
        @{ Case = 'emits nothing'; Script = { }; Id = 'TokenScriptFailed' }
        @{ Case = 'emits two things'; Script = { 'a'; 'b' }; Id = 'TokenScriptFailed' }
        @{ Case = 'throws'; Script = { throw 'the vault is closed' }; Id = 'TokenScriptFailed' }
        @{ Case = 'emits nonsense'; Script = { 'nonsense' }; Id = 'InvalidToken' }
    ) {
        Connect-Membrane -ApiUri $api -Name script -TokenScript $Script
        $problem = Get-TestError { Get-MembraneIdentity -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        if ($Case -eq 'throws') { "$problem" | Should -BeLike '*the vault is closed*' }
    }

    It 'ends on Ctrl-C while the script block runs' {
        $started = Join-Path $TestDrive 'started.txt'
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:MEMBRANE_TEST_MODULE'; Connect-Membrane -ApiUri '$api' -TokenScript { Set-Content -LiteralPath '$started' -Value 1; Start-Sleep -Seconds 300 }; Get-MembraneIdentity")
        $running = $shell.BeginInvoke()
        while (-not (Test-Path -LiteralPath $started) -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 20 }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $running.IsCompleted | Should -BeTrue
    }
}

Describe 'Secrets of SecretManagement' {
    BeforeAll {
        $modules = Join-Path $TestDrive 'modules/Microsoft.PowerShell.SecretManagement'
        $null = New-Item -ItemType Directory -Path $modules -Force
        Set-Content -LiteralPath (Join-Path $modules 'Microsoft.PowerShell.SecretManagement.psm1') -Value @'
function Get-Secret {
    [CmdletBinding()]
    param([string] $Name, [string] $Vault)
    switch ("$Vault/$Name") {
        'work/account' { ConvertTo-SecureString 'pat-emulator-development-account-token' -AsPlainText -Force }
        '/workspace' { $env:MEMBRANE_TEST_SECRET }
        '/number' { 42 }
        default { Write-Error "The secret $Name was not found." }
    }
}
Export-ModuleMember -Function Get-Secret
'@
        $path = $env:PSModulePath
    }

    AfterEach { $env:PSModulePath = $path; Remove-Module Microsoft.PowerShell.SecretManagement -ErrorAction Ignore; Get-MembraneContext | Where-Object Name -EQ vault | Disconnect-Membrane; $env:MEMBRANE_TEST_SECRET = $null }

    It 'are tokens, or with -WorkspaceKey the workspace secret' {
        $env:PSModulePath = (Join-Path $TestDrive 'modules') + [System.IO.Path]::PathSeparator + $path
        Connect-Membrane -SecretName account -VaultName work -TenantKey mia -ApiUri $api -Name vault
        (Get-MembraneIdentity -Context vault).TenantKey | Should -Be 'mia'
        $env:MEMBRANE_TEST_SECRET = 'emulator-development-secret-not-for-production-0123456789abcdef0'
        Connect-Membrane -SecretName workspace -WorkspaceKey emulator-workspace -TenantKey noa -ApiUri $api -Name vault
        (Get-MembraneIdentity -Context vault).TenantKey | Should -Be 'noa'
    }

    It 'are named when they cannot be had: <Name>' -ForEach @(@{ Name = 'missing'; Text = '*was not found*' }, @{ Name = 'number'; Text = '*Int32*' }) {
        $env:PSModulePath = (Join-Path $TestDrive 'modules') + [System.IO.Path]::PathSeparator + $path
        $problem = Get-TestError { Connect-Membrane -SecretName $Name -Name vault }
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecretUnavailable,*'
        "$problem" | Should -BeLike $Text
    }

    It 'need the module' -Skip:([bool](Get-Module -ListAvailable Microsoft.PowerShell.SecretManagement)) {
        $problem = Get-TestError { Connect-Membrane -SecretName account -Name vault }
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecretUnavailable,*'
        "$problem" | Should -BeLike '*not installed*'
    }
}

Describe 'Get-MembraneWorkspace' {
    BeforeAll { Connect-Membrane -Token $account -ApiUri $api -Name account }
    AfterAll { Disconnect-Membrane account }

    It 'lists workspaces, and keeps their secret in a SecureString' {
        $workspace = Get-MembraneWorkspace -Context account
        $workspace | Should -BeOfType ([Membrane.Workspace])
        $workspace.Key | Should -Be 'emulator-workspace'
        $workspace.Secret | Should -BeOfType ([securestring])
        ($workspace | Format-List * -Force | Out-String) + ($workspace | ConvertTo-Json -Depth 5) | Should -Not -Match 'development-secret'
    }

    It 'gets one by key or id, by wildcard, and says which there are' {
        $workspace = Get-MembraneWorkspace emulator-workspace -Context account
        (Get-MembraneWorkspace $workspace.Id -Context account).Key | Should -Be 'emulator-workspace'
        @(Get-MembraneWorkspace -Name 'Emu*' -Context account).Count | Should -Be 1
        @(Get-MembraneWorkspace -Name 'x*' -Context account).Count | Should -Be 0
        $problem = Get-TestError { Get-MembraneWorkspace nothing -Context account -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'is refused to a tenant' {
        (Get-TestError { Get-MembraneWorkspace -Context default -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
    }
}
