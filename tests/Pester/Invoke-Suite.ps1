<#
.SYNOPSIS
    Runs the Pester suite against the staged module, for each build in a fresh process. With -SecretSearch the builds run side by side.
.PARAMETER Path
    Test files or folders; all by default.
.PARAMETER Build
    The builds of the module.
.PARAMETER Module
    The manifest of the module to test; the staged one by default.
.PARAMETER ModulePath
    Test the installed module instead: the newest one in this folder of modules, which is then the first of PSModulePath.
.PARAMETER Engine
    The PowerShell to run the suite in: the program; the one of this process by default.
.PARAMETER SecretSearch
    Run with verbose and debug output on, and search everything that was written, and every error, for secrets.
#>
[CmdletBinding()]
param(
    [string[]] $Path,
    [string[]] $Build = @('net8.0', 'netstandard2.0'),
    [string] $Module = (Join-Path $PSScriptRoot '../../out/Membrane/Membrane.psd1'),
    [string] $ModulePath,
    [string] $Engine = (& (Join-Path $PSScriptRoot '../../tools/Get-Engine.ps1')),
    [switch] $SecretSearch
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
if (-not $Path) { $Path = @($PSScriptRoot) }
if ($ModulePath) {
    $ModulePath = (Resolve-Path -LiteralPath $ModulePath).Path
    $Module = (Get-ChildItem -LiteralPath (Join-Path $ModulePath 'Membrane') -Directory | Sort-Object { [version] $_.Name } | Select-Object -Last 1 | Get-ChildItem -Filter Membrane.psd1).FullName
}

$results = Join-Path $PSScriptRoot '../../out/TestResults'
$testModules = Join-Path $PSScriptRoot '../../out/Modules'
if (-not (Test-Path -LiteralPath (Join-Path $testModules 'Pester'))) { throw 'Pester is not staged: dotnet build tests/Membrane.PowerShell.Tests --configuration Release' }
$null = New-Item -ItemType Directory -Path $results -Force
$passed = 0
$failed = 0
$skipped = 0
$bad = @()
$failures = @()

# How a line of verbose or debug output begins, with colours or without.
$message = '^(\e\[[\d;]*m)*(VERBOSE|DEBUG):'

# What must never be written: the secrets of the tests, and anything that is a signed token or a refresh token.
function Search-Secret {
    param([string[]] $Path)
    $secrets = @(
        'emulator-development-secret-not-for-production'
        'c2VjcmV0LWZvci10aGUtdGVzdHMtb25seQ'
        'a-secret-of-the-tests'
        'pat-emulator-development-account-token'
        'eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{20,}'
        '\brt-\w+\.[\w-]+'
        '-----BEGIN [A-Z ]*PRIVATE KEY-----'
    )
    $lines = @(Get-Content -LiteralPath $Path)
    $hits = @($lines | Select-String -Pattern $secrets)
    $messages = @($lines | Select-String -Pattern $message).Count
    Write-Host "Secrets: $($hits.Count) of $($lines.Count) lines, $messages of them verbose or debug messages"
    $hits | Select-Object -First 20 | ForEach-Object { Write-Host "    line $($_.LineNumber): $($_.Line)" }

    # A run that says nothing proves nothing.
    $hits.Count -gt 0 -or $messages -lt 100
}

$modulePaths = @($ModulePath; (Resolve-Path -LiteralPath $testModules).Path; $env:PSModulePath).Where({ $_ }) -join [System.IO.Path]::PathSeparator

# Starts the suite for one build, with a home of its own and nothing of what the machine is set up with.
function Start-Run {
    param([string] $Name, [string] $Engine)
    $userHome = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-pester-$PID-$Name"
    $null = New-Item -ItemType Directory -Path $userHome -Force
    $run = @{
        Name = $Name
        Home = $userHome
        Summary = Join-Path $results "pester-$Name.json"
        Logs = @(if ($SecretSearch) { Join-Path $results "streams-$Name.log"; Join-Path $results "streams-$Name.error.log" })
        Files = @()
        Copies = @()
    }
    Remove-Item -LiteralPath $run.Summary -ErrorAction Ignore

    $environment = @{}
    foreach ($variable in Get-ChildItem Env: | Where-Object Name -like 'MEMBRANE_*') { $environment[$variable.Name] = $null }
    foreach ($kept in 'MATRIX', 'KILLS', 'ROWS_SEED', 'INPUTS_SEED', 'ROWS_SCHEMAS', 'SHOW', 'CHAOS_SEED', 'CHAOS_FACTOR') {
        $environment["MEMBRANE_TEST_$kept"] = [Environment]::GetEnvironmentVariable("MEMBRANE_TEST_$kept")
    }
    $environment['MEMBRANE_TEST_BUILD'] = $Name
    $environment['MEMBRANE_TEST_ENGINE'] = $Engine
    $environment['MEMBRANE_TEST_MODULE'] = (Resolve-Path -LiteralPath $Module).Path
    $environment['HOME'] = $environment['USERPROFILE'] = $userHome
    $environment['PSModulePath'] = $modulePaths

    $arguments = @(
        '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'Invoke-Run.ps1')
        '-Path', ($Path -join [System.IO.Path]::PathSeparator), '-Summary', $run.Summary
        if ($SecretSearch) { '-AllStreams' }
    )
    $start = [System.Diagnostics.ProcessStartInfo]::new($Engine)
    foreach ($argument in $arguments) { $start.ArgumentList.Add($argument) }
    foreach ($variable in $environment.Keys) {
        if ($null -eq $environment[$variable]) { $null = $start.Environment.Remove($variable) }
        else { $start.Environment[$variable] = $environment[$variable] }
    }

    $start.RedirectStandardOutput = $start.RedirectStandardError = [bool] $SecretSearch
    $run.Process = [System.Diagnostics.Process]::Start($start)
    if ($SecretSearch) {
        $run.Files = $run.Logs.ForEach({ [System.IO.File]::Create($_) })
        $run.Copies = $run.Process.StandardOutput.BaseStream.CopyToAsync($run.Files[0]), $run.Process.StandardError.BaseStream.CopyToAsync($run.Files[1])
    }

    $run
}

# With every stream in a file the builds run side by side; on the screen they would mix.
$groups = [System.Collections.Generic.List[string[]]]::new()
if ($SecretSearch) { $groups.Add($Build) }
else { foreach ($name in $Build) { $groups.Add(@($name)) } }
foreach ($group in $groups) {
    Write-Host "== Pester against bin/$($group -join ' and bin/') of $Module"
    $runs = @()
    try {
        $runs = @($group | ForEach-Object { Start-Run $_ $Engine })
        $runs.Process | Wait-Process
        [System.Threading.Tasks.Task]::WaitAll([System.Threading.Tasks.Task[]] @($runs | ForEach-Object { $_.Copies }))
    }
    finally {
        foreach ($run in $runs) {
            if (-not $run.Process.HasExited) { $run.Process.Kill($true) }
            foreach ($file in $run.Files) { $file.Dispose() }
            Remove-Item -LiteralPath $run.Home -Recurse -Force -ErrorAction Ignore
        }
    }

    foreach ($run in $runs) {
        $name = $run.Name
        $counts = if (Test-Path -LiteralPath $run.Summary) { Get-Content -LiteralPath $run.Summary -Raw | ConvertFrom-Json }
        if ($SecretSearch) {
            if (-not $counts -or $counts.Failed) { Get-Content -LiteralPath $run.Logs | Where-Object { $_ -notmatch $message } | Out-Host }
            if (Search-Secret $run.Logs) { $bad += "bin/$name (secrets in $($run.Logs))" }
        }

        if (-not $counts) {
            $bad += "bin/$name (the run did not end)"
            continue
        }

        $passed += $counts.Passed
        $failed += $counts.Failed
        $skipped += $counts.Skipped
        $failures += foreach ($failure in $counts.Failures) { "bin/${name}: $failure" }
        if ($counts.Failed -or -not $counts.Passed) { $bad += "bin/$name" }
    }
}

foreach ($failure in $failures) { Write-Host "[-] $failure" }
Write-Host "Pester: $passed passed, $failed failed, $skipped skipped"
if ($bad) { throw "The Pester suite failed for: $($bad -join ', ').$($failures | Select-Object -First 20 | ForEach-Object { "`n[-] $_" })" }
