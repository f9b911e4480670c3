<#
.SYNOPSIS
    Looks at all connections of the workspace, and tells somebody which ones do not work.
.DESCRIPTION
    Lists the connections of all tenants, and tests those that say they work (-Test). The report goes to a webhook
    (-WebhookUri: Teams, Slack and the like take { "text": … }), or as a message through Membrane itself (-Connection and
    -Action, such as slack and post-message, or gmail and send-email). Nothing is sent when all is well.

    It changes nothing in Membrane, so it can be started again at any time.

    Automation variables: MembraneWorkspaceKey, MembraneWorkspaceSecret (encrypted).
.PARAMETER Test
    Ask each connector whether the app still accepts the credentials: one request for each connection.
.PARAMETER WebhookUri
    Where to post the report.
.PARAMETER TenantKey
    On whose behalf the message is sent.
.PARAMETER Connection
    The connection to send the message through.
.PARAMETER Action
    The action that sends it.
.PARAMETER Message
    The input of the action beside the text, such as @{ channel = '#ops' }.
.PARAMETER TextField
    The field of the input that takes the text.
.OUTPUTS
    One object for each connection that does not work.
#>
[CmdletBinding()]
param(
    [switch] $Test,

    [uri] $WebhookUri,

    [string] $TenantKey,

    [string] $Connection,

    [string] $Action = 'post-message',

    [System.Collections.IDictionary] $Message = @{},

    [string] $TextField = 'text'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($Connection -and -not $TenantKey) { throw 'A message is sent on behalf of a tenant: pass -TenantKey.' }

$workspace = @{
    WorkspaceKey = Get-AutomationVariable -Name MembraneWorkspaceKey
    WorkspaceSecret = Get-AutomationVariable -Name MembraneWorkspaceSecret
}
try {
    Connect-Membrane @workspace -Manager -Name manager

    # Page by page: the memory does not grow with the number of connections, only with the number of bad ones.
    $bad = @(Get-MembraneConnection -Context manager | ForEach-Object {
        $reason = if ($_.State -ne 'READY') { $_.State }
        elseif ($_.Disconnected -or $_.Connected -eq $false) { 'disconnected' }
        elseif ($Test -and -not ($_ | Test-MembraneConnection -Context manager -Quiet)) { 'the app refuses the credentials' }
        if ($reason) { [pscustomobject]@{ Tenant = $_.TenantId; Connection = $_.Name; Id = $_.Id; Problem = $reason } }
    })

    if ($bad) {
        $lines = @($bad | Select-Object -First 50 | ForEach-Object { "- $($_.Connection) of $($_.Tenant): $($_.Problem)" })
        if ($bad.Count -gt $lines.Count) { $lines += "- and $($bad.Count - $lines.Count) more" }
        $text = "$($bad.Count) connections do not work:`n" + ($lines -join "`n")
        if ($WebhookUri) {
            $null = Invoke-RestMethod -Method Post -Uri $WebhookUri -Body (ConvertTo-Json @{ text = $text }) -ContentType 'application/json; charset=utf-8'
        }

        if ($Connection) {
            Connect-Membrane @workspace -TenantKey $TenantKey -Name sender
            $null = Invoke-MembraneAction -Action $Action -Connection $Connection -InputObject ($Message + @{ $TextField = $text }) -Context sender
        }
    }
}
finally {
    Disconnect-Membrane -All
}

$bad
