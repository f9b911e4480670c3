# Plays Azure Functions for one function of an app: its bindings, its request, and Push-OutputBinding. Dot-sourced by the
# tests; run with -Function and -Port, it serves the function over HTTP until it is killed.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'The function that runs here takes them.')]
param([string] $Function, [int] $Port, [hashtable] $Header = @{})

$ErrorActionPreference = 'Stop'
if (-not ('HttpResponseContext' -as [type])) {
    Add-Type -TypeDefinition 'public class HttpResponseContext { public System.Net.HttpStatusCode StatusCode = System.Net.HttpStatusCode.OK; public System.Collections.IDictionary Headers; public object Body; public string ContentType; }'
}

# What the host makes of a call: nothing where no trigger takes it, else the response of the function.
function Invoke-HostedFunction {
    param([string] $Folder, [string] $Method = 'GET', [string] $Path = '/api/membrane-token', [hashtable] $Header = @{})
    $bindings = (Get-Content -LiteralPath (Join-Path $Folder function.json) -Raw | ConvertFrom-Json).bindings
    $trigger = $bindings | Where-Object type -eq httpTrigger
    $output = $bindings | Where-Object { $_.type -eq 'http' -and $_.direction -eq 'out' }
    if ($Path -ne "/api/$($trigger.route)" -or $Method -notin $trigger.methods) { return }
    $headers = [System.Collections.Generic.Dictionary[string, string]]::new([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($name in $Header.Keys) { $headers[$name.ToLowerInvariant()] = $Header[$name] }
    $pushed = @{}
    function Push-OutputBinding {
        param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] $Value)
        if ($Name -notin $bindings.Where{ $_.direction -eq 'out' }.name) { throw "function.json has no output binding '$Name'." }
        $pushed[$Name] = $Value
    }

    $parameters = @{ $trigger.name = [pscustomobject]@{ Method = $Method; Headers = $headers; Query = @{}; Body = $null } }
    & (Join-Path $Folder run.ps1) @parameters
    $pushed[$output.name]
}

if (-not $Function) { return }
$listener = [System.Net.HttpListener]::new()
$listener.Prefixes.Add("http://localhost:$Port/")
$listener.Start()
Write-Host "The function listens on http://localhost:$Port"
while ($true) {
    $context = $listener.GetContext()
    $response = Invoke-HostedFunction -Folder $Function -Method $context.Request.HttpMethod -Path $context.Request.Url.AbsolutePath -Header $Header
    $context.Response.StatusCode = if ($response) { [int] $response.StatusCode } else { 404 }
    foreach ($name in $response.Headers.Keys) { $context.Response.Headers[$name] = $response.Headers[$name] }
    $context.Response.Close([System.Text.Encoding]::UTF8.GetBytes("$($response.Body)"), $true)
}
