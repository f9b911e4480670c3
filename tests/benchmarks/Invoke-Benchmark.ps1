<#
.SYNOPSIS
    Measures the module and its rivals side by side, and writes docs/benchmarks.md.
.DESCRIPTION
    One server in a process of its own serves prepared answers to all. Each rival runs in a process of its own; all of
    them are started, and then take turns round by round, so that a noisy machine disturbs all alike. Figures are medians.
.PARAMETER Rounds
    How many rounds count, after one to warm up.
.PARAMETER Only
    Only these rows: import, first, list, runs, calls, slow, records, one, large, mint. Then the page is not written.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100)] [int] $Rounds = 9,
    [ValidateSet('import', 'first', 'list', 'runs', 'calls', 'slow', 'records', 'one', 'large', 'mint')] [string[]] $Only
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$module = Join-Path $root 'out/Membrane/Membrane.psd1'
$pwsh = & (Join-Path $root 'tools/Get-Engine.ps1')
$rivals = Join-Path $PSScriptRoot 'Rivals'
$bare = Join-Path $PSScriptRoot 'Bare/bin/Release/net8.0/Bare.dll'

$conformance = Join-Path $root 'tests/conformance'
if (-not (Test-Path (Join-Path $conformance 'node_modules'))) {
    # The vendor's SDK is a rival.
    npm ci --prefix $conformance --no-audit --no-fund | Out-Host
    if ($LASTEXITCODE -ne 0) { throw 'The vendor''s SDK could not be installed (npm ci in tests/conformance).' }
}

$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', "`"$(Join-Path $PSScriptRoot 'Server/bin/Release/net8.0/Server.dll')`"")
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$server = [System.Diagnostics.Process]::Start($start)
$address = $server.StandardOutput.ReadLine()

$turns = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-benchmark-$PID"
$null = New-Item -ItemType Directory -Path $turns
function Get-Median([double[]] $Values) { ($Values | Sort-Object)[[int][math]::Floor($Values.Count / 2)] }

# A rival in a process of its own. It does a round when it sees the file that gives it the turn.
function Start-Rival([string] $Kind, [string] $Work, [int] $Count, [hashtable] $Environment) {
    $turn = Join-Path $turns ([guid]::NewGuid().ToString('N') + '-')
    $script = @('-NoProfile', '-NonInteractive', '-File')
    $program, $arguments = switch ($Kind) {
        'membrane' { $pwsh, ($script + (Join-Path $rivals 'Measure-Membrane.ps1') + @('-Work', $Work, '-Address', $address, '-Rounds', $Count, '-Turn', $turn, '-Module', $module)) }
        'rest' { $pwsh, ($script + (Join-Path $rivals 'Measure-Rest.ps1') + @('-Work', $Work, '-Address', $address, '-Rounds', $Count, '-Turn', $turn)) }
        'sdk' { 'node', @((Join-Path $rivals 'sdk.mjs'), $Work, $address, $Count, $turn) }
        'bare' { 'dotnet', @($bare, $Work, $address, $Count, $turn) }
    }
    $start = [System.Diagnostics.ProcessStartInfo]::new($program)
    foreach ($argument in $arguments) { $start.ArgumentList.Add("$argument") }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.RedirectStandardOutput = $true
    [pscustomobject]@{ Kind = $Kind; Turn = $turn; Process = [System.Diagnostics.Process]::Start($start); Times = [System.Collections.Generic.List[double]]::new(); Memory = $null }
}

