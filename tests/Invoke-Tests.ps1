<#
.SYNOPSIS
    Tries everything that can be tried on this machine, and ends with what was and what was not, and one line of counts.
.DESCRIPTION
    Run by `build.ps1 Test` after the build. A step that fails does not keep the others from being run.
#>
[CmdletBinding()]
param([string] $Configuration = 'Release')

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '..')).Path
$solution = Join-Path $root 'Membrane.PowerShell.sln'
$results = Join-Path $root 'out/TestResults'
Remove-Item -LiteralPath $results -Recurse -Force -ErrorAction Ignore
$null = New-Item -ItemType Directory -Path $results
$env:CONFIGURATION = $Configuration
$env:MEMBRANE_TEST_ENGINE = & (Join-Path $root 'tools/Get-Engine.ps1')
$done = [System.Collections.Generic.List[object]]::new()
$notRun = [System.Collections.Generic.List[string]]::new()

# Runs a step. What it throws is its failure. A step without counts of its own counts as one.
function Invoke-Step([string] $Name, [scriptblock] $Step, [scriptblock] $Count = { @() }) {
    Write-Host "`n== $Name"
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $failure = $null
    try { & $Step }
    catch {
        $failure = "$_"
        Write-Host "!! ${Name}: $failure"
    }

    $sum = [pscustomobject]@{ Name = $Name; Passed = 0; Failed = 0; Skipped = 0; Time = $clock.Elapsed.ToString('m\:ss'); Failure = $failure }
    foreach ($part in & $Count) { foreach ($kind in 'Passed', 'Failed', 'Skipped') { $sum.$kind += [int] $part.$kind } }
    if ($failure -and -not $sum.Failed) { $sum.Failed = 1 }
    elseif (-not ($sum.Passed + $sum.Failed)) { $sum.Passed = 1 }
    $done.Add($sum)
}

function Invoke-Tool {
    $tool, $arguments = $args
    & $tool @arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "$tool $($arguments[0]) ended with exit code $LASTEXITCODE." }
}

function Test-Program([string] $Name) { [bool] (Get-Command $Name -CommandType Application -ErrorAction Ignore) }

function Test-Module([string] $Name) { [bool] (Get-Module -ListAvailable $Name) }

# Removes and adds the packages of a folder, as its lock file names them.
function Install-NodePackage([string] $Folder) {
    if (-not (Test-Program node) -or -not (Test-Program npm)) { throw 'There is no node and npm on the PATH: install Node 20 or later (https://nodejs.org).' }
    npm ci --prefix $Folder --no-audit --no-fund --loglevel=error | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "npm ci ended with exit code ${LASTEXITCODE}: the packages of $Folder could not be fetched or written." }
}

function Get-XunitCount {
    foreach ($file in Get-ChildItem -LiteralPath $results -Filter *.trx) {
        $counters = ([xml] (Get-Content -LiteralPath $file.FullName -Raw)).TestRun.ResultSummary.Counters
        @{ Passed = $counters.passed; Failed = $counters.failed; Skipped = [int] $counters.total - [int] $counters.executed }
    }
}

# The tests that failed, with the beginnings of what they say.
function Get-XunitFailure {
    foreach ($file in Get-ChildItem -LiteralPath $results -Filter *.trx) {
        foreach ($failed in Select-Xml -LiteralPath $file.FullName -XPath "//*[local-name()='UnitTestResult'][@outcome='Failed']") {
            $message = $failed.Node.SelectSingleNode(".//*[local-name()='Message']")
            "[-] $($failed.Node.testName)"
            if ($message) { ($message.InnerText -split '\r?\n' | Select-Object -First 6) -replace '^', '    ' }
        }
    }
}

function Get-NodeFailure([string] $Report) {
    Select-String -LiteralPath $Report -Pattern '^\s*not ok \d+ - (.*)' -ErrorAction Ignore | ForEach-Object { "[-] $($_.Matches[0].Groups[1].Value)" }
}

# Runs a tool of tests; where some fail, its failure names them.
function Invoke-TestTool([scriptblock] $Tool, [scriptblock] $Failure) {
    try { & $Tool }
    catch { throw (@("$_"; & $Failure) -join "`n") }
}

function Get-NodeCount([string] $Report) {
    foreach ($line in Get-Content -LiteralPath $Report -ErrorAction Ignore) {
        switch -Regex ($line) {
            '^# pass (\d+)$' { @{ Passed = $Matches[1]; Failed = 0; Skipped = 0 } }
            '^# (?:fail|cancelled) (\d+)$' { @{ Passed = 0; Failed = $Matches[1]; Skipped = 0 } }
            '^# (?:skipped|todo) (\d+)$' { @{ Passed = 0; Failed = 0; Skipped = $Matches[1] } }
        }
    }
}

# The suite writes a summary for each build.
function Get-PesterCount {
    $summaries = Get-ChildItem -LiteralPath $results -Filter pester-*.json
    $summaries | ForEach-Object { Get-Content -LiteralPath $_.FullName -Raw | ConvertFrom-Json }
    $summaries | Remove-Item
}

Invoke-Step 'The schema suite' { Install-NodePackage (Join-Path $root 'tests/schema-suite') }
if (-not $env:MEMBRANE_SCHEMA_SUITE) {
    Write-Warning 'SKIPPED: the official JSON Schema tests of draft-07 and 2020-12. Set MEMBRANE_SCHEMA_SUITE to a copy of the suite.'
}

