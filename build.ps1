<#
.SYNOPSIS
    Builds, tests, shows and packs the module.
.DESCRIPTION
    A thin face: the work is in MSBuild and in the tools.
.PARAMETER Task
    Build       stage the module in out/Membrane
    Test        dotnet test, then the Pester suite against the staged module (both builds), then PSScriptAnalyzer
    Quickstart  build, then the main job from sign-in to result against a local workspace
    Docs        build, refresh the help pages in docs/en-US from the module, check them, and make from them what Get-Help reads
    Pack        the packages in out/packages: the Gallery's, installed into a clean home in out/home and tested there, and the NuGet ones
    Bench       measure, and write docs/benchmarks.md
.PARAMETER Catalog
    For Quickstart: a file with the apps of the local workspace.
.PARAMETER Path
    For Test and Pack: only these Pester files or folders.
.PARAMETER Build
    For Test and Pack: only this build of the module.
.EXAMPLE
    pwsh ./build.ps1 Quickstart
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Quickstart', 'Docs', 'Pack', 'Bench')]
    [string] $Task = 'Build',

    [string] $Catalog,

    [string[]] $Path,

    [ValidateSet('net8.0', 'netstandard2.0')]
    [string[]] $Build = @('net8.0', 'netstandard2.0'),

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot 'out/Membrane/Membrane.psd1'
$pwsh = (Get-Process -Id $PID).Path

function Invoke-Tool {
    # Named apart from its arguments, which may begin with a dash.
    $tool, $arguments = $args
    & $tool @arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "$tool $($arguments -join ' ') ended with exit code $LASTEXITCODE." }
}

function Invoke-Build { Invoke-Tool dotnet build (Join-Path $PSScriptRoot 'Membrane.PowerShell.sln') --configuration $Configuration --nologo --verbosity minimal }

switch ($Task) {
    'Build' { Invoke-Build }
    'Test' {
        Invoke-Build
        if (-not $Path) { Invoke-Tool dotnet test (Join-Path $PSScriptRoot 'Membrane.PowerShell.sln') --configuration $Configuration --no-build --nologo }
        & (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Suite.ps1') -Path $Path -Build $Build
        if (-not $Path) { & (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Analyzer.ps1') }
    }
    'Quickstart' {
        Invoke-Build
        $script = Join-Path $PSScriptRoot 'docs/samples/quickstart.ps1'
        $command = "Import-Module '$($module.Replace("'", "''"))'; & '$($script.Replace("'", "''"))'"
        if ($Catalog) { $command += " -Catalog '$((Resolve-Path -LiteralPath $Catalog).Path.Replace("'", "''"))'" }
        Invoke-Tool $pwsh -NoProfile -Command $command
    }
    'Docs' {
        Invoke-Build
        # A process of its own: this one may have imported another build of the module.
        Invoke-Tool $pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'docs/Update-Help.ps1')
        Copy-Item -Path (Join-Path $PSScriptRoot 'src/Membrane.PowerShell/Module/en-US') -Destination (Split-Path $module) -Recurse -Force
    }
    'Pack' {
        Invoke-Build
        $modules = & (Join-Path $PSScriptRoot 'tools/Pack.ps1') -Configuration $Configuration
        & (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Suite.ps1') -ModulePath $modules -Path $Path -Build $Build
    }
    'Bench' {
        Invoke-Build
        & (Join-Path $PSScriptRoot 'tests/benchmarks/Invoke-Benchmark.ps1')
    }
}