# Milliseconds of each round, and the growth in MB where the rival tells it. The first round, which warms up, does not count.
function Measure-Rival([string] $Work, [string[]] $Kinds, [int] $Count, [hashtable] $Environment = @{}) {
    $all = foreach ($kind in $Kinds) { Start-Rival $kind $Work ($Count + 1) $Environment }
    try {
        for ($round = 0; $round -le $Count; $round++) {
            foreach ($rival in $all) {
                $null = New-Item -ItemType File -Path "$($rival.Turn)$round"
                $line = $rival.Process.StandardOutput.ReadLine()
                if ($null -eq $line) { throw "$($rival.Kind) $Work ended early." }
                if ($round) { $rival.Times.Add([double]::Parse($line, [cultureinfo]::InvariantCulture)) }
            }
        }

        foreach ($rival in $all) {
            $rest = $rival.Process.StandardOutput.ReadToEnd()
            $rival.Process.WaitForExit()
            if ($rival.Process.ExitCode -ne 0) { throw "$($rival.Kind) $Work ended with exit code $($rival.Process.ExitCode)." }
            if ($rest -match 'memory (\d+)') { $rival.Memory = [int]$Matches[1] }
        }
    }
    finally {
        foreach ($rival in $all) { if (-not $rival.Process.HasExited) { $rival.Process.Kill() } }
    }

    $all
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
    $all = Measure-Rival $Work $Kinds $Rounds
    $own = Get-Median ($all | Where-Object Kind -eq 'membrane').Times
    $text = foreach ($rival in $all) { "$($rival.Kind) $([math]::Round((Get-Median $rival.Times))) ms$(if ($null -ne $rival.Memory) { " (+$($rival.Memory) MB)" })" }
    $ratios = foreach ($rival in $all | Where-Object Kind -ne 'membrane') { [string]::Format([cultureinfo]::InvariantCulture, 'membrane / {0} = {1:0.00}', $rival.Kind, $own / (Get-Median $rival.Times)) }
    "$($text -join ', '); $($ratios -join ', ')"
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

            # The difference of two calls of one process each.
            Add-Row 'first Get-MembraneConnection after the import, over a warm one' 'at most 150 ms' "+$(Get-Median ([double[]]$pairs)) ms"
        }
        list = { Add-Row 'list 100,000 connections into the pipeline' 'membrane / bare at most 1.6, / sdk below 1, / rest at most 0.125; at most +60 MB' (Format-Ratio list 'membrane', 'bare', 'sdk', 'rest') }
        runs = { Add-Row '2,000 action runs one after another, in one pipeline (-ThrottleLimit 1)' 'membrane / bare at most 2, / sdk below 1, / rest at most 0.33' (Format-Ratio runs 'membrane', 'bare', 'sdk', 'rest') }
        calls = { Add-Row '2,000 action runs, each by a command of its own' 'membrane / bare at most 2, / sdk below 1, / rest at most 0.33' (Format-Ratio calls 'membrane', 'bare', 'sdk', 'rest') }
        slow = { Add-Row '2,000 runs of 50 ms, 32 at a time (ideal 3125 ms)' 'at most 3594 ms (1.15 x ideal); membrane / rest at most 0.29' (Format-Ratio slow 'membrane', 'bare', 'sdk', 'rest') }
        records = {
            # How much garbage the runtime lets lie depends on the caches of the processor and on the memory there is.
            foreach ($place in @{ Name = 'as the runtime likes'; Environment = @{} }, @{ Name = 'with a heap of 400 MB at most'; Environment = @{ DOTNET_GCHeapHardLimit = '0x19000000' } }) {
                $result = Measure-Rival records membrane 1 -Environment $place.Environment
                Add-Row "a million records streamed, twice, $($place.Name)" 'at most +60 MB' "$([math]::Round((Get-Median $result.Times))) ms, +$($result.Memory) MB"
            }
        }
        one = {
            $null = Invoke-RestMethod "$address/_count"
            & $pwsh -NoProfile -NonInteractive -Command "Import-Module '$module'; Connect-Membrane -WorkspaceKey b -WorkspaceSecret ('s' * 64) -TenantKey t -ApiUri $address; `$null = Get-MembraneConnection | Select-Object -First 5"
            Add-Row 'Get-MembraneConnection | Select-Object -First 5 on 100,000' 'one request' "$((Invoke-RestMethod "$address/_count") - 1) request(s)"
        }
        large = {
            # As a script has it: one after another in a process of its own, and what is left of them after a collection.
            Add-Type -Path (Join-Path $root 'tests/Pester/Support/LyingServer.cs')
            $liar = [LyingServer]::new()
            try {
                $token = & $pwsh -NoProfile -NonInteractive -Command "Import-Module '$module'; New-MembraneToken ada -WorkspaceKey b -WorkspaceSecret ('s' * 64) -AsPlainText"
                $kinds = [ordered]@{ page = 'pages of lists'; follow = 'pages by Invoke-MembraneRequest -FollowCursor'; endless = 'refused, for they go on'; list = 'each as one value' }
                $figures = foreach ($kind in $kinds.Keys) {
                    $measured = & $pwsh -NoProfile -NonInteractive -File (Join-Path $root 'tests/Pester/Support/Measure-LargeAnswer.ps1') -Module $module -Address $liar.Address -Token $token -Kind $kind -Rounds 15 | Select-Object -Last 1 | ConvertFrom-Json
                    "$($kinds[$kind]): heap $($measured.Heap[-1]) MB, process $($measured.WorkingSet) MB (at most $($measured.Peak) MB)"
                }
                Add-Row '15 answers of 29 MB one after another, in a process of its own' 'process at most 200 MB after a collection, but for values' ($figures -join '; ')
            }
            finally { $liar.Dispose() }
        }
        mint = { Add-Row 'sign 10,000 tokens, tenants piped in' 'membrane / bare at most 2' (Format-Ratio mint 'membrane', 'bare') }
    }
    foreach ($name in $all.Keys) { if (-not $Only -or $name -in $Only) { & $all[$name] } }
}
finally {
    $server.StandardInput.Close()
    if (-not $server.WaitForExit(5000)) { $server.Kill() }
    Remove-Item -LiteralPath $turns -Recurse -Force
}

if (-not $Only) {
    $machine = "$([Environment]::ProcessorCount) cores, $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription), PowerShell $($PSVersionTable.PSVersion), $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), Node $(node --version)"
    @(
        '# Benchmarks'
        ''
        "Made by ``pwsh ./build.ps1 Bench`` on $(Get-Date -Format 'yyyy-MM-dd') ($machine). Medians of $Rounds rounds after one to warm up. All rivals of a row run at the same time and take turns, round by round, against one server in a process of its own. Memory is the growth of the process's peak working set from the beginning of its first round. A ratio below 1 says that this module takes less time."
        ''
        'membrane: this module. bare: HttpClient with System.Text.Json in C#, or the JWT library in a loop. sdk: the vendor''s JavaScript SDK in Node. rest: Invoke-RestMethod in a paging loop, and in ForEach-Object -Parallel.'
        ''
        '| work | target | measured |'
        '| --- | --- | --- |'
        foreach ($row in $rows) { "| $($row.Work) | $($row.Target) | $($row.Figure) |" }
        ''
    ) -join "`n" | Set-Content -LiteralPath (Join-Path $root 'docs/benchmarks.md') -NoNewline
}
