<#
.SYNOPSIS
    Provisions tenants and their connections from a list.
.DESCRIPTION
    For each row of a CSV file with the columns tenantKey, name, app and, optionally, secret: the tenant is made if it is
    not there (or renamed), and connected with the app if it is not. Apps that take an API key get it from the Automation
    variable that the column secret names; for the others a person has to sign in, and the row of the report has the
    address of the page to send to them.

    Each step looks first and then does what is missing, so the job can be started again at any time. An address that
    nobody has used is made again.

    Automation variables: MembraneWorkspaceKey, MembraneWorkspaceSecret (encrypted), and one for each API key.
.PARAMETER Path
    The CSV file.
.OUTPUTS
    One object for each row: what there is now.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Path
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$workspace = @{
    WorkspaceKey = Get-AutomationVariable -Name MembraneWorkspaceKey
    WorkspaceSecret = Get-AutomationVariable -Name MembraneWorkspaceSecret
}
$rows = @(Import-Csv -LiteralPath $Path -Encoding utf8)
$incomplete = @($rows | Where-Object { -not ($_.tenantKey -and $_.name -and $_.app) })
if ($incomplete) { throw "$($incomplete.Count) rows have no tenantKey, name or app; nothing was changed." }

$failed = 0
try {
    Connect-Membrane @workspace -Manager -Name manager
    foreach ($row in $rows) {
        $result = [ordered]@{ Tenant = $row.tenantKey; App = $row.app; Connection = $null; Status = $null; Page = $null }
        try {
            $tenant = Get-MembraneTenant $row.tenantKey -Context manager -ErrorAction Ignore
            if (-not $tenant) { $null = New-MembraneTenant $row.name $row.tenantKey -Context manager }
            elseif ($tenant.Name -ne $row.name) { $tenant | Set-MembraneTenant -Name $row.name -Context manager }

            # A context of its own for each tenant: what is done in it can reach no other.
            Connect-Membrane @workspace -TenantKey $row.tenantKey -Name tenant
            $connection = Get-MembraneConnection -IntegrationKey $row.app -Context tenant | Sort-Object -Property Connected -Descending | Select-Object -First 1
            if ($connection -and $connection.Connected) {
                $result.Status = 'connected before'
            }
            elseif ($row.PSObject.Properties['secret'] -and $row.secret) {
                $key = Get-AutomationVariable -Name $row.secret
                $connection = New-MembraneConnection -IntegrationKey $row.app -Name "$($row.app) of $($row.name)" -Credentials @{ apiKey = $key } -Context tenant
                $result.Status = 'connected'
            }
            else {
                $request = New-MembraneConnectionRequest -IntegrationKey $row.app -Name "$($row.app) of $($row.name)" -Context tenant
                $result.Status = 'waits for a person'
                $result.Page = $request.Url
            }

            if ($connection) { $result.Connection = $connection.Id }
        }
        catch {
            # One row that cannot be done is no reason to leave the others.
            $failed++
            $result.Status = "failed: $($_.Exception.Message)"
        }

        [pscustomobject] $result
    }
}
finally {
    Disconnect-Membrane -All
}

if ($failed) { throw "$failed of $($rows.Count) rows failed: see their status. Start the job again to go on." }
