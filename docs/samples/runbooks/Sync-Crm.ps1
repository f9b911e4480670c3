<#
.SYNOPSIS
    Brings the rows of a CSV file into a CRM, every night, and picks up where it was stopped.
.DESCRIPTION
    Runs one action of a connection for each row. The checkpoint keeps what became of each: when the job is stopped, by
    the fair share of Azure Automation or by anything else, the next start skips what is done. A row whose run was sent
    and never answered is not sent again, but reported as OutcomeUnknown, unless -RetryUnknown says that twice does no harm.

    The disk of a cloud sandbox does not outlive the job. There, keep the checkpoint in a blob with -CheckpointUri (with a SAS that may
    read, add, create and write); on a Hybrid Runbook Worker let -CheckpointPath be on a disk that stays. Either way nothing is done twice.

    Automation variables: MembraneWorkspaceKey, MembraneWorkspaceSecret (encrypted).
.PARAMETER Source
    The CSV file: a path, or an https address (a blob with a SAS).
.PARAMETER TenantKey
    On whose behalf.
.PARAMETER Connection
    The connection to the CRM: its key or id, or the key of its app.
.PARAMETER Action
    The action to run for each row; the columns are its input.
.PARAMETER KeyColumn
    The column that tells the rows apart.
.PARAMETER CheckpointPath
    The file of the checkpoint.
.PARAMETER CheckpointUri
    The blob of the checkpoint, in place of a file.
.PARAMETER ResumeFailed
    Run rows again that failed before.
.PARAMETER RetryUnknown
    Run rows again whose outcome is unknown.
.OUTPUTS
    One object with the account of all rows.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Source,

    [Parameter(Mandatory = $true)]
    [string] $TenantKey,

    [string] $Connection = 'hubspot',

    [string] $Action = 'create-contact',

    [string] $KeyColumn = 'email',

    [string] $CheckpointPath = (Join-Path ([System.IO.Path]::GetTempPath()) "membrane-$TenantKey-$Connection-$Action.checkpoint"),

    [string] $CheckpointUri,

    [switch] $ResumeFailed,

    [switch] $RetryUnknown
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$file = $Source
if ($Source -match '^https?://') {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-$([guid]::NewGuid()).csv"
    Invoke-WebRequest -Uri $Source -OutFile $file -UseBasicParsing
}

try {
    Connect-Membrane -WorkspaceKey (Get-AutomationVariable -Name MembraneWorkspaceKey) -WorkspaceSecret (Get-AutomationVariable -Name MembraneWorkspaceSecret) -TenantKey $TenantKey
    $checkpoint = if ($CheckpointUri) { @{ CheckpointUri = $CheckpointUri } } else { @{ CheckpointPath = $CheckpointPath } }
    Import-Csv -LiteralPath $file -Encoding utf8 |
        Invoke-MembraneAction $Action $Connection @checkpoint -CheckpointKey $KeyColumn -ResumeFailed:$ResumeFailed -RetryUnknown:$RetryUnknown -SummaryVariable summary -ErrorVariable problems -ErrorAction SilentlyContinue | Out-Null
    # One short line each, and not all of them: a job's stream takes a megabyte.
    $problems | Select-Object -First 20 | ForEach-Object { Write-Warning "$($_.FullyQualifiedErrorId): $($_.Exception.Message)" }
}
finally {
    Disconnect-Membrane -All
    if ($file -ne $Source) { Remove-Item -LiteralPath $file -ErrorAction Ignore }
}

$summary | Select-Object Total, Succeeded, Skipped, Failed, Unknown, NotSent
if ($summary.Failed + $summary.Unknown + $summary.NotSent) {
    throw "$($summary.Failed) rows failed, of $($summary.Unknown) the outcome is unknown, $($summary.NotSent) were not sent: see the warnings. Start the job again to go on."
}
