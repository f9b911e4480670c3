<#
.SYNOPSIS
    Runs the Pester suite against the staged module, for each build in a fresh process.
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

# How a line of verbose or debug output begins, with colours or without.
$message = '^(\e\[[\d;]*m)*(VERBOSE|DEBUG):'

# What must never be written: the secrets of the tests, and anything that is a signed token or a refresh token.
function Search-Secret {
    param([string] $Path)
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

foreach ($name in $Build) {
    Write-Host "== Pester against bin/$name of $Module"
    $userHome = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-pester-$PID-$name"
    $null = New-Item -ItemType Directory -Path $userHome -Force
    $summary = Join-Path $results "pester-$name.json"
    Remove-Item -LiteralPath $summary -ErrorAction Ignore
    $saved = @{}
    $environment = @{
        MEMBRANE_TEST_BUILD = $name
        MEMBRANE_TEST_ENGINE = $Engine
        MEMBRANE_TEST_MODULE = (Resolve-Path -LiteralPath $Module).Path
        MEMBRANE_TEST_MATRIX = $env:MEMBRANE_TEST_MATRIX
        MEMBRANE_TEST_KILLS = $env:MEMBRANE_TEST_KILLS
        MEMBRANE_TEST_ROWS_SEED = $env:MEMBRANE_TEST_ROWS_SEED
        MEMBRANE_TEST_ROWS_SCHEMAS = $env:MEMBRANE_TEST_ROWS_SCHEMAS
        HOME = $userHome
        USERPROFILE = $userHome
    }
    $environment['PSModulePath'] = @($ModulePath; (Resolve-Path -LiteralPath $testModules).Path; $env:PSModulePath).Where({ $_ }) -join [System.IO.Path]::PathSeparator
    # What the machine is set up with must not reach the tests.
    foreach ($variable in Get-ChildItem Env: | Where-Object Name -like 'MEMBRANE_*') { $environment[$variable.Name] ??= $null }
    try {
        foreach ($key in $environment.Keys) {
            $saved[$key] = [Environment]::GetEnvironmentVariable($key)
            [Environment]::SetEnvironmentVariable($key, $environment[$key])
        }

        $arguments = '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'Invoke-Run.ps1'), '-Path', ($Path -join [System.IO.Path]::PathSeparator), '-Summary', $summary
        if ($SecretSearch) {
            $output = Join-Path $results "streams-$name.log"
            & $Engine @arguments -AllStreams *> $output
            if ($LASTEXITCODE -ne 0 -or -not (Test-Path -LiteralPath $summary) -or (Get-Content -LiteralPath $summary -Raw | ConvertFrom-Json).Failed) {
                Get-Content -LiteralPath $output | Where-Object { $_ -notmatch $message } | Out-Host
            }

            if (Search-Secret $output) { $bad += "bin/$name (secrets in $output)" }
        }
        else {
            & $Engine @arguments | Out-Host
        }
    }
    finally {
        foreach ($key in $saved.Keys) { [Environment]::SetEnvironmentVariable($key, $saved[$key]) }
        Remove-Item -LiteralPath $userHome -Recurse -Force -ErrorAction Ignore
    }

    if (-not (Test-Path -LiteralPath $summary)) {
        $bad += "bin/$name (the run did not end)"
        continue
    }

    $counts = Get-Content -LiteralPath $summary -Raw | ConvertFrom-Json
    $passed += $counts.Passed
    $failed += $counts.Failed
    $skipped += $counts.Skipped
    if ($counts.Failed -or -not $counts.Passed) { $bad += "bin/$name" }
}

Write-Host "Pester: $passed passed, $failed failed, $skipped skipped"
if ($bad) { throw "The Pester suite failed for: $($bad -join ', ')." }
