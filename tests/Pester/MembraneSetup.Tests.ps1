# What Test-MembraneSetup says of machines that have each of their troubles.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Support/LoopbackServer.ps1"
    Start-TestWorkspace
    $names = 'Engine', 'Module', 'SignInStore', 'Network', 'Proxy', 'Tls', 'Clock', 'SignIn', 'Workspace', 'Connections', 'Update'
    $servers = [System.Collections.Generic.List[System.IDisposable]]::new()
    function New-TestServer([string] $Answer) { $made = [LoopbackServer]::new($Answer); $servers.Add($made); $made }

    # By name, all of them there whatever is wrong.
    function Test-Setup([hashtable] $More = @{}) {
        if (-not $More.ContainsKey('Repository')) { $More.SkipUpdateCheck = $true }
        $checks = @(Test-MembraneSetup -ErrorAction Stop @More)
        $checks.Name | Should -Be $names
        $found = @{}
        foreach ($check in $checks) {
            $check | Should -BeOfType ([Membrane.SetupCheck])
            $check.Detail | Should -Not -BeNullOrEmpty
            if ($check.Status -in 'Warning', 'Failed') { $check.RecommendedAction | Should -Not -BeNullOrEmpty -Because $check.Name }
            $found[$check.Name] = $check
        }
        $found
    }

    # A repository that answers as told, in the place of the engine's own commands for that.
    function Use-TestRepository([string] $Answer, [scriptblock] $Body) {
        $folder = Join-Path $TestDrive "$([guid]::NewGuid())/Microsoft.PowerShell.PSResourceGet"
        $null = New-Item -ItemType Directory $folder
        "function Find-PSResource { param(`$Name, `$Repository) $Answer }" | Set-Content "$folder/Microsoft.PowerShell.PSResourceGet.psm1"
        New-ModuleManifest "$folder/Microsoft.PowerShell.PSResourceGet.psd1" -RootModule Microsoft.PowerShell.PSResourceGet.psm1 -FunctionsToExport Find-PSResource -ModuleVersion 99.0
        $before = $env:PSModulePath
        $env:PSModulePath = (Split-Path $folder) + [System.IO.Path]::PathSeparator + $before
        try { & $Body } finally { $env:PSModulePath = $before }
    }
}

AfterAll {
    $servers | ForEach-Object Dispose
    Stop-TestWorkspace
}

