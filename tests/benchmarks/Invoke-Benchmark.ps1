<#
.SYNOPSIS
    Measures the module and its rivals side by side, and writes docs/benchmarks.md.
.DESCRIPTION
    One server in a process of its own serves prepared answers to all. Fresh processes come first: for each round and each rival in turn a
    process that does the work once, as a script or a runbook does. Warm figures come second: each rival runs in a process of its own, all
    are started, and then take turns round by round. So a noisy machine disturbs all alike. Figures are medians. The module is measured as it
    is packed, with its images for fresh processes.
.PARAMETER Rounds
    How many fresh processes, and how many rounds count, after one to warm up.
.PARAMETER Only
    Only these rows; those of fresh processes begin with cold. Then the page is not written.
.PARAMETER Engine
    The engine. That of the .NET tool has no images with machine code, and compiles itself in each process; those of the installers have.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100)] [int] $Rounds = 9,
    [ValidateSet('coldProcess', 'coldImport', 'coldList', 'coldRuns', 'coldCalls', 'coldMint', 'coldSchema', 'first', 'list', 'runs', 'calls', 'slow', 'records', 'one', 'large', 'mint')]
    [string[]] $Only,
    [string] $Engine = (& (Join-Path $PSScriptRoot '../../tools/Get-Engine.ps1'))
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$pwsh = $Engine
$layout = Join-Path $root 'out/benchmark/Membrane'
Remove-Item -LiteralPath $layout -Recurse -Force -ErrorAction Ignore
$null = New-Item -ItemType Directory -Path (Split-Path $layout) -Force
Copy-Item -LiteralPath (Join-Path $root 'out/Membrane') -Destination $layout -Recurse
& (Join-Path $root 'tools/Add-ReadyToRun.ps1') -Module $layout
$module = Join-Path $layout 'Membrane.psd1'
$rivals = Join-Path $PSScriptRoot 'Rivals'
$bare = Join-Path $PSScriptRoot 'Bare/bin/Release/net8.0/Bare.dll'

$cmdlet = Join-Path $root 'out/benchmark/HttpCmdlet.dll'
Remove-Item -LiteralPath $cmdlet -ErrorAction Ignore
Add-Type -Path (Join-Path $rivals 'HttpCmdlet.cs') -OutputAssembly $cmdlet

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
        'cmdlet' { $pwsh, ($script + (Join-Path $rivals 'Measure-Cmdlet.ps1') + @('-Work', $Work, '-Address', $address, '-Rounds', $Count, '-Turn', $turn, '-Assembly', $cmdlet)) }
        'pipeline' { $pwsh, ($script + (Join-Path $rivals 'Measure-Pipeline.ps1') + @('-Turn', $turn)) }
    }
    $start = [System.Diagnostics.ProcessStartInfo]::new($program)
    foreach ($argument in $arguments) { $start.ArgumentList.Add("$argument") }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.RedirectStandardOutput = $true
    [pscustomobject]@{ Kind = $Kind; Turn = $turn; Process = [System.Diagnostics.Process]::Start($start); Times = [System.Collections.Generic.List[double]]::new(); Used = [System.Collections.Generic.List[double]]::new(); Whole = [System.Collections.Generic.List[double]]::new(); Memory = $null }
}

function Add-Time($Rival, [string] $Line) {
    $wall, $used = $Line.Split(' ').ForEach{ [double]::Parse($_, [cultureinfo]::InvariantCulture) }
    $Rival.Times.Add($wall)
    $Rival.Used.Add($used)
}

# Milliseconds of the work in fresh processes, one after another and the rivals in turn.
function Measure-Cold([string] $Work, [string[]] $Kinds) {
    $all = [ordered]@{}
    for ($round = 0; $round -lt $Rounds; $round++) {
        foreach ($kind in $Kinds) {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $rival = Start-Rival $kind $Work 1 @{}
            if (-not $all.Contains($kind)) { $all[$kind] = $rival }
            $null = New-Item -ItemType File -Path "$($rival.Turn)0"
            $lines = $rival.Process.StandardOutput.ReadToEnd()
            $rival.Process.WaitForExit()
            if ($rival.Process.ExitCode -ne 0) { throw "$kind $Work ended with exit code $($rival.Process.ExitCode)." }
            $all[$kind].Whole.Add($watch.Elapsed.TotalMilliseconds)
            Add-Time $all[$kind] ($lines -split '\r?\n')[0]
            if ($lines -match 'memory (\d+)') { $all[$kind].Memory = [int] $Matches[1] }
        }
    }

    $all.Values
}

