<#
.SYNOPSIS
    Measures how the throughput of one input grows with the number of workers, and how workers share a rate limit.
.DESCRIPTION
    Each worker is a process of its own with a shard and a checkpoint of its own, against the emulator as a program. Without -RequestsPerSecond
    the workers are as fast as they can be; with it the emulator limits the rate of the tenant, as the service does, and says with
    Retry-After when to come back, or with -RetryAfter None not. The rate is measured by the emulator's log of requests between the moment when
    all workers have begun and the moment when the first has ended.
.EXAMPLE
    ./tests/benchmarks/Measure-Shards.ps1 -Workers 1, 2, 4, 8
.EXAMPLE
    ./tests/benchmarks/Measure-Shards.ps1 -Workers 8 -RequestsPerSecond 80 -RowsPerWorker 300
#>
[CmdletBinding()]
param(
    # From another shell, "1,2" would arrive as twelve.
    [ValidateRange(1, 16)]
    [int[]] $Workers = @(1, 2, 4, 8),
    [int] $RowsPerWorker = 2000,
    [int] $RequestsPerSecond,
    [ValidateSet('Seconds', 'None')]
    [string] $RetryAfter = 'None',
    [int] $ThrottleLimit = 8,
    [int] $DelayMs,
    [string] $Module = (Join-Path $PSScriptRoot '../../out/Membrane/Membrane.psd1'),
    [string] $Engine = (& (Join-Path $PSScriptRoot '../../tools/Get-Engine.ps1'))
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$Module = (Resolve-Path -LiteralPath $Module).Path
Import-Module $Module
$folder = (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) "membrane-shards-$([guid]::NewGuid())")).FullName
$secret = 'emulator-development-secret-not-for-production-0123456789abcdef0'
$worker = Join-Path $folder 'worker.ps1'
@'
param($Module, $ApiUri, $Secret, $Connection, $Index, $Count, $Rows, $ThrottleLimit, $Folder, $Go)
Import-Module $Module
Connect-Membrane -WorkspaceKey emulator-workspace -WorkspaceSecret $Secret -TenantKey ada -ApiUri $ApiUri
$null = Get-MembraneConnection $Connection
Set-Content -LiteralPath "$Folder/ready-$Index" -Value ''
while (-not (Test-Path -LiteralPath $Go)) { Start-Sleep -Milliseconds 10 }
$begin = [DateTimeOffset]::UtcNow
1..$Rows | ForEach-Object { [pscustomobject]@{ email = "p$_@example.com" } } | Select-MembraneShard $Index $Count -Key email |
    Invoke-MembraneAction create-contact $Connection -ThrottleLimit $ThrottleLimit -CheckpointPath "$Folder/$Index.checkpoint" -CheckpointKey email -SummaryVariable summary -WarningAction SilentlyContinue -ErrorAction SilentlyContinue | Out-Null
@{ Begin = $begin; End = [DateTimeOffset]::UtcNow; Succeeded = $summary.Succeeded; Total = $summary.Total } | ConvertTo-Json | Set-Content -LiteralPath "$Folder/result-$Index"
'@ | Set-Content -LiteralPath $worker
try {
    foreach ($count in $Workers) {
        $emulator = Start-MembraneEmulator -Seed 1
        Connect-Membrane -Emulator -TenantKey ada
        $connection = New-MembraneConnection -IntegrationKey hubspot -Credentials @{ apiKey = 'k' }
        if ($DelayMs) { Add-MembraneEmulatorFault -Path '*/run' -DelayMilliseconds $DelayMs }
        if ($RequestsPerSecond) { Add-MembraneEmulatorFault -Path '*/run' -RequestsPerSecond $RequestsPerSecond -RetryAfter $RetryAfter }
        $run = (New-Item -ItemType Directory -Path (Join-Path $folder "$count-$([guid]::NewGuid())")).FullName
        $go = Join-Path $run 'go'
        $rows = $RowsPerWorker * $count
        $processes = foreach ($index in 0..($count - 1)) {
            Start-Process $Engine -PassThru -ArgumentList '-NoProfile', '-NonInteractive', '-File', $worker, $Module, $emulator.ApiUri, $secret, $connection.Id, $index, $count, $rows, $ThrottleLimit, $run, $go
        }
        while (@(Get-ChildItem -LiteralPath $run -Filter 'ready-*').Count -lt $count) { Start-Sleep -Milliseconds 50; if (@($processes | Where-Object HasExited)) { throw 'A worker ended before it began.' } }
        Set-Content -LiteralPath $go -Value ''
        $processes | ForEach-Object { $_.WaitForExit() }
        $results = foreach ($index in 0..($count - 1)) { Get-Content -LiteralPath (Join-Path $run "result-$index") -Raw | ConvertFrom-Json }
        $begin = ($results.Begin | Measure-Object -Maximum).Maximum
        $firstEnd = ($results.End | Measure-Object -Minimum).Minimum
        $end = ($results.End | Measure-Object -Maximum).Maximum
        # What each had done when the first one was through, by its own checkpoint: that is its share.
        $times = @(foreach ($index in 0..($count - 1)) { , @(Get-MembraneCheckpoint (Join-Path $run "$index.checkpoint") | Where-Object Outcome -EQ Succeeded | ForEach-Object Time | Where-Object { $_ -le $firstEnd }) })
        $shares = @($times | ForEach-Object { @($_).Count })
        $together = ($firstEnd - $begin).TotalSeconds
        $rate = ($shares | Measure-Object -Sum).Sum / $together
        [pscustomobject]@{
            Workers = $count
            Rows = ($results | Measure-Object Succeeded -Sum).Sum
            Seconds = [Math]::Round(($end - $begin).TotalSeconds, 1)
            RowsPerSecond = [int] $rate
            OfLimit = if ($RequestsPerSecond) { '{0:P0}' -f ($rate / $RequestsPerSecond) }
            SmallestShare = '{0:P0}' -f (($shares | Measure-Object -Minimum).Minimum * $count / ($shares | Measure-Object -Sum).Sum)
            LargestShare = '{0:P0}' -f (($shares | Measure-Object -Maximum).Maximum * $count / ($shares | Measure-Object -Sum).Sum)
        }
        Disconnect-Membrane -All
        Stop-MembraneEmulator
    }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}
