BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    # A proxy that answers every request the same way, or closes the connection, and notes what it was asked.
    Add-Type -TypeDefinition @'
using System; using System.Collections.Concurrent; using System.IO; using System.Net; using System.Net.Sockets; using System.Text; using System.Threading;
public sealed class LoopbackProxy : IDisposable {
    private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
    private readonly string answer;
    public ConcurrentQueue<string> Requests { get; } = new ConcurrentQueue<string>();
    public int Port { get { return ((IPEndPoint)listener.LocalEndpoint).Port; } }
    public LoopbackProxy(string answer) { this.answer = answer; listener.Start(); new Thread(Accept) { IsBackground = true }.Start(); }
    public void Dispose() { listener.Stop(); }
    private void Accept() {
        try { while (true) { var client = listener.AcceptTcpClient(); new Thread(() => Serve(client)) { IsBackground = true }.Start(); } }
        catch (SocketException) { } catch (ObjectDisposedException) { } catch (InvalidOperationException) { }
    }
    private void Serve(TcpClient client) {
        using (client) {
            try {
                var stream = client.GetStream(); var reader = new StreamReader(stream, Encoding.ASCII); var text = new StringBuilder(); string line;
                while (!string.IsNullOrEmpty(line = reader.ReadLine())) { text.Append(line).Append('\n'); }
                Requests.Enqueue(text.ToString());
                if (answer.Length > 0) { var bytes = Encoding.ASCII.GetBytes(answer); stream.Write(bytes, 0, bytes.Length); stream.Flush(); client.Client.Shutdown(SocketShutdown.Send); while (reader.ReadLine() != null) { } }
            } catch (IOException) { } catch (SocketException) { }
        }
    }
}
'@
    $needs = "HTTP/1.1 407 Proxy Authentication Required`r`nProxy-Authenticate: Basic realm=`"x`"`r`nContent-Length: 0`r`n`r`n"
    $forbids = "HTTP/1.1 403 Forbidden`r`nContent-Length: 0`r`n`r`n"
    $open = [System.Collections.Generic.List[System.IDisposable]]::new()
    function New-TestProxy([string] $Answer) { $made = [LoopbackProxy]::new($Answer); $open.Add($made); $made }
    function Connect-TestProxy([hashtable] $More, [string] $ApiUri = 'https://api.example') {
        Connect-Membrane -WorkspaceKey key -WorkspaceSecret secret -TenantKey ada -ApiUri $ApiUri -RequestTimeoutSec 20 @More
    }

    # Everything that a person could see or keep of a failed command, in a process with these variables.
    function Invoke-TestProxied([hashtable] $Variable, [string] $Connect = '', [string[]] $Hosts = 'api.example') {
        $kept = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $script = @"
Start-Transcript '$kept' | Out-Null
Import-Module '$env:MEMBRANE_TEST_MODULE'
foreach (`$name in '$($Hosts -join "','")') {
Connect-Membrane -WorkspaceKey key -WorkspaceSecret secret -TenantKey ada -ApiUri https://`$name -RequestTimeoutSec 20 $Connect
Get-MembraneConnector -Verbose -Debug *>&1 | Out-String
}
`$Error[0] | Format-List * -Force | Out-String
for (`$cause = `$Error[0].Exception; `$cause; `$cause = `$cause.InnerException) { `$cause.ToString() }
Get-Error | Out-String
Stop-Transcript | Out-Null
"@
        $start = [System.Diagnostics.ProcessStartInfo]::new($env:MEMBRANE_TEST_ENGINE)
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        '-NoProfile', '-NonInteractive', '-Command', $script | ForEach-Object { $start.ArgumentList.Add($_) }
        foreach ($name in 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy') { $null = $start.Environment.Remove($name) }
        foreach ($name in $Variable.Keys) { $start.Environment[$name] = $Variable[$name] }
        $process = [System.Diagnostics.Process]::Start($start)
        $problem = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        "$output $($problem.Result) $(Get-Content $kept -Raw)"
    }
}

AfterAll {
    $open | ForEach-Object Dispose
    Disconnect-Membrane -All
}

Describe 'A proxy that is in the way' {
    It 'is named when it wants a password, with what to do: <Address>' -ForEach @{ Address = 'https://api.example' }, @{ Address = 'http://127.0.0.1:9' } {
        $proxy = New-TestProxy $needs
        Connect-TestProxy @{ Proxy = "http://127.0.0.1:$($proxy.Port)" } $Address
        $fault = Get-TestError { Get-MembraneConnector -ErrorAction Stop }
        $fault.FullyQualifiedErrorId | Should -BeLike 'CannotConnect,*'
        $fault.Exception.Message | Should -Match "127\.0\.0\.1:$($proxy.Port) .*407"
        $fault.ErrorDetails.RecommendedAction | Should -Match '-ProxyCredential'
        $fault.Exception.Outcome | Should -Be 'NotSent'
        # It does not change its mind.
        $proxy.Requests.Count | Should -Be 1
    }

    It 'is named when it forbids the address' {
        $proxy = New-TestProxy $forbids
        Connect-TestProxy @{ Proxy = "http://127.0.0.1:$($proxy.Port)" }
        $fault = Get-TestError { Get-MembraneConnector -ErrorAction Stop }
        $fault.Exception.Message | Should -Match "127\.0\.0\.1:$($proxy.Port) refuses to connect to api\.example: .*403"
        $fault.ErrorDetails.RecommendedAction | Should -Match '-NoProxy'
        $proxy.Requests.Count | Should -Be 1
    }

    It 'is named when it cannot be reached' {
        $proxy = New-TestProxy ''
        $port = $proxy.Port
        $proxy.Dispose()
        Connect-TestProxy @{ Proxy = "http://127.0.0.1:$port" }
        $fault = Get-TestError { Get-MembraneConnector -ErrorAction Stop }
        $fault.FullyQualifiedErrorId | Should -BeLike 'CannotConnect,*'
        $fault.Exception.Message | Should -Match "proxy 127\.0\.0\.1:$port"
        $fault.Exception.Outcome | Should -Be 'NotSent'
    }

    It 'is named when it drops the connection' {
        $proxy = New-TestProxy ''
        Connect-TestProxy @{ Proxy = "http://127.0.0.1:$($proxy.Port)" }
        (Get-TestError { Get-MembraneConnector -ErrorAction Stop }).Exception.Message | Should -Match "proxy 127\.0\.0\.1:$($proxy.Port)"
    }

    It 'gets the user name and password of its address, or those of -ProxyCredential' {
        $proxy = New-TestProxy $needs
        $basic = [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes('user:p@ss:word'))
        Connect-TestProxy @{ Proxy = "http://user:p%40ss%3Aword@127.0.0.1:$($proxy.Port)" }
        $null = Get-TestError { Get-MembraneConnector -ErrorAction Stop }
        @($proxy.Requests)[-1] | Should -Match "Proxy-Authorization: Basic $([regex]::Escape($basic))"
        $other = [pscredential]::new('other', (ConvertTo-SecureString 'word' -AsPlainText -Force))
        Connect-TestProxy @{ Proxy = "http://user:no@127.0.0.1:$($proxy.Port)"; ProxyCredential = $other }
        $null = Get-TestError { Get-MembraneConnector -ErrorAction Stop }
        @($proxy.Requests)[-1] | Should -Match "Proxy-Authorization: Basic $([Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes('other:word')))"
    }

    It 'shows its password nowhere, whether it <_>' -ForEach 'wants another', 'forbids', 'drops', 'is not there', 'is named' {
        $answer = @{ 'wants another' = $needs; forbids = $forbids; drops = ''; 'is not there' = ''; 'is named' = $needs }[$_]
        $proxy = New-TestProxy $answer
        $port = $proxy.Port
        if ($_ -eq 'is not there') { $proxy.Dispose() }
        $address = "http://person:Hunter2!x@127.0.0.1:$port"
        $seen = if ($_ -eq 'is named') { Invoke-TestProxied @{ TEST_ADDRESS = $address } '-Proxy $env:TEST_ADDRESS' } else { Invoke-TestProxied @{ HTTPS_PROXY = $address } }
        $seen | Should -Match "127\.0\.0\.1:$port"
        $seen | Should -Not -Match 'Hunter2|person:'
    }
}

Describe 'The proxy of the environment' {
    It 'is not used with -NoProxy' {
        $proxy = New-TestProxy $needs
        $seen = Invoke-TestProxied @{ HTTPS_PROXY = "http://127.0.0.1:$($proxy.Port)" } '-NoProxy'
        $proxy.Requests.Count | Should -Be 0
        $seen | Should -Not -Match "127\.0\.0\.1:$($proxy.Port)"
        $seen | Should -Match 'api\.example:?\d* could not be reached'
    }

    It 'gets the credentials of -ProxyCredential' {
        $proxy = New-TestProxy $needs
        $null = Invoke-TestProxied @{ HTTPS_PROXY = "http://127.0.0.1:$($proxy.Port)" } "-ProxyCredential ([pscredential]::new('me', (ConvertTo-SecureString x -AsPlainText -Force)))"
        @($proxy.Requests)[-1] | Should -Match 'Proxy-Authorization: Basic bWU6eA=='
    }

    It 'is bypassed as the documentation of NO_PROXY says' {
        $proxy = New-TestProxy $needs
        $hosts = 'a.example', 'x.b.example', 'x.a.example', 'x.c.example', 'd.example', 'x.e.example'
        $null = Invoke-TestProxied @{ HTTPS_PROXY = "http://127.0.0.1:$($proxy.Port)"; NO_PROXY = 'A.example, .b.example,*.c.example,d.example:443,e.example' } -Hosts $hosts
        @($proxy.Requests | ForEach-Object { ($_ -split '[ :]')[1] } | Select-Object -Unique) | Should -Be 'x.a.example', 'x.c.example', 'd.example', 'x.e.example'
    }
}

Describe 'Parameters of the proxy' {
    It '<Line> is refused, naming <Name>' -ForEach @(
        @{ Name = 'NoProxy'; Line = '-NoProxy -Proxy http://127.0.0.1:1' }
        @{ Name = 'NoProxy'; Line = '-NoProxy -ProxyCredential ([pscredential]::new("a", (ConvertTo-SecureString x -AsPlainText -Force)))' }
        @{ Name = 'Proxy'; Line = '-Proxy proxy:8080' }
        @{ Name = 'Proxy'; Line = '-Proxy ftp://user:Hunter2@proxy' }
        @{ Name = 'Proxy'; Line = '-Proxy ./proxy' }
    ) {
        $fault = Get-TestError { & ([scriptblock]::Create("Connect-Membrane -WorkspaceKey k -WorkspaceSecret s -TenantKey t -ApiUri https://api.example $Line")) }
        $fault.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        "$fault" | Should -BeLike "*$Name*"
        "$fault" | Should -Not -Match 'Hunter2'
    }
}
