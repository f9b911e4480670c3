# GET /api/membrane-token: a token for the customer who is signed in to the product.
#
# The sign-in is that of App Service ("Authentication" of the function app): the platform checks it, and writes who it
# is into X-MS-CLIENT-PRINCIPAL-ID and -NAME, which no caller can send. Turn it on, or check your own session here.
using namespace System.Net

param($Request)

$ErrorActionPreference = 'Stop'

function Write-Answer([HttpStatusCode] $Status, [hashtable] $Body) {
    Push-OutputBinding -Name Response -Value ([HttpResponseContext]@{
            StatusCode = $Status
            Headers = @{ 'Content-Type' = 'application/json'; 'Cache-Control' = 'no-store' }
            Body = ConvertTo-Json $Body -Compress
        })
}

$customer = $Request.Headers['x-ms-client-principal-id']
if (-not $customer) {
    Write-Answer Unauthorized @{ error = 'Sign in first.' }
    return
}

# Settings of the function app; the secret is best a reference to Key Vault.
$workspace = @{
    WorkspaceKey = $env:MEMBRANE_WORKSPACE_KEY
    WorkspaceSecret = $env:MEMBRANE_WORKSPACE_SECRET
}
$name = $Request.Headers['x-ms-client-principal-name']
$tenant = [pscustomobject]@{ TenantKey = $customer; TenantName = if ($name) { $name } else { $customer } }
$token = $tenant | New-MembraneToken @workspace -LifetimeSec 900 -AsPlainText
Write-Answer OK @{ token = $token }