Invoke-Step 'xUnit' {
    Invoke-TestTool { Invoke-Tool dotnet test $solution --configuration $Configuration --no-build --nologo --logger 'trx;LogFilePrefix=xunit' --results-directory $results } { Get-XunitFailure }
} { Get-XunitCount }
Invoke-Step 'Conformance: the official JavaScript clients' {
    $folder = Join-Path $root 'tests/conformance'
    Install-NodePackage $folder
    Push-Location -LiteralPath $folder
    $report = Join-Path $results 'conformance.tap'
    try { Invoke-TestTool { Invoke-Tool node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=tap "--test-reporter-destination=$report" } { Get-NodeFailure $report } }
    finally { Pop-Location }
} { Get-NodeCount (Join-Path $results 'conformance.tap') }
Invoke-Step 'The sample page and the dashboard in a browser' {
    $folder = Join-Path $root 'tests/browser'
    # Not in docs: what npm brings would be taken for pages of ours.
    $page = Join-Path $root 'out/browser/react-page'
    $null = New-Item -ItemType Directory -Path $page -Force
    Get-ChildItem -LiteralPath (Join-Path $root 'docs/samples/react-page') | Where-Object Name -ne node_modules | Copy-Item -Destination $page -Recurse -Force
    Install-NodePackage $folder
    Install-NodePackage $page
    $report = Join-Path $results 'browser.tap'
    Push-Location -LiteralPath $folder
    try { Invoke-TestTool { Invoke-Tool node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=tap "--test-reporter-destination=$report" } { Get-NodeFailure $report } }
    finally { Pop-Location }
    if (Select-String -LiteralPath $report -Pattern '# SKIP There is no Chromium' -Quiet) {
        $notRun.Add('The sample page and the dashboard were not tried in a browser: there is no Chromium, Chrome or Edge (Debian: apt-get install chromium).')
    }
} { Get-NodeCount (Join-Path $results 'browser.tap') }
Invoke-Step 'Azurite' { Install-NodePackage (Join-Path $root 'tests/azurite') }
Invoke-Step 'The packages' { & (Join-Path $root 'tools/Pack.ps1') -Configuration $Configuration | ForEach-Object { $script:modules = $_ } } { Get-PesterCount }
Invoke-Step 'The cmdlets, as installed from the package' {
    if (-not (Test-Path -LiteralPath variable:script:modules)) { throw 'The package could not be made or installed: no cmdlet was tried.' }
    Write-Host "This takes some minutes. What is written with verbose and debug output on, and searched for secrets, is in $results."
    & (Join-Path $root 'tests/Pester/Invoke-Suite.ps1') -ModulePath $modules -SecretSearch
} { Get-PesterCount }

if (Test-Module PSScriptAnalyzer) { Invoke-Step 'PSScriptAnalyzer' { & (Join-Path $root 'tests/Pester/Invoke-Analyzer.ps1') } }
else { $notRun.Add('The scripts were not analyzed: there is no PSScriptAnalyzer (Install-PSResource PSScriptAnalyzer).') }
if (-not (Test-Module Microsoft.PowerShell.PlatyPS)) { $notRun.Add('The help pages were not compared with the module: there is no Microsoft.PowerShell.PlatyPS (Install-PSResource Microsoft.PowerShell.PlatyPS).') }

if (-not (Test-Program git) -or -not (git -C $root rev-parse --git-dir)) { $notRun.Add('Whether the build is reproducible was not tried: there is no git, or this is no clone.') }
elseif (git -C $root status --porcelain) { $notRun.Add('Whether the build is reproducible was not tried: there are changes that are not committed.') }
else { Invoke-Step 'Reproducible build' { & (Join-Path $root 'tools/Test-Reproducible.ps1') } }

Invoke-Step 'Quickstart' { & (Join-Path $root 'tools/Invoke-Quickstart.ps1') }
Invoke-Step 'Quickstart in C#' { Invoke-Tool dotnet run --project (Join-Path $root 'docs/samples/Quickstart') --configuration $Configuration --no-build }

if (-not $IsWindows -and -not (Test-Program mono)) { $notRun.Add('The 5.1 build was not run on .NET Framework: there is no mono, which stands in for it (Debian: apt-get install mono-devel).') }
if (-not $IsWindows -and -not (Test-Path /usr/sbin/sshd)) { $notRun.Add('Workers on several machines were not tried over SSH: there is no sshd (Debian: apt-get install openssh-server).') }
if ($IsLinux -and -not (Test-Program strace)) { $notRun.Add('What an import writes and asks was not traced: there is no strace (Debian: apt-get install strace).') }

Write-Host "`n== What ran"
$done | Format-Table Name, Passed, Failed, Skipped, Time | Out-Host
foreach ($step in $done) { if ($step.Failure) { Write-Host "!! $($step.Name): $($step.Failure)" } }
if ($notRun) { Write-Host "`n== What did not run" }
foreach ($line in $notRun) { Write-Host "!! $line" }
$sum = $done | Measure-Object -Property Passed, Failed, Skipped -Sum
Write-Host "`n$($sum[0].Sum) passed, $($sum[1].Sum) failed, $($sum[2].Sum) skipped"
exit [int] ($sum[1].Sum -gt 0)
