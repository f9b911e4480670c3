<#
.SYNOPSIS
    Measures the module and its rivals side by side, and writes docs/benchmarks.md.
.DESCRIPTION
    One server in a process of its own serves prepared answers to all. Each rival runs in a process of its own, one
    after the other, round by round in turn, so that a noisy machine disturbs all alike. Figures are medians.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100)] [int] $Rounds = 5,
    [string[]] $Only
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$module = Join-Path $root 'out/Membrane/Membrane.psd1'
$pwsh = (Get-Process -Id $PID).Path
$rivals = Join-Path $PSScriptRoot 'Rivals'
$bare = Join-Path $PSScriptRoot 'Bare/bin/Release/net8.0/Bare.dll'

$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', "`"$(Join-Path $PSScriptRoot 'Server/bin/Release/net8.0/Server.dll')`"")
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$server = [System.Diagnostics.Process]::Start($start)
$address = $server.StandardOutput.ReadLine()

function Get-Median([double[]] $Values) { ($Values | Sort-Object)[[int][math]::Floor($Values.Count / 2)] }

# One process, so many rounds inside it; the first, which warms up, does not count.
function Measure-Rival([string] $Kind, [string] $Work, [int] $Count) {
    $rounds = $Count + 1
    $lines = switch ($Kind) {
        'membrane' { & $pwsh -NoProfile -NonInteractive -File (Join-Path $rivals 'Measure-Membrane.ps1') -Work $Work -Address $address -Rounds $rounds -Module $module }
        'rest' { & $pwsh -NoProfile -NonInteractive -File (Join-Path $rivals 'Measure-Rest.ps1') -Work $Work -Address $address -Rounds $rounds }
        'sdk' { & node (Join-Path $rivals 'sdk.mjs') $Work $address $rounds }
        'bare' { & dotnet $bare $Work $address $rounds }
    }
    if ($LASTEXITCODE -ne 0) { throw "$Kind $Work ended with exit code $LASTEXITCODE." }
    @{
        Times = @($lines | Where-Object { $_ -match '^[\d.]+$' } | Select-Object -Skip 1 | ForEach-Object { [double]::Parse($_, [cultureinfo]::InvariantCulture) })
        Memory = ($lines | Where-Object { $_ -match '^memory' }) -replace '\D'
    }
}

function Measure-Import([string] $Name, [int] $Count) {
    for ($index = 0; $index -lt $Count; $index++) {
        # The process is fresh, and the time is that of the import alone.
        [double]::Parse((& $pwsh -NoProfile -NonInteractive -Command "`$w = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module '$Name'; `$w.Elapsed.TotalMilliseconds.ToString('0.0', [cultureinfo]::InvariantCulture)"), [cultureinfo]::InvariantCulture)
    }
}

$rows = [System.Collections.Generic.List[object]]::new()
function Add-Row([string] $Work, [string] $Target, [string] $Figure) {
    Write-Host "$Work | $Figure"
    $rows.Add([pscustomobject]@{ Work = $Work; Target = $Target; Figure = $Figure })
}

function Format-Ratio([string] $Work, [string[]] $Kinds) {
    $measured = @{}
    $memory = @{}
    foreach ($kind in $Kinds) {
        $result = Measure-Rival $kind $Work $Rounds
        $measured[$kind] = Get-Median $result.Times
        $memory[$kind] = $result.Memory
    }

    $text = ($Kinds | ForEach-Object { "$_ $([math]::Round($measured[$_])) ms$(if ($memory[$_]) { " (+$($memory[$_]) MB)" })" }) -join ', '
    $ratios = $Kinds | Where-Object { $_ -ne 'membrane' } | ForEach-Object { "{0} / membrane = {1:0.00}" -f $_, ($measured[$_] / $measured['membrane']) }
    "$text; $($ratios -join ', ')"
}

