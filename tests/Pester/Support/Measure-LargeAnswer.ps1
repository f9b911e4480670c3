# Reads large answers one after another, in a process of its own, and says in JSON how much of them stays.
param([string] $Module, [string] $Address, [string] $Token, [ValidateSet('list', 'page', 'follow', 'text', 'escaped', 'endless')] [string] $Kind, [int] $Rounds)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$null = Connect-Membrane -Token (ConvertTo-SecureString $Token -AsPlainText -Force) -ApiUri $Address
$problem = $null
$heap = foreach ($round in 0..$Rounds) {
    if ($round -gt 0) {
        try {
            switch ($Kind) {
                page { Get-MembraneConnection | Out-Null }
                follow { Invoke-MembraneRequest /list -FollowCursor | Out-Null }
                default { Invoke-MembraneRequest "/$Kind" | Out-Null }
            }
        }
        catch {
            $problem = $_.FullyQualifiedErrorId
            $Error.Clear()
        }
    }

    # What pools keep for each thread is there still: they let go of it only after a while. What a thread of the engine that has
    # not come to rest yet refers to is gone a moment later, and what is kept is not.
    $least = [double]::MaxValue
    for ($try = 0; $try -lt 10 -and ($try -eq 0 -or $least -gt 20); $try++) {
        if ($try -gt 0) { Start-Sleep -Milliseconds 100 }
        [GC]::Collect()
        [GC]::WaitForPendingFinalizers()
        $least = [Math]::Min($least, [GC]::GetTotalMemory($true) / 1MB)
    }
    [Math]::Round($least)
}

$process = [System.Diagnostics.Process]::GetCurrentProcess()
@{ Heap = @($heap); Problem = $problem; WorkingSet = [Math]::Round($process.WorkingSet64 / 1MB); Peak = [Math]::Round($process.PeakWorkingSet64 / 1MB) } | ConvertTo-Json -Compress
