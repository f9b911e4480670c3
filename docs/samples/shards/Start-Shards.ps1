<#
.SYNOPSIS
    A runbook for Azure Automation that shares an input among child jobs, and waits for them.
.DESCRIPTION
    Starts the runbook Sync-Shard once for each shard with Start-AutomationRunbook, and those again that did not complete. A child job has
    three hours; what it has not done by then, the next start does. Import Sync-Shard.ps1 into the same account as "Sync-Shard".

    Automation variables, for the children: MembraneWorkspaceKey, MembraneWorkspaceSecret (encrypted), MembraneTenantKey.
.PARAMETER Source
    The CSV file: an https address (a blob with a SAS), for every child reads it.
.PARAMETER Count
    How many shards there are.
.PARAMETER KeyColumn
    The column that tells the rows apart.
.PARAMETER CheckpointFolder
    The address of a container with a SAS; or a folder, on Hybrid Runbook Workers.
.PARAMETER Attempts
    How often a child is started at most.
.OUTPUTS
    One object for each shard, with the result counts of its rows.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Source,

    [Parameter(Mandatory = $true)]
    [ValidateRange(1, 1000)]
    [int] $Count,

    [Parameter(Mandatory = $true)]
    [string] $KeyColumn,

    [Parameter(Mandatory = $true)]
    [string] $CheckpointFolder,

    [ValidateRange(1, 20)]
    [int] $Attempts = 3
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

# The checkpoints say what the children have done, whatever became of the jobs.
function Get-ShardSummary([int[]] $Index) {
    foreach ($one in $Index) {
        $name = "shard-$one-of-$Count.checkpoint"
        if ($CheckpointFolder -match '^https?://') {
            $address = [System.UriBuilder] $CheckpointFolder
            $address.Path = $address.Path.TrimEnd('/') + '/' + $name
            $found = Get-MembraneCheckpoint -Uri $address.Uri -Summary -ErrorAction SilentlyContinue
        }
        else { $found = Get-MembraneCheckpoint (Join-Path $CheckpointFolder $name) -Summary -ErrorAction SilentlyContinue }
        [pscustomobject]@{ Index = $one; Summary = $found; IsDone = $found -and -not ($found.Open + $found.Failed + $found.NotSent) }
    }
}

# Counted, for a list of the one shard 0 is false.
$left = @(0..($Count - 1))
for ($attempt = 1; $left.Count -and $attempt -le $Attempts; $attempt++) {
    $jobs = foreach ($index in $left) {
        Start-AutomationRunbook -Name 'Sync-Shard' -Parameters @{ Source = $Source; Index = $index; Count = $Count; KeyColumn = $KeyColumn; CheckpointFolder = $CheckpointFolder; ResumeFailed = $attempt -gt 1 }
    }

    Wait-AutomationJob -Id @($jobs) -TimeoutInMinutes 200 -DelayInSeconds 30
    $left = @(Get-ShardSummary $left | Where-Object IsDone -EQ $false | ForEach-Object Index)
    if ($left.Count) { Write-Warning "After attempt ${attempt}: shards $($left -join ', ') are not done." }
}

foreach ($one in Get-ShardSummary @(0..($Count - 1))) {
    $one.Summary | Select-Object @{ Name = 'Shard'; Expression = { $one.Index } }, Total, Succeeded, Failed, NotSent, Unknown
}

if ($left.Count) { throw "Shards $($left -join ', ') are not done. Start the runbook again to go on." }
