<#
.SYNOPSIS
    Answers GET /api/membrane-token with a token for the customer who is signed in to your product.
.DESCRIPTION
    A small server for one machine: it listens on a loopback address, behind the server of your product, which terminates
    TLS. The secret of the workspace stays in this process; what leaves it is a token for one customer that ends soon.

    It runs until it is stopped (Ctrl+C).
.PARAMETER FindTenant
    Who is signed in: a script block that gets the request (System.Net.HttpListenerRequest) and returns an object or a
    hashtable with TenantKey and, if you like, TenantName; nothing for a request that you do not know. Check your own
    session here. Never take the customer from a query or a header that the browser can choose.
.PARAMETER WorkspaceKey
    The key of the workspace; the environment variable MEMBRANE_WORKSPACE_KEY by default.
.PARAMETER WorkspaceSecret
    The secret of the workspace; the environment variable MEMBRANE_WORKSPACE_SECRET by default.
.PARAMETER Port
    The port; 5170 by default.
.PARAMETER LifetimeSec
    How long a token lasts; the SDK asks for another one in time.
.EXAMPLE
    ./Start-TokenEndpoint.ps1 -FindTenant { param($request) Get-CustomerOfSession $request.Cookies['session'].Value }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [scriptblock] $FindTenant,

    [string] $WorkspaceKey = $env:MEMBRANE_WORKSPACE_KEY,

    # A SecureString or text, as New-MembraneToken takes it.
    $WorkspaceSecret = $env:MEMBRANE_WORKSPACE_SECRET,

    [ValidateRange(1, 65535)]
    [int] $Port = 5170,

    [ValidateRange(60, 86400)]
    [int] $LifetimeSec = 900
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module Membrane
if (-not $WorkspaceKey -or -not $WorkspaceSecret) { throw 'Pass -WorkspaceKey and -WorkspaceSecret, or set MEMBRANE_WORKSPACE_KEY and MEMBRANE_WORKSPACE_SECRET.' }

$signing = @{ WorkspaceKey = $WorkspaceKey; WorkspaceSecret = $WorkspaceSecret; LifetimeSec = $LifetimeSec }

# Answers one request: the status and the JSON.
function Get-Answer([System.Net.HttpListenerRequest] $Request, [scriptblock] $FindTenant, [hashtable] $Signing) {
    if ($Request.Url.AbsolutePath -ne '/api/membrane-token') { return 404, @{ error = 'There is nothing here.' } }
    if ($Request.HttpMethod -ne 'GET') { return 405, @{ error = 'Only GET is supported.' } }
    $tenant = & $FindTenant $Request
    if (-not $tenant) { return 401, @{ error = 'Sign in first.' } }
    200, @{ token = [pscustomobject] $tenant | New-MembraneToken @Signing -AsPlainText }
}

$listener = [System.Net.HttpListener]::new()
$listener.Prefixes.Add("http://localhost:$Port/")
$listener.Start()
Write-Information "The token endpoint listens on http://localhost:$Port/api/membrane-token" -InformationAction Continue
try {
    while ($true) {
        # Waits in short turns: nothing can stop a wait within .NET, Ctrl+C included.
        $waiting = $listener.GetContextAsync()
        while (-not $waiting.Wait(250)) { }
        $context = $waiting.Result
        try { $status, $body = Get-Answer -Request $context.Request -FindTenant $FindTenant -Signing $signing }
        catch {
            # What went wrong is for the log, not for the browser.
            Write-Warning "No token was made: $_"
            $status, $body = 500, @{ error = 'No token could be made.' }
        }

        $bytes = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $body -Compress))
        $context.Response.StatusCode = $status
        $context.Response.ContentType = 'application/json'
        # A token kept by a proxy or a browser is someone else's sooner or later.
        $context.Response.Headers['Cache-Control'] = 'no-store'
        try { $context.Response.Close($bytes, $true) }
        catch { Write-Verbose "The browser did not wait for the answer: $_" }
    }
}
finally { $listener.Close() }