# Milliseconds of whole processes, in turn.
function Measure-Process([System.Collections.IDictionary] $Scripts) {
    $times = [ordered]@{}
    foreach ($name in $Scripts.Keys) { $times[$name] = [System.Collections.Generic.List[double]]::new() }
    for ($round = 0; $round -lt $Rounds; $round++) {
        foreach ($name in $Scripts.Keys) {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            & $pwsh -NoProfile -NonInteractive -Command $Scripts[$name] | Out-Null
            if ($LASTEXITCODE -ne 0) { throw "$name ended with exit code $LASTEXITCODE." }
            $times[$name].Add($watch.Elapsed.TotalMilliseconds)
        }
    }

    $times
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
                if ($round) { Add-Time $rival $line }
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
$targets = [System.Collections.Generic.List[object]]::new()

# A target of the row that is added next.
function Set-Target([string] $What, [double] $Value, [double] $Most) { $targets.Add([pscustomobject]@{ Text = "$What at most $(Format-Number $Most)"; IsMet = $Value -le $Most }) }
function Format-Number([double] $Value) { $Value.ToString('0.##', [cultureinfo]::InvariantCulture) }

function Add-Row([string] $Section, [string] $Work, [string] $Figure) {
    $text = @($targets | ForEach-Object { $_.Text + $(if ($_.IsMet) { '' } else { ' **(missed)**' }) }) -join '; '
    $rows.Add([pscustomobject]@{ Section = $Section; Work = $Work; Target = $text; Verdict = $(if ($targets.Where{ -not $_.IsMet }) { '**missed**' } else { 'met' }); Figure = $Figure })
    Write-Host "$Section | $Work | $text | $Figure"
    $targets.Clear()
}

function Format-Time($All) {
    @(foreach ($rival in $All) { "$($rival.Kind) $([math]::Round((Get-Median $rival.Times))) ms, CPU $([math]::Round((Get-Median $rival.Used))) ms$(if ($rival.Whole.Count) { ", process $([math]::Round((Get-Median $rival.Whole))) ms" })$(if ($null -ne $rival.Memory) { " (+$($rival.Memory) MB)" })" }) -join '; '
}

# How long each rival took. A target is the kind of the rival, and how many times as long this module may take.
function Add-Comparison([string] $Section, [string] $Work, $All, [System.Collections.IDictionary] $Ratios, [int] $Memory) {
    $median = @{}
    foreach ($rival in $All) { $median[$rival.Kind] = Get-Median $rival.Times }
    if ($median.Contains('pipeline')) { $median['(bare + pipeline)'] = $median.bare + $median.pipeline }
    $text = foreach ($kind in $Ratios.Keys) {
        $ratio = $median.membrane / $median[$kind]
        Set-Target "/ $kind" $ratio $Ratios[$kind]
        "/ $kind = $(Format-Number $ratio)"
    }
    $grown = @($All | Where-Object Kind -eq 'membrane')[0].Memory
    if ($Memory) { Set-Target 'growth in MB' $grown $Memory }
    Add-Row $Section $Work "$(Format-Time $All); $($text -join ', ')"
}

try {
    $signIn = "`$ErrorActionPreference = 'Stop'; Import-Module '$module'; Connect-Membrane -WorkspaceKey b -WorkspaceSecret ('s' * 64) -TenantKey t -ApiUri $address"
    $all = [ordered]@{
        coldProcess = {
            $run = "`$null = Invoke-MembraneAction act_1 con_1 -InputObject @{ email = 'ada@example.com' } -SkipInputCheck"
            $times = Measure-Process ([ordered]@{
                    membrane = "$signIn; `$null = Get-MembraneConnection -First 1000; $run"
                    'membrane with Select-Object -First' = "$signIn; `$null = Get-MembraneConnection | Select-Object -First 1000; $run"
                    rest = "`$ErrorActionPreference = 'Stop'; `$headers = @{ Authorization = 'Bearer token' }; `$null = Invoke-RestMethod '$address/connections?limit=1000' -Headers `$headers; `$null = Invoke-RestMethod '$address/actions/act_1/run?connectionId=con_1' -Method Post -Headers `$headers -ContentType application/json -Body (@{ input = @{ email = 'ada@example.com' } } | ConvertTo-Json)"
                    'an empty engine' = 'exit 0'
                })
            Set-Target '/ rest' ((Get-Median $times.membrane) / (Get-Median $times.rest)) 1
            Add-Row cold 'import, sign in, one page, one run; rest: two calls of Invoke-RestMethod (whole processes)' (@($times.Keys | ForEach-Object { "$_ $([math]::Round((Get-Median $times[$_]))) ms" }) -join ', ')
        }
        coldImport = {
            # In turn, so that all meet the same machine.
            $times = [ordered]@{ Membrane = @(); 'Microsoft.PowerShell.PlatyPS' = @(); Pester = @() }
            for ($index = 0; $index -lt $Rounds; $index++) {
                $times.Membrane += Measure-Import $module 1
                foreach ($name in 'Microsoft.PowerShell.PlatyPS', 'Pester') { if (Get-Module -ListAvailable $name) { $times[$name] += Measure-Import $name 1 } }
            }

            if ($times.'Microsoft.PowerShell.PlatyPS') { Set-Target '/ PlatyPS' ((Get-Median $times.Membrane) / (Get-Median $times.'Microsoft.PowerShell.PlatyPS')) 1 }
            Add-Row cold 'import' (@($times.Keys | Where-Object { $times[$_].Count } | ForEach-Object { "$_ $([math]::Round((Get-Median $times[$_]), 1)) ms" }) -join ', ')
        }
        coldList = { Add-Comparison cold 'list 100,000 connections into the pipeline' (Measure-Cold list 'membrane', 'bare', 'pipeline', 'sdk', 'rest') ([ordered]@{ sdk = 1; '(bare + pipeline)' = 1.3 }) 60 }
        coldRuns = { Add-Comparison cold '2,000 action runs one after another, in one pipeline (-ThrottleLimit 1)' (Measure-Cold runs 'membrane', 'bare', 'cmdlet', 'sdk', 'rest') @{ bare = 1.5 } }
        coldCalls = { Add-Comparison cold '2,000 action runs, each by a command of its own' (Measure-Cold calls 'membrane', 'bare', 'cmdlet', 'sdk', 'rest') @{ bare = 2 } }
        coldMint = { Add-Comparison cold 'sign 10,000 tokens, tenants piped in' (Measure-Cold mint 'membrane', 'bare') @{ bare = 2 } }
        coldSchema = {
            $times = for ($index = 0; $index -lt $Rounds; $index++) { [double]::Parse((& $pwsh -NoProfile -NonInteractive -File (Join-Path $rivals 'Measure-Schema.ps1') -Module $module), [cultureinfo]::InvariantCulture) }
            Set-Target 'milliseconds' (Get-Median $times) 15
            Add-Row cold 'compile the first schema' "$(Format-Number (Get-Median $times)) ms"
        }
        first = {
            $pairs = for ($index = 0; $index -lt $Rounds; $index++) {
                & $pwsh -NoProfile -NonInteractive -Command "$signIn; `$w = [System.Diagnostics.Stopwatch]::StartNew(); `$null = Get-MembraneConnection con_1; `$a = `$w.Elapsed.TotalMilliseconds; `$w.Restart(); `$null = Get-MembraneConnection con_1; (`$a - `$w.Elapsed.TotalMilliseconds).ToString('0.0', [cultureinfo]::InvariantCulture)"
            }

            # The difference of two calls of one process each.
            $more = Get-Median ([double[]]$pairs)
            Set-Target 'milliseconds' $more 150
            Add-Row cold 'first Get-MembraneConnection after the import, over a warm one' "+$(Format-Number $more) ms"
        }
        list = { Add-Comparison warm 'list 100,000 connections into the pipeline' (Measure-Rival list 'membrane', 'bare', 'sdk', 'rest' $Rounds) ([ordered]@{ bare = 1.6; sdk = 1; rest = 0.125 }) 60 }
        runs = { Add-Comparison warm '2,000 action runs one after another, in one pipeline (-ThrottleLimit 1)' (Measure-Rival runs 'membrane', 'bare', 'cmdlet', 'sdk', 'rest' $Rounds) ([ordered]@{ bare = 2; sdk = 1; rest = 0.33 }) }
        calls = { Add-Comparison warm '2,000 action runs, each by a command of its own' (Measure-Rival calls 'membrane', 'bare', 'cmdlet', 'sdk', 'rest' $Rounds) ([ordered]@{ bare = 2; sdk = 1; rest = 0.33 }) }
        slow = {
            $measured = Measure-Rival slow 'membrane', 'bare', 'sdk', 'rest' $Rounds
            Set-Target 'milliseconds' (Get-Median ($measured | Where-Object Kind -eq 'membrane').Times) 3594
            Add-Comparison warm '2,000 runs of 50 ms, 32 at a time (ideal 3125 ms, 1.15 times that at most)' $measured ([ordered]@{ rest = 0.29 })
        }
        records = {
            # How much garbage the runtime lets lie depends on the caches of the processor and on the memory there is.
            foreach ($place in @{ Name = 'as the runtime likes'; Environment = @{} }, @{ Name = 'with a heap of 400 MB at most'; Environment = @{ DOTNET_GCHeapHardLimit = '0x19000000' } }) {
                $result = Measure-Rival records membrane 1 -Environment $place.Environment
                Set-Target 'growth in MB' $result.Memory 60
                Add-Row warm "a million records streamed, twice, $($place.Name)" "$([math]::Round((Get-Median $result.Times))) ms, +$($result.Memory) MB"
            }
        }
        one = {
            $null = Invoke-RestMethod "$address/_count"
            & $pwsh -NoProfile -NonInteractive -Command "$signIn; `$null = Get-MembraneConnection | Select-Object -First 5"
            $count = (Invoke-RestMethod "$address/_count") - 1
            Set-Target 'requests' $count 1
            Add-Row warm 'Get-MembraneConnection | Select-Object -First 5 on 100,000' "$count request(s)"
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
                    if ($kind -ne 'list') { Set-Target "MB after $($kinds[$kind])" $measured.WorkingSet 200 }
                    "$($kinds[$kind]): heap $($measured.Heap[-1]) MB, process $($measured.WorkingSet) MB (at most $($measured.Peak) MB)"
                }
                Add-Row warm '15 answers of 29 MB one after another, in a process of its own; what is left after a collection' ($figures -join '; ')
            }
            finally { $liar.Dispose() }
        }
        mint = { Add-Comparison warm 'sign 10,000 tokens, tenants piped in' (Measure-Rival mint 'membrane', 'bare' $Rounds) @{ bare = 2 } }
    }
    foreach ($name in $all.Keys) { if (-not $Only -or $name -in $Only) { & $all[$name] } }
}
finally {
    $server.StandardInput.Close()
    if (-not $server.WaitForExit(5000)) { $server.Kill() }
    Remove-Item -LiteralPath $turns -Recurse -Force
}