try {
    $all = [ordered]@{
        import = {
            # In turn, so that all meet the same machine.
            $times = @{ Membrane = @(); Pester = @(); 'Microsoft.PowerShell.PlatyPS' = @() }
            for ($index = 0; $index -lt 11; $index++) {
                $times.Membrane += Measure-Import $module 1
                foreach ($name in 'Pester', 'Microsoft.PowerShell.PlatyPS') { if (Get-Module -ListAvailable $name) { $times[$name] += Measure-Import $name 1 } }
            }

            $text = ($times.Keys | Sort-Object | Where-Object { $times[$_].Count } | ForEach-Object { "$_ $([math]::Round((Get-Median $times[$_]), 1)) ms" }) -join ', '
            Add-Row 'import in a fresh process (median of 11)' 'at most PlatyPS' $text
        }
        first = {
            $pairs = for ($index = 0; $index -lt $Rounds; $index++) {
                & $pwsh -NoProfile -NonInteractive -Command "Import-Module '$module'; Connect-Membrane -WorkspaceKey b -WorkspaceSecret ('s' * 64) -TenantKey t -ApiUri $address; `$w = [System.Diagnostics.Stopwatch]::StartNew(); `$null = Get-MembraneConnection con_1; `$a = `$w.Elapsed.TotalMilliseconds; `$w.Restart(); `$null = Get-MembraneConnection con_1; (`$a - `$w.Elapsed.TotalMilliseconds).ToString('0.0', [cultureinfo]::InvariantCulture)"
            }

            Add-Row 'first Get-MembraneConnection after the import, over a warm one' 'at most 150 ms' "+$(Get-Median ([double[]]$pairs)) ms"
        }
        list = { Add-Row 'list 100,000 connections into the pipeline' 'at most 1.6 x bare; faster than the SDK; 8 x faster than Invoke-RestMethod; at most +60 MB' (Format-Ratio list 'membrane', 'bare', 'sdk', 'rest') }
        runs = { Add-Row '2,000 action runs one after another' 'at most 2 x bare; faster than the SDK; 3 x faster than Invoke-RestMethod' (Format-Ratio runs 'membrane', 'bare', 'sdk', 'rest') }
        slow = { Add-Row '2,000 runs of 50 ms, 32 at a time (ideal 3125 ms)' 'at most 1.15 x ideal; 3.5 x faster than ForEach-Object -Parallel' (Format-Ratio slow 'membrane', 'bare', 'sdk', 'rest') }
        records = {
            $result = Measure-Rival membrane records 1
            Add-Row 'a million records streamed' 'at most +60 MB' "$([math]::Round((Get-Median $result.Times))) ms, +$($result.Memory) MB"
        }
        one = {
            $null = Invoke-RestMethod "$address/_count"
            & $pwsh -NoProfile -NonInteractive -Command "Import-Module '$module'; Connect-Membrane -WorkspaceKey b -WorkspaceSecret ('s' * 64) -TenantKey t -ApiUri $address; `$null = Get-MembraneConnection | Select-Object -First 5"
            Add-Row 'Get-MembraneConnection | Select-Object -First 5 on 100,000' 'one request' "$((Invoke-RestMethod "$address/_count") - 1) request(s)"
        }
        mint = { Add-Row 'sign 10,000 tokens, tenants piped in' 'at least half as many per second as the bare library' (Format-Ratio mint 'membrane', 'bare') }
    }
    foreach ($name in $all.Keys) { if (-not $Only -or $name -in $Only) { & $all[$name] } }
}
finally {
    $server.StandardInput.Close()
    if (-not $server.WaitForExit(5000)) { $server.Kill() }
}

if (-not $Only) {
    $machine = "$([Environment]::ProcessorCount) cores, $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription), PowerShell $($PSVersionTable.PSVersion), $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), Node $(node --version)"
    @(
        '# Benchmarks'
        ''
        "Made by ``pwsh ./build.ps1 Bench`` on $(Get-Date -Format 'yyyy-MM-dd') ($machine). Medians of $Rounds rounds after one to warm up, all rivals in one run against one server in a process of its own; memory is the growth of the process's peak working set over the first round's beginning."
        ''
        'membrane: this module. bare: HttpClient with System.Text.Json in C#, or the JWT library in a loop. sdk: the vendor''s JavaScript SDK in Node. rest: Invoke-RestMethod in a paging loop, and in ForEach-Object -Parallel.'
        ''
        '| work | target | measured |'
        '| --- | --- | --- |'
        foreach ($row in $rows) { "| $($row.Work) | $($row.Target) | $($row.Figure) |" }
        ''
    ) -join "`n" | Set-Content -LiteralPath (Join-Path $root 'docs/benchmarks.md') -NoNewline
}