Describe 'Test-MembraneSetup' {
    It 'passes what is in order, and says which connections wait for a person' {
        $found = Test-Setup
        foreach ($name in 'Engine', 'Module', 'SignInStore', 'Network', 'Proxy', 'Clock', 'SignIn', 'Workspace', 'Connections') {
            $found[$name].Status | Should -Be 'Passed' -Because "$name`: $($found[$name].Detail)"
        }
        $found.Tls.Status, $found.Update.Status | Should -Be 'Skipped', 'Skipped'
        $found.Engine.Detail | Should -BeLike "*$($PSVersionTable.PSVersion)*"
        $found.SignIn.Detail | Should -BeLike '*tenant ada*'
        $found.Workspace.Detail | Should -BeLike '*emulator-workspace*'
        $waiting = New-MembraneConnection 'Our chat' -IntegrationKey slack
        $connections = (Test-Setup).Connections
        $connections.Status | Should -Be 'Warning'
        $connections.Detail | Should -BeLike "*1 wait for a person: Our chat ($($waiting.Id))*"
        $connections.RecommendedAction | Should -BeLike "*Connect-MembraneApp -Connection $($waiting.Id)*"
        Connect-Membrane -Emulator -Manager -Name manager
        (Test-Setup @{ Context = 'manager' }).SignIn.Detail | Should -BeLike '*manager*'
        $shown = Test-MembraneSetup -Context default -SkipUpdateCheck | Out-String -Width 80
        $shown | Should -BeLike '*Our chat*Connect-MembraneApp*'
        $shown -split '\r?\n' | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        Disconnect-Membrane manager
        Get-MembraneContext default | Select-MembraneContext
    }

    It 'goes on when nobody is signed in, or no longer' {
        Connect-Membrane -Emulator -Name gone
        $gone = Get-MembraneContext gone
        Disconnect-Membrane gone
        $found = Test-Setup @{ Context = $gone }
        $found.SignIn.Status | Should -Be 'Failed'
        $found.SignIn.Detail | Should -BeLike "*'gone' was disconnected*"
        $found.Connections.Status | Should -Be 'Skipped'
        $script = {
            param($module, $address)
            Import-Module $module
            $env:MEMBRANE_API_URL = $address
            Test-MembraneSetup -SkipUpdateCheck | Select-Object Name, Detail, RecommendedAction, @{ Name = 'Status'; Expression = { "$($_.Status)" } }
        }
        $none = [powershell]::Create().AddScript($script).AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument("$($Emulator.ApiUri)").Invoke()
        $env:MEMBRANE_API_URL = $null
        $none.Name | Should -Be $names
        ($none | Where-Object Name -EQ SignIn).Status | Should -Be 'Failed'
        ($none | Where-Object Name -EQ SignIn).RecommendedAction | Should -BeLike '*Connect-Membrane -Interactive*'
        ($none | Where-Object Name -EQ Network).Status | Should -Be 'Passed'
    }

    It 'tells an address where nothing listens, or something else' {
        $free = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0); $free.Start(); $port = $free.LocalEndpoint.Port; $free.Stop()
        Connect-Membrane -WorkspaceKey key -WorkspaceSecret sekret-4711 -TenantKey ada -ApiUri "http://127.0.0.1:$port" -Name wrong
        $found = Test-Setup @{ Context = 'wrong' }
        $found.Network.Status | Should -Be 'Failed'
        $found.Network.Detail | Should -BeLike "*127.0.0.1:$port could not be reached*"
        $found.SignIn.Status, $found.Clock.Status, $found.Workspace.Status | Should -Be 'Failed', 'Skipped', 'Skipped'
        $server = New-TestServer "HTTP/1.1 200 OK`r`nContent-Type: text/html`r`nContent-Length: 13`r`nConnection: close`r`n`r`n<html></html>"
        Connect-Membrane -WorkspaceKey key -WorkspaceSecret sekret-4711 -TenantKey ada -ApiUri "http://127.0.0.1:$($server.Port)" -Name wrong
        $found = Test-Setup @{ Context = 'wrong' }
        $found.Network.Status, $found.SignIn.Status, $found.Clock.Status | Should -Be 'Passed', 'Failed', 'Skipped'
        $found.SignIn.Detail | Should -BeLike '*web page*'
        $asks = New-TestServer "HTTP/1.1 407 No`r`nProxy-Authenticate: Basic realm=`"x`"`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"
        Connect-Membrane -WorkspaceKey key -WorkspaceSecret sekret-4711 -TenantKey ada -ApiUri "http://127.0.0.1:$($asks.Port)" -Name wrong
        $asked = Test-Setup @{ Context = 'wrong' }
        $asked.Network.Status, $asked.SignIn.Status | Should -Be 'Passed', 'Failed'
        $found.Values | Out-String | Should -Not -BeLike '*sekret-4711*'
    }

    It 'tells a proxy that refuses, that is not there, and that wants to know who asks' {
        $refuses = New-TestServer "HTTP/1.1 403 Forbidden`r`nContent-Length: 0`r`n`r`n"
        Connect-Membrane -WorkspaceKey key -WorkspaceSecret sekret-4711 -TenantKey ada -ApiUri https://api.example -Proxy "http://somebody:pass-4711@127.0.0.1:$($refuses.Port)" -Name proxied
        $found = Test-Setup @{ Context = 'proxied'; TimeoutSec = 5 }
        $found.Proxy.Status, $found.Network.Status, $found.Tls.Status | Should -Be 'Failed', 'Skipped', 'Skipped'
        $found.Proxy.Detail | Should -BeLike "*127.0.0.1:$($refuses.Port) refuses to connect to api.example*403*"
        $found.Values | Format-List | Out-String | Should -Not -BeLike '*4711*'
        $asks = New-TestServer "HTTP/1.1 407 Proxy Authentication Required`r`nProxy-Authenticate: Basic realm=`"x`"`r`nContent-Length: 0`r`n`r`n"
        Connect-Membrane -WorkspaceKey key -WorkspaceSecret sekret-4711 -TenantKey ada -ApiUri https://api.example -Proxy "http://127.0.0.1:$($asks.Port)" -Name proxied
        $found = Test-Setup @{ Context = 'proxied'; TimeoutSec = 5 }
        $found.Proxy.Status | Should -Be 'Failed'
        $found.Proxy.RecommendedAction | Should -BeLike '*-ProxyCredential*'
    }

    It 'tells a certificate that is not trusted' {
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=127.0.0.1', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $own = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(1))
        $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($own.Export('Pfx'))
        $server = [LoopbackServer]::new('', $certificate); $servers.Add($server)
        Connect-Membrane -WorkspaceKey key -WorkspaceSecret secret -TenantKey ada -ApiUri "https://127.0.0.1:$($server.Port)" -Name untrusted
        $found = Test-Setup @{ Context = 'untrusted' }
        $found.Tls.Status, $found.Network.Status, $found.SignIn.Status | Should -Be 'Failed', 'Passed', 'Failed'
        $found.Tls.RecommendedAction | Should -BeLike '*certificates*'
    }

    It 'tells a clock that is an hour off, either way, and forgives some seconds' {
        foreach ($case in @(@{ Minutes = -60; Status = 'Failed'; Words = '*3600 seconds ahead of*' }, @{ Minutes = 60; Status = 'Failed'; Words = '*behind*' }, @{ Minutes = 1; Status = 'Warning'; Words = '*behind*' }, @{ Minutes = 0.1; Status = 'Passed'; Words = '*agrees*' })) {
            $date = [datetimeoffset]::UtcNow.AddMinutes($case.Minutes).ToString('R')
            $server = New-TestServer "HTTP/1.1 404 Not Found`r`nDate: $date`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"
            Connect-Membrane -WorkspaceKey key -WorkspaceSecret secret -TenantKey ada -ApiUri "http://127.0.0.1:$($server.Port)" -Name late
            $clock = (Test-Setup @{ Context = 'late' }).Clock
            $clock.Status | Should -Be $case.Status
            $clock.Detail -replace '\b(3599|3601)\b', '3600' | Should -BeLike $case.Words
        }
    }

    It 'tells a home that cannot be written, and a file of sign-ins that is damaged' {
        $before = $env:MEMBRANE_HOME
        try {
            $file = Join-Path $TestDrive 'file'
            'x' | Set-Content $file
            $env:MEMBRANE_HOME = Join-Path $file 'below'
            $store = (Test-Setup @{ Context = 'default' }).SignInStore
            $store.Status | Should -Be 'Warning'
            $store.RecommendedAction | Should -BeLike '*MEMBRANE_HOME*'
            $env:MEMBRANE_HOME = (New-Item -ItemType Directory (Join-Path $TestDrive 'damaged')).FullName
            'no JSON' | Set-Content (Join-Path $env:MEMBRANE_HOME credentials.json)
            (Test-Setup @{ Context = 'default' }).SignInStore.Status | Should -Be 'Failed'
            $env:MEMBRANE_HOME = 'relative'
            (Test-Setup @{ Context = 'default' }).SignInStore.Status | Should -Be 'Failed'
            if ($IsLinux -and (Test-Path /proc/1)) {
                # A file system that is read-only, whoever one is.
                $env:MEMBRANE_HOME = '/proc/self'
                (Test-Setup @{ Context = 'default' }).SignInStore.Status | Should -Be 'Warning'
            }
            $env:MEMBRANE_HOME = Join-Path $TestDrive 'new'
            (Test-Setup @{ Context = 'default' }).SignInStore.Status | Should -Be 'Passed'
            Test-Path $env:MEMBRANE_HOME | Should -BeFalse
        }
        finally { $env:MEMBRANE_HOME = $before }
    }

    It 'tells a newer version, and when it cannot be told' {
        $own = (Get-Module Membrane).Version
        Use-TestRepository '[pscustomobject]@{ Version = "99.1.0" }' {
            $update = (Test-Setup @{ Context = 'default'; Repository = 'Ours' }).Update
            $update.Status | Should -Be 'Warning'
            $update.Detail | Should -BeLike "*99.1.0 is available; this is $own*"
        }
        Use-TestRepository "[pscustomobject]@{ Version = '$own' }" { (Test-Setup @{ Context = 'default'; Repository = 'Ours' }).Update.Status | Should -Be 'Passed' }
        Use-TestRepository 'throw "The network is down."' {
            $update = (Test-Setup @{ Context = 'default'; Repository = 'Ours' }).Update
            $update.Status | Should -Be 'Skipped'
            $update.Detail | Should -BeLike '*could not be checked*The network is down.*'
        }
        Use-TestRepository 'Write-Error "No such host."' {
            (Test-Setup @{ Context = 'default'; Repository = 'Ours' }).Update.Detail | Should -BeLike '*newer version: No such host.'
        }
        Use-TestRepository 'Start-Sleep 60' {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            (Test-Setup @{ Context = 'default'; Repository = 'Ours'; TimeoutSec = 1 }).Update.Detail | Should -BeLike "*'Ours' did not answer within 1 seconds*"
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
        }
    }
}
