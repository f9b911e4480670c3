<#
.SYNOPSIS
    One worker of several: runs an action for the rows of its shard, and goes on where an earlier one was stopped.
.DESCRIPTION
    The same script is the worker on every engine: an Azure Automation job, a session of SSH remoting, a pod of a Kubernetes Indexed Job,
    a job of a GitHub Actions matrix, a task of a Slurm array. It signs in by
    the environment variables (about_Membrane_Authentication), or the Automation variables of Start-Shards.ps1.
.PARAMETER Source
    The CSV file with all rows: a path, or an https address. Every worker reads it, and takes its own rows.
.PARAMETER Index
    The number of this worker, from 0. Without it, the number comes from the environment variable of the engine.
.PARAMETER Count
    How many workers there are.
.PARAMETER KeyColumn
    The column that tells the rows apart. It also says which worker has a row: rows with one key are those of one worker.
.PARAMETER CheckpointFolder
    A folder, which all workers may share, or the address of a container of Azure Blob Storage with a signature (SAS). Every worker has a
    checkpoint there, named after its number and how many there are. What any of the others has done counts as done, so that a run may go on
    with another number of workers.
.PARAMETER ResumeFailed
    Run rows again that failed before.
.OUTPUTS
    One object with the result counts of the worker.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Source,

    [int] $Index = -1,

    [int] $Count = 0,

    [Parameter(Mandatory = $true)]
    [string] $KeyColumn,

    [Parameter(Mandatory = $true)]
    [string] $CheckpointFolder,

    [string] $Connection = 'hubspot',

    [string] $Action = 'create-contact',

    [ValidateRange(1, 256)]
    [int] $ThrottleLimit = 8,

    [switch] $ResumeFailed
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$file = $Source
if ($Source -match '^https?://') {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-$([guid]::NewGuid()).csv"
    Invoke-WebRequest -Uri $Source -OutFile $file -UseBasicParsing
}

$shard = if ($Index -ge 0) { @{ Index = $Index; Count = $Count } } elseif ($Count) { @{ IndexFromEnvironment = $true; Count = $Count } } else { @{ IndexFromEnvironment = $true } }
# Which worker this is, for the name of its checkpoint; a shard of nothing tells, and finds a wrong number before any row is read.
$said = @(@() | Select-MembraneShard @shard -Verbose 4>&1)
$number, $of = [regex]::Matches("$said", '\d+').Value
$name = "shard-$number-of-$of.checkpoint"
if ($CheckpointFolder -match '^https?://') {
    # The others' blobs cannot be listed with every signature: those of the same number of workers have nothing of this one.
    $address = [System.UriBuilder] $CheckpointFolder
    $address.Path = $address.Path.TrimEnd('/') + '/' + $name
    $checkpoint = @{ CheckpointUri = $address.Uri }
}
else {
    $null = New-Item -ItemType Directory -Path $CheckpointFolder -Force
    $checkpoint = @{ CheckpointPath = Join-Path $CheckpointFolder $name; PriorCheckpoint = Join-Path $CheckpointFolder 'shard-*.checkpoint' }
}

try {
    if (Get-Command Get-AutomationVariable -ErrorAction Ignore) {
        Connect-Membrane -WorkspaceKey (Get-AutomationVariable -Name MembraneWorkspaceKey) -WorkspaceSecret (Get-AutomationVariable -Name MembraneWorkspaceSecret) -TenantKey (Get-AutomationVariable -Name MembraneTenantKey)
    }
    else { Connect-Membrane }
    Import-Csv -LiteralPath $file -Encoding utf8 |
        Select-MembraneShard @shard -Key $KeyColumn |
        Invoke-MembraneAction $Action $Connection @checkpoint -CheckpointKey $KeyColumn -ThrottleLimit $ThrottleLimit -ResumeFailed:$ResumeFailed -SummaryVariable summary -ErrorVariable problems -ErrorAction SilentlyContinue | Out-Null
    # One short line each, and not all of them.
    $problems | Select-Object -First 20 | ForEach-Object { Write-Warning "$($_.FullyQualifiedErrorId): $($_.Exception.Message)" }
    [pscustomobject]@{ Shard = "$number of $of"; Total = $summary.Total; Succeeded = $summary.Succeeded; Skipped = $summary.Skipped; Failed = $summary.Failed; Unknown = $summary.Unknown; NotSent = $summary.NotSent }
}
finally {
    if ($file -ne $Source) { Remove-Item -LiteralPath $file -ErrorAction Ignore }
}

# An engine that starts a failed worker again sees it by the exit code.
if ($summary.Failed + $summary.NotSent) { throw "Shard $number of ${of}: $($summary.Failed) rows failed, $($summary.NotSent) were not sent. Start it again to go on." }
