<#
.SYNOPSIS
    Brings the rows of a CSV file into a CRM, every night, and picks up where it was stopped.
.DESCRIPTION
    Runs one action of a connection for each row. The checkpoint keeps what became of each: when the job is stopped, by
    the fair share of Azure Automation or by anything else, the next start skips what is done. A row whose run was sent
    and never answered is not sent again, but reported as OutcomeUnknown, unless -RetryUnknown says that twice does no harm.

    The disk of a cloud sandbox does not outlive the job. There, give the checkpoint a home with -CheckpointUri (a blob
    with a SAS that may read and write): the rows are worked on in slices, and the checkpoint is saved before and after
    each. What a stopped job has done in its last slice is then not known to the next one, so that the action should be
    one that does no harm when it is repeated (such as an upsert by e-mail). On a Hybrid Runbook Worker let
    -CheckpointPath be on a disk that stays: then nothing is ever done twice.

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
    Where the checkpoint is while the job runs.
.PARAMETER CheckpointUri
    Where the checkpoint is between jobs.
.PARAMETER SliceSize
    After how many rows the checkpoint is saved to -CheckpointUri.
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

    [ValidateRange(1, 100000)]
    [int] $SliceSize = 500,

    [switch] $ResumeFailed,

    [switch] $RetryUnknown
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Save-Checkpoint {
    if ($CheckpointUri -and (Test-Path -LiteralPath $CheckpointPath)) {
        $null = Invoke-RestMethod -Method Put -Uri $CheckpointUri -InFile $CheckpointPath -Headers @{ 'x-ms-blob-type' = 'BlockBlob' } -ContentType 'application/octet-stream'
    }
}

if ($CheckpointUri -and -not (Test-Path -LiteralPath $CheckpointPath)) {
    try {
        Invoke-WebRequest -Uri $CheckpointUri -OutFile $CheckpointPath -UseBasicParsing
    }
    catch {
        # The first job finds none. Any other reason must stop the job: without the checkpoint it would do everything again.
        Remove-Item -LiteralPath $CheckpointPath -ErrorAction Ignore
        if ([int] $_.Exception.Response.StatusCode -ne 404) { throw }
    }
}

$file = $Source
if ($Source -match '^https?://') {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-$([guid]::NewGuid()).csv"
    Invoke-WebRequest -Uri $Source -OutFile $file -UseBasicParsing
}

$total = [ordered]@{ Total = 0; Succeeded = 0; Skipped = 0; Failed = 0; Unknown = 0; NotSent = 0 }
try {
    Connect-Membrane -WorkspaceKey (Get-AutomationVariable -Name MembraneWorkspaceKey) -WorkspaceSecret (Get-AutomationVariable -Name MembraneWorkspaceSecret) -TenantKey $TenantKey
    $run = @{
        Action = $Action
        Connection = $Connection
        CheckpointPath = $CheckpointPath
        CheckpointKey = $KeyColumn
        ResumeFailed = $ResumeFailed
        RetryUnknown = $RetryUnknown
        SummaryVariable = 'summary'
        ErrorVariable = 'problems'
        ErrorAction = 'SilentlyContinue'
    }
    $slice = [System.Collections.Generic.List[object]]::new()
    $work = {
        $problems = @()
        $slice | Invoke-MembraneAction @run | Out-Null
        foreach ($name in @($total.Keys)) { $total[$name] += $summary.$name }
        # One short line each, and not all of them: a job's stream takes a megabyte.
        $problems | Select-Object -First 20 | ForEach-Object { Write-Warning "$($_.FullyQualifiedErrorId): $($_.Exception.Message)" }
        $slice.Clear()
        Save-Checkpoint
    }
    # Without a home elsewhere for the checkpoint there is no need to pause: the file itself is always up to date.
    $size = if ($CheckpointUri) { $SliceSize } else { 10000 }
    Import-Csv -LiteralPath $file -Encoding utf8 | ForEach-Object {
        $slice.Add($_)
        if ($slice.Count -ge $size) { . $work }
    }
    if ($slice.Count) { . $work }
}
finally {
    Save-Checkpoint
    Disconnect-Membrane -All
    if ($file -ne $Source) { Remove-Item -LiteralPath $file -ErrorAction Ignore }
}

[pscustomobject] $total
if ($total.Failed + $total.Unknown + $total.NotSent) {
    throw "$($total.Failed) rows failed, of $($total.Unknown) the outcome is unknown, $($total.NotSent) were not sent: see the warnings. Start the job again to go on."
}
