# What the engine's own pipeline takes for as many objects, without a module. Prints milliseconds and milliseconds of the processor.
param([string] $Turn)

$objects = [object[]]::new(100000)
[System.Array]::Fill($objects, [version] '1.0')
while (-not [System.IO.File]::Exists("${Turn}0")) { Start-Sleep -Milliseconds 10 }
$used = [System.Environment]::CpuUsage.TotalTime
$watch = [System.Diagnostics.Stopwatch]::StartNew()
if (($objects | Measure-Object).Count -ne 100000) { throw 'Some are missing.' }
$watch.Stop()
[string]::Format([cultureinfo]::InvariantCulture, '{0:0.0} {1:0.0}', $watch.Elapsed.TotalMilliseconds, ([System.Environment]::CpuUsage.TotalTime - $used).TotalMilliseconds)
