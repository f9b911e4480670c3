# Invoke-RestMethod, as scripts without a module use it. Prints milliseconds and milliseconds of the processor, one line a round, and the growth in MB at the end.
param([string] $Work, [string] $Address, [int] $Rounds, [string] $Turn)

$ProgressPreference = 'SilentlyContinue'
$server = $Address
$headers = @{ Authorization = 'Bearer token' }

function Measure-List {
    $count = 0
    $cursor = $null
    do {
        $page = Invoke-RestMethod "$server/connections?limit=1000$(if ($cursor) { "&cursor=$cursor" })" -Headers $headers
        # Into the pipeline, as a listing is.
        $count += @($page.items | ForEach-Object { $_ }).Count
        $cursor = if ($page.PSObject.Properties['cursor']) { $page.cursor }
    } while ($cursor)
    if ($count -ne 100000) { throw "$count connections" }
}

function Measure-Run {
    foreach ($index in 1..2000) {
        $null = Invoke-RestMethod "$server/actions/act_1/run?connectionId=con_1" -Method Post -Headers $headers -ContentType 'application/json' -Body (@{ input = @{ email = 'ada@example.com' } } | ConvertTo-Json)
    }
}

function Measure-Slow {
    1..2000 | ForEach-Object -ThrottleLimit 32 -Parallel {
        $ProgressPreference = 'SilentlyContinue'
        $null = Invoke-RestMethod "$using:server/slow/actions/act_1/run?connectionId=con_1" -Method Post -Headers $using:headers -ContentType 'application/json' -Body (@{ input = @{ email = 'ada@example.com' } } | ConvertTo-Json)
    }
}

$before = [System.Diagnostics.Process]::GetCurrentProcess().WorkingSet64
for ($round = 0; $round -lt $Rounds; $round++) {
    while (-not [System.IO.File]::Exists("$Turn$round")) { Start-Sleep -Milliseconds 10 }
    $used = [System.Environment]::CpuUsage.TotalTime
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    switch ($Work) { 'list' { Measure-List } { $_ -in 'runs', 'calls' } { Measure-Run } 'slow' { Measure-Slow } }
    $watch.Stop()
    [string]::Format([cultureinfo]::InvariantCulture, '{0:0.0} {1:0.0}', $watch.Elapsed.TotalMilliseconds, ([System.Environment]::CpuUsage.TotalTime - $used).TotalMilliseconds)
}

$process = [System.Diagnostics.Process]::GetCurrentProcess()
"memory $([int](($process.PeakWorkingSet64 - $before) / 1MB))"
