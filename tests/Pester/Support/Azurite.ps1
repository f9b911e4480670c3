# Azurite, the emulator of Azure Storage, as a test starts, kills and starts it again; and what Azure's tools do besides.

# The documented account for development, which every Azurite has.
$AzuriteAccount = 'devstoreaccount1'
$AzuriteKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

# The program; nothing where it is not installed and cannot be.
function Find-Azurite {
    $folder = (Resolve-Path "$PSScriptRoot/../../azurite").Path
    $program = Join-Path $folder 'node_modules/azurite/dist/src/blob/main.js'
    if (-not (Test-Path -LiteralPath $program) -and (Get-Command npm -CommandType Application -ErrorAction Ignore)) {
        npm ci --prefix $folder --no-audit --no-fund --loglevel=error *> $null
    }

    if (Test-Path -LiteralPath $program) { $program }
}

# Starts it, on the port and the data of an earlier one where there was one. With a certificate (two files of PEM text) it speaks https, and
# takes tokens of Microsoft Entra ID, whose signature it does not check.
function Start-Azurite {
    param([hashtable] $Azurite, [string] $Folder, [hashtable] $Certificate)
    if (-not $Azurite) {
        $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        # Some machines forbid the ports above.
        do { $port = Get-Random -Minimum 20000 -Maximum 32000; try { $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, $port); $probe.Start(); $isFree = $true } catch { $isFree = $false } } until ($isFree)
        $probe.Stop()
        $Azurite = @{ Port = $port; Folder = $Folder; Address = "$(if ($Certificate) { 'https' } else { 'http' })://127.0.0.1:$port/$AzuriteAccount" }
    }

    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Command node -CommandType Application | Select-Object -First 1).Source)
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $arguments = @(Find-Azurite; '--location', $Azurite.Folder, '--blobHost', '127.0.0.1', '--blobPort', $Azurite.Port, '--silent', '--disableTelemetry')
    if ($Certificate) { $arguments += '--oauth', 'basic', '--cert', $Certificate.Path, '--key', $Certificate.KeyPath }
    foreach ($argument in $arguments) { $start.ArgumentList.Add("$argument") }
    $Azurite.Process = [System.Diagnostics.Process]::Start($start)
    while ($true) {
        if ($Azurite.Process.HasExited) { throw "Azurite ended: $($Azurite.Process.StandardOutput.ReadToEnd()) $($Azurite.Process.StandardError.ReadToEnd())" }
        try { $client = [System.Net.Sockets.TcpClient]::new('127.0.0.1', $Azurite.Port); $client.Dispose(); break } catch { Start-Sleep -Milliseconds 50 }
    }

    $Azurite
}

# As a machine that is shut down: what it has is written to its disk first.
function Stop-Azurite {
    param([hashtable] $Azurite)
    if ($IsWindows) { $Azurite.Process.Kill() } else { & kill -TERM $Azurite.Process.Id }
    $Azurite.Process.WaitForExit()
}

# A request with the account's key, as its owner.
function Invoke-Storage {
    param([string] $Method, [string] $Uri, [hashtable] $Headers = @{})
    $all = [ordered]@{}
    foreach ($name in @($Headers.Keys) | Sort-Object) { $all[$name] = $Headers[$name] }
    $all['x-ms-date'] = [DateTime]::UtcNow.ToString('R')
    $all['x-ms-version'] = '2021-12-02'
    $target = [uri] $Uri
    $names = @($all.Keys | Where-Object { $_ -like 'x-ms-*' } | Sort-Object)
    $canonical = ($names | ForEach-Object { "${_}:$($all[$_])`n" }) -join ''
    $query = $target.Query.TrimStart('?') -split '&' | Where-Object { $_ } | Sort-Object | ForEach-Object { $pair = $_ -split '=', 2; "`n$($pair[0]):$($pair[1])" }
    $text = "$Method`n`n`n`n`n`n`n`n`n`n`n`n$canonical/$AzuriteAccount$($target.AbsolutePath)$($query -join '')"
    $all['Authorization'] = "SharedKey ${AzuriteAccount}:$(Get-StorageSignature $text)"
    Invoke-WebRequest -Method $Method -Uri $Uri -Headers $all -SkipHttpErrorCheck -SkipHeaderValidation -SkipCertificateCheck
}

# A certificate for this machine, which whoever is to trust it names in SSL_CERT_FILE.
function New-AzuriteCertificate {
    param([string] $Folder)
    $key = [System.Security.Cryptography.RSA]::Create(2048)
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=127.0.0.1', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
    $names.AddIpAddress([System.Net.IPAddress]::Loopback)
    $request.CertificateExtensions.Add($names.Build())
    $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
    $files = @{ Path = Join-Path $Folder 'azurite.pem'; KeyPath = Join-Path $Folder 'azurite.key' }
    Set-Content -LiteralPath $files.Path -Value $certificate.ExportCertificatePem()
    Set-Content -LiteralPath $files.KeyPath -Value $key.ExportPkcs8PrivateKeyPem()
    $files
}

# A token as Get-AzAccessToken -ResourceUrl https://storage.azure.com has it, but for the signature.
function New-StorageToken {
    param([DateTimeOffset] $Expires = [DateTimeOffset]::UtcNow.AddHours(1))
    $issued = [DateTimeOffset]::UtcNow.AddHours(-2).ToUnixTimeSeconds()
    $parts = foreach ($part in @{ alg = 'RS256'; typ = 'JWT' }, @{ aud = 'https://storage.azure.com'; iss = 'https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/'; iat = $issued; nbf = $issued; exp = $Expires.ToUnixTimeSeconds() }) {
        [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes(($part | ConvertTo-Json -Compress))).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    }
    "$($parts -join '.').c2lnbmF0dXJl"
}

function Get-StorageSignature([string] $Text) {
    [Convert]::ToBase64String([System.Security.Cryptography.HMACSHA256]::HashData([Convert]::FromBase64String($AzuriteKey), [System.Text.Encoding]::UTF8.GetBytes($Text)))
}

# The query that allows what the letters say for a container, or one blob of it.
function Get-StorageSignedQuery {
    param([string] $Container, [string] $Blob, [string] $Permissions = 'racw', [datetime] $Expires = [DateTime]::UtcNow.AddHours(1))
    $kind, $path = if ($Blob) { 'b', "$Container/$Blob" } else { 'c', $Container }
    $expiry = $Expires.ToString('yyyy-MM-ddTHH:mm:ssZ')
    $text = @($Permissions, '', $expiry, "/blob/$AzuriteAccount/$path", '', '', 'https,http', '2020-12-06', $kind, '', '', '', '', '', '', '') -join "`n"
    "sp=$Permissions&se=$([uri]::EscapeDataString($expiry))&spr=https,http&sv=2020-12-06&sr=$kind&sig=$([uri]::EscapeDataString((Get-StorageSignature $text)))"
}
