# A cmdlet that does no more than the bare client. Prints milliseconds and milliseconds of the processor, one line a round.
param([string] $Work, [string] $Address, [int] $Rounds, [string] $Turn, [string] $Assembly)

Import-Module $Assembly
$row = [pscustomobject]@{ email = 'ada@example.com' }
for ($round = 0; $round -lt $Rounds; $round++) {
    while (-not [System.IO.File]::Exists("$Turn$round")) { Start-Sleep -Milliseconds 10 }
    $used = [System.Environment]::CpuUsage.TotalTime
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    switch ($Work) {
        'runs' { if ((1..2000 | ForEach-Object { $row } | Invoke-HttpRun $Address | Measure-Object).Count -ne 2000) { throw 'Some are missing.' } }
        'calls' { foreach ($index in 1..2000) { $null = Invoke-HttpRun $Address -InputObject $row } }
    }

    $watch.Stop()
    [string]::Format([cultureinfo]::InvariantCulture, '{0:0.0} {1:0.0}', $watch.Elapsed.TotalMilliseconds, ([System.Environment]::CpuUsage.TotalTime - $used).TotalMilliseconds)
}
