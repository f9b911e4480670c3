# Machines to reach by SSH: real sshd on loopback, each with the subsystem for PowerShell remoting.

function Find-Sshd {
    if ($IsWindows) { return }
    $found = '/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd' | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
    $tools = 'ssh', 'ssh-keygen' | Where-Object { Get-Command $_ -CommandType Application -ErrorAction Ignore }
    if ($found -and @($tools).Count -eq 2) { $found }
}

# Each has HostName, Port and so on for New-PSSession, the process of its sshd, and a file with the id of its last worker.
function Start-SshMachine {
    param([int] $Count, [string] $Folder)
    $null = New-Item -ItemType Directory -Path $Folder -Force
    $key = Join-Path $Folder 'user'
    & ssh-keygen -q -t ed25519 -N '' -f $key
    Copy-Item -LiteralPath "$key.pub" -Destination (Join-Path $Folder 'authorized')
    # Where sshd of root separates its privileges; the service of the system makes it, and none may run here.
    if ((& id -u) -eq '0') { $null = New-Item -ItemType Directory -Path /run/sshd -Force }
    $modules = Split-Path -Parent $env:MEMBRANE_TEST_MODULE
    while ((Split-Path -Leaf $modules) -ne 'Membrane') { $modules = Split-Path -Parent $modules }
    foreach ($number in 1..$Count) {
        & ssh-keygen -q -t ed25519 -N '' -f (Join-Path $Folder "host$number")
        $worker = Join-Path $Folder "worker$number"
        $environment = "HOME='$Folder' DOTNET_ROOT='$env:DOTNET_ROOT' PSModulePath='$(Split-Path -Parent $modules)' MEMBRANE_TEST_BUILD='$env:MEMBRANE_TEST_BUILD' POWERSHELL_TELEMETRY_OPTOUT=1"
        [System.IO.File]::WriteAllText("$worker.sh", "#!/bin/sh`necho `$`$ > '$worker.pid'`nexec env $environment '$env:MEMBRANE_TEST_ENGINE' -sshs -NoLogo -NoProfile`n")
        & chmod 700 "$worker.sh"
        do {
            # Some machines forbid the ports above.
            $port = Get-Random -Minimum 20000 -Maximum 32000
            try { $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, $port); $probe.Start(); $probe.Stop(); $isFree = $true } catch { $isFree = $false }
        } until ($isFree)
        @"
Port $port
ListenAddress 127.0.0.1
HostKey $(Join-Path $Folder "host$number")
PidFile none
AuthorizedKeysFile $(Join-Path $Folder 'authorized')
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
Subsystem powershell $worker.sh
"@ | Set-Content -LiteralPath "$worker.conf"
        $start = [System.Diagnostics.ProcessStartInfo]::new((Find-Sshd))
        $start.RedirectStandardError = $true
        foreach ($argument in '-D', '-e', '-f', "$worker.conf") { $start.ArgumentList.Add($argument) }
        $process = [System.Diagnostics.Process]::Start($start)
        while ($true) {
            if ($process.HasExited) { throw "sshd ended: $($process.StandardError.ReadToEnd())" }
            try { $client = [System.Net.Sockets.TcpClient]::new('127.0.0.1', $port); $client.Dispose(); break } catch { Start-Sleep -Milliseconds 20 }
        }

        @{
            Machine = @{ HostName = '127.0.0.1'; Port = $port; UserName = [Environment]::UserName; KeyFilePath = $key; Options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; IdentitiesOnly = 'yes'; LogLevel = 'ERROR' } }
            Process = $process
            WorkerFile = "$worker.pid"
        }
    }
}

function Stop-SshMachine([hashtable[]] $Machine) {
    foreach ($one in $Machine) { $one.Process.Kill($true); $one.Process.WaitForExit() }
}
