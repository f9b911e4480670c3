# The token endpoints of docs/samples, which a page asks for tokens.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Support/FunctionHost.ps1"
    $samples = (Resolve-Path "$PSScriptRoot/../../docs/samples/token-endpoint").Path
    Start-TestWorkspace
    $saved = $env:PSModulePath, $env:MEMBRANE_WORKSPACE_KEY, $env:MEMBRANE_WORKSPACE_SECRET
    $env:PSModulePath = (Get-TestModuleFolder) + [System.IO.Path]::PathSeparator + $env:PSModulePath
    $env:MEMBRANE_WORKSPACE_KEY = 'emulator-workspace'
    $env:MEMBRANE_WORKSPACE_SECRET = 'emulator-development-secret-not-for-production-0123456789abcdef0'

    # Whether the service takes the token, and for whom.
    function Get-TokenOwner {
        param([string] $Token)
        (Invoke-RestMethod -Uri "$($Emulator.ApiUri)self" -Headers @{ Authorization = "Bearer $Token" }).internalId
    }
}

AfterAll {
    $env:PSModulePath, $env:MEMBRANE_WORKSPACE_KEY, $env:MEMBRANE_WORKSPACE_SECRET = $saved
    Stop-TestWorkspace
}

Describe 'Start-TokenEndpoint.ps1' {
    BeforeAll {
        $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()
        $address = "http://localhost:$port/api/membrane-token"
        $shell = [powershell]::Create().AddCommand((Join-Path $samples Start-TokenEndpoint.ps1)).AddParameter('Port', $port).AddParameter('FindTenant', {
                param($Request)
                switch ($Request.Cookies['session'].Value) {
                    'of-acme' { @{ TenantKey = 'acme'; TenantName = 'Acme Inc.' } }
                    'of-birch' { [pscustomobject]@{ TenantKey = 'birch' } }
                    'without-key' { @{ Wrong = 'acme' } }
                    'broken' { throw 'The sessions cannot be read: password=hunter2' }
                }
            })
        $running = $shell.BeginInvoke()
        while (-not $running.IsCompleted -and -not $shell.Streams.Information.Count) { Start-Sleep -Milliseconds 25 }
        if ($running.IsCompleted) { $shell.EndInvoke($running) }

        function Get-Answer {
            param([string] $Session, [string] $Uri = $address, [string] $Method = 'GET')
            $header = if ($Session) { @{ Cookie = "session=$Session" } } else { @{} }
            Invoke-WebRequest -Uri $Uri -Method $Method -Headers $header -SkipHttpErrorCheck -UseBasicParsing
        }
    }

    AfterAll {
        $shell.Stop()
        $shell.Dispose()
        # The port is free again: what stops the script stops its listener.
        $again = [System.Net.HttpListener]::new()
        $again.Prefixes.Add("http://localhost:$port/")
        $again.Start()
        $again.Close()
    }

    It 'answers with the token as text, for whom the session is' {
        foreach ($tenant in 'acme', 'birch') {
            $answer = Get-Answer "of-$tenant"
            $answer.StatusCode | Should -Be 200
            $answer.Headers['Content-Type'] | Should -Be 'application/json'
            $answer.Headers['Cache-Control'] | Should -Be 'no-store'
            $token = ($answer.Content | ConvertFrom-Json).token
            $token | Should -BeOfType string
            Get-TokenOwner $token | Should -Be $tenant
            ($token | ConvertFrom-MembraneToken).ExpiresAt | Should -BeLessThan ([DateTimeOffset]::UtcNow.AddMinutes(16))
        }
    }

    It 'has no token for anybody else, and goes on' {
        (Get-Answer).StatusCode | Should -Be 401
        (Get-Answer 'of-nobody').StatusCode | Should -Be 401
        (Get-Answer 'of-acme' "$address/more").StatusCode | Should -Be 404
        (Get-Answer 'of-acme' -Method POST).StatusCode | Should -Be 405
        foreach ($session in 'without-key', 'broken') {
            $answer = Get-Answer $session
            $answer.StatusCode | Should -Be 500
            $answer.Content | Should -Not -Match 'hunter2|token"'
        }

        "$($shell.Streams.Warning)" | Should -Match 'sessions cannot be read'
        (Get-Answer 'of-acme').StatusCode | Should -Be 200
    }

    It 'says what it needs' {
        { & (Join-Path $samples Start-TokenEndpoint.ps1) -FindTenant { } -WorkspaceSecret '' } | Should -Throw '*MEMBRANE_WORKSPACE_SECRET*'
    }
}

Describe 'The Azure Function' {
    BeforeAll { $function = Join-Path $samples azure-functions/membrane-token }

    It 'answers with the token of the person that the platform names' {
        $response = Invoke-HostedFunction -Folder $function -Header @{ 'X-MS-CLIENT-PRINCIPAL-ID' = 'acme'; 'X-MS-CLIENT-PRINCIPAL-NAME' = 'Acme Inc.' }
        [int] $response.StatusCode | Should -Be 200
        $response.Headers['Cache-Control'] | Should -Be 'no-store'
        Get-TokenOwner ($response.Body | ConvertFrom-Json).token | Should -Be 'acme'
        $response = Invoke-HostedFunction -Folder $function -Header @{ 'X-MS-CLIENT-PRINCIPAL-ID' = 'birch' }
        Get-TokenOwner ($response.Body | ConvertFrom-Json).token | Should -Be 'birch'
    }

    It 'has no token for anybody else' {
        $response = Invoke-HostedFunction -Folder $function
        [int] $response.StatusCode | Should -Be 401
        $response.Body | Should -Not -Match 'token'
        Invoke-HostedFunction -Folder $function -Method POST | Should -BeNullOrEmpty
    }

    It 'is made of files that the host can read' {
        $app = Split-Path -Parent $function
        (Get-Content -LiteralPath (Join-Path $app host.json) -Raw | ConvertFrom-Json).version | Should -Be '2.0'
        [version] $version = (Import-PowerShellDataFile $env:MEMBRANE_TEST_MODULE).ModuleVersion
        (Import-PowerShellDataFile (Join-Path $app requirements.psd1)).Membrane | Should -Be "$($version.Major).*"
    }
}