if (-not $Only) {
    $engineFacts = & $pwsh -NoProfile -NonInteractive -Command '$reader = [System.Reflection.PortableExecutable.PEReader]::new([System.IO.File]::OpenRead([psobject].Assembly.Location)); "PowerShell $($PSVersionTable.PSVersion) $(if ($reader.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size) { "with" } else { "without" }) machine code, $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)"'
    $machine = "$([Environment]::ProcessorCount) cores, $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription), $engineFacts, Node $(node --version)"
    @(
        '# Benchmarks'
        ''
        "Made by ``pwsh ./build.ps1 Bench`` on $(Get-Date -Format 'yyyy-MM-dd') ($machine), with the module as it is packed. All rivals of a row take turns, against one server in a process of its own. Times are medians, of the clock and of the processor (CPU); ``/ sdk = 0.5`` says that this module takes half as long as the SDK. Memory is the growth of the process's peak working set from the beginning of the work. A target that is not met is called missed."
        ''
        'membrane: this module. bare: HttpClient with System.Text.Json in C#, or the JWT library in a loop. pipeline: 100,000 objects that there are already, piped into the same command. cmdlet: one that does no more than bare, which is the least that a command can take. sdk: the vendor''s JavaScript SDK in Node. rest: Invoke-RestMethod in a paging loop, and in ForEach-Object -Parallel.'
        ''
        'An engine without machine code, as the .NET tool has it, compiles itself in every process; those of the installers have machine code and start in half the time.'
        foreach ($section in 'cold', 'warm') {
            ''
            if ($section -eq 'cold') { '## Fresh processes'; ''; "Scripts and runbooks are fresh processes: $Rounds of each rival, in turn. The time is that of the work alone, except where it is that of the whole process; with ``process`` is the time from the start of the process to its end." }
            else { '## Warm'; ''; "Medians of $Rounds rounds after one to warm up, all rivals at the same time." }
            ''
            '| work | target | | measured |'
            '| --- | --- | --- | --- |'
            foreach ($row in $rows | Where-Object Section -eq $section) { "| $($row.Work) | $($row.Target) | $($row.Verdict) | $($row.Figure) |" }
        }
        ''
    ) -join "`n" | Set-Content -LiteralPath (Join-Path $root 'docs/benchmarks.md') -NoNewline
}
