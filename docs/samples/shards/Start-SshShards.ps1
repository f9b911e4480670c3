<#
.SYNOPSIS
    Shares an input among machines by PowerShell remoting over SSH, and starts again the shard of a machine that is lost.
.DESCRIPTION
    Every machine has PowerShell with the subsystem for remoting, the module, the input, and Sync-Shard.ps1. A machine takes one shard after
    the other until all are done. The checkpoints are in a folder that the machines share, or in a container of Azure Blob Storage: a shard
    that another machine takes over goes on where the lost one was, and does nothing twice.
.PARAMETER Machine
    The machines, each a hashtable with what New-PSSession takes: HostName, and perhaps Port, UserName, KeyFilePath and Options.
.PARAMETER Count
    How many shards there are; more than machines, so that a slow machine takes fewer.
.PARAMETER Script
    The path of Sync-Shard.ps1 on the machines.
.PARAMETER Parameters
    What Sync-Shard.ps1 is given beside -Index and -Count.
.PARAMETER Environment
    Environment variables of the workers, such as those of the sign-in.
.PARAMETER Attempts
    How often a shard is started at most.
.OUTPUTS
    The result counts of the shards.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [hashtable[]] $Machine,

    [Parameter(Mandatory = $true)]
    [ValidateRange(1, 1000)]
    [int] $Count,

    [Parameter(Mandatory = $true)]
    [string] $Script,

    [Parameter(Mandatory = $true)]
    [hashtable] $Parameters,

    [hashtable] $Environment = @{},

    [ValidateRange(1, 20)]
    [int] $Attempts = 3
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$work = {
    param($Script, $Parameters, $Environment)
    foreach ($name in $Environment.Keys) { [Environment]::SetEnvironmentVariable($name, $Environment[$name]) }
    & $Script @Parameters
}

$waiting = [System.Collections.Generic.Queue[hashtable]]::new()
foreach ($index in 0..($Count - 1)) { $waiting.Enqueue(@{ Index = $index; Attempt = 1 }) }
$free = [System.Collections.Generic.Queue[hashtable]]::new($Machine)
$running = @{}
while ($waiting.Count -or $running.Count) {
    while ($waiting.Count -and $free.Count) {
        $shard = $waiting.Dequeue()
        $on = $free.Dequeue()
        $session = $null
        try {
            $session = New-PSSession @on
            $job = Invoke-Command -Session $session -ScriptBlock $work -ArgumentList $Script, ($Parameters + @{ Index = $shard.Index; Count = $Count }), $Environment -AsJob
            $running[$job.Id] = @{ Job = $job; Shard = $shard; Machine = $on; Session = $session }
        }
        catch {
            # A machine that cannot be reached takes no further part.
            Write-Warning "$($on.HostName):$($on['Port']): $_"
            $waiting.Enqueue($shard)
            if ($session) { Remove-PSSession $session }
            if (-not $free.Count -and -not $running.Count) { throw 'No machine is left.' }
        }
    }

    foreach ($id in @((Wait-Job -Job @($running.Values.Job) -Any).Id)) {
        $ended = $running[$id]
        $running.Remove($id)
        $account = $null
        try { $account = Receive-Job -Job $ended.Job -ErrorAction Stop } catch { Write-Warning "Shard $($ended.Shard.Index): $_" }
        $free.Enqueue($ended.Machine)
        Remove-Job -Job $ended.Job -Force
        Remove-PSSession -Session $ended.Session
        if ($account) { $account | Select-Object * -ExcludeProperty PSComputerName, RunspaceId, PSShowComputerName }
        elseif ($ended.Shard.Attempt -lt $Attempts) { $waiting.Enqueue(@{ Index = $ended.Shard.Index; Attempt = $ended.Shard.Attempt + 1 }) }
        else { Write-Error "Shard $($ended.Shard.Index) was started $Attempts times, and is not done." -ErrorAction Continue }
    }
}
