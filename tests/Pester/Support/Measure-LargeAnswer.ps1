# Reads large answers one after another, in a process of its own, and says in JSON how much of them stays.
param([string] $Module, [string] $Address, [string] $Token, [ValidateSet('list', 'page', 'text', 'escaped', 'endless')] [string] $Kind, [int] $Rounds)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$null = Connect-Membrane -Token (ConvertTo-SecureString $Token -AsPlainText -Force) -ApiUri $Address
$problem = $null
$heap = foreach ($round in 0..$Rounds) {
    if ($round -gt 0) {
        try {
            if ($Kind -eq 'page') { Get-MembraneConnection | Out-Null } else { Invoke-MembraneRequest "/$Kind" | Out-Null }
        }
        catch {
            $problem = $_.FullyQualifiedErrorId
            $Error.Clear()
        }
    }

    # What pools keep for each thread is there still: they let go of it only after a while.
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    [Math]::Round([GC]::GetTotalMemory($true) / 1MB)
}

$process = [System.Diagnostics.Process]::GetCurrentProcess()
@{ Heap = @($heap); Problem = $problem; WorkingSet = [Math]::Round($process.WorkingSet64 / 1MB); Peak = [Math]::Round($process.PeakWorkingSet64 / 1MB) } | ConvertTo-Json -Compress
