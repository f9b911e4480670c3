# This module. Prints milliseconds and milliseconds of the processor, one line a round, and the growth in MB at the end.
param([string] $Work, [string] $Address, [int] $Rounds, [string] $Turn, [string] $Module)

Import-Module $Module
$path = if ($Work -eq 'slow') { '/slow' } else { '' }
Connect-Membrane -WorkspaceKey bench -WorkspaceSecret ('s' * 64) -TenantKey tenant -ApiUri "$Address$path"
$row = [pscustomobject]@{ email = 'ada@example.com' }
$tenants = 1..10000 | ForEach-Object { "tenant-$_" }
# What every process pays once is not what is measured here, and so is the same for all rivals: they do as many rounds.
$before = [System.Diagnostics.Process]::GetCurrentProcess().WorkingSet64
for ($round = 0; $round -lt $Rounds; $round++) {
    while (-not [System.IO.File]::Exists("$Turn$round")) { Start-Sleep -Milliseconds 10 }
    $used = [System.Environment]::CpuUsage.TotalTime
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    switch ($Work) {
        'list' { if ((Get-MembraneConnection | Measure-Object).Count -ne 100000) { throw 'Some are missing.' } }
        'records' { if ((Get-MembraneRecord -Connection con_1 -DataCollection contacts | Measure-Object).Count -ne 1000000) { throw 'Some are missing.' } }
        'runs' { if ((1..2000 | ForEach-Object { $row } | Invoke-MembraneAction act_1 con_1 -ThrottleLimit 1 -SkipInputCheck | Measure-Object).Count -ne 2000) { throw 'Some are missing.' } }
        'calls' { foreach ($index in 1..2000) { $null = Invoke-MembraneAction act_1 con_1 -InputObject $row -SkipInputCheck } }
        'slow' { if ((1..2000 | ForEach-Object { $row } | Invoke-MembraneAction act_1 con_1 -ThrottleLimit 32 -SkipInputCheck | Measure-Object).Count -ne 2000) { throw 'Some are missing.' } }
        'mint' { if (@($tenants | New-MembraneToken -WorkspaceKey acme -WorkspaceSecret ('s' * 64) -AsPlainText).Count -ne 10000) { throw 'Some are missing.' } }
    }

    $watch.Stop()
    [string]::Format([cultureinfo]::InvariantCulture, '{0:0.0} {1:0.0}', $watch.Elapsed.TotalMilliseconds, ([System.Environment]::CpuUsage.TotalTime - $used).TotalMilliseconds)
}

$process = [System.Diagnostics.Process]::GetCurrentProcess()
"memory $([int](($process.PeakWorkingSet64 - $before) / 1MB))"
