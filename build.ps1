#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, shows and packs the module.
.DESCRIPTION
    A thin face: the work is in MSBuild and in the tools. Needs the .NET SDK 10, and Node 20 for Test.
.PARAMETER Task
    Build       stage the module in out/Membrane
    Test        everything that can be tried here: see tests/Invoke-Tests.ps1
    Quickstart  build, then the main job from sign-in to result against a local workspace
    Docs        build, refresh the help pages in docs/en-US from the module, check them, and make from them what Get-Help reads
    Pack        the packages in out/packages: the Gallery's, installed into a clean home in out/home and tried there, and the NuGet ones
    Bench       measure, and write docs/benchmarks.md
.PARAMETER Catalog
    For Quickstart: a file with the apps of the local workspace.
.PARAMETER Path
    For Test: only these Pester files or folders, against the staged module.
.PARAMETER Build
    For Test: only these builds of the module.
.EXAMPLE
    dotnet tool exec -y PowerShell@7.6.9 -- ./build.ps1 Test
.EXAMPLE
    ./build.ps1 Test -Path tests/Pester/Tools.Tests.ps1 -Build net8.0
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

function Invoke-Build([string] $Project = 'Membrane.PowerShell.sln', [string[]] $Property) {
    & (Join-Path $PSScriptRoot 'tools/Build.ps1') -Project $Project -Configuration $Configuration -Property $Property
}

switch ($Task) {
    'Build' { Invoke-Build }
    'Test' {
        Invoke-Build
        if ($Path) { & (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Suite.ps1') -Path $Path -Build $Build }
        else {
            & (Join-Path $PSScriptRoot 'tests/Invoke-Tests.ps1') -Build $Build -Configuration $Configuration
            exit $LASTEXITCODE
        }
    }
    'Quickstart' {
        # The analyzers are for those who change something.
        Invoke-Build 'src/Membrane.PowerShell' 'RunAnalyzers=false'
        & (Join-Path $PSScriptRoot 'tools/Invoke-Quickstart.ps1') -Catalog $Catalog
    }
    'Docs' {
        Invoke-Build
        # A process of its own: this one may have imported another build of the module.
        & (& (Join-Path $PSScriptRoot 'tools/Get-Engine.ps1')) -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'docs/Update-Help.ps1') | Out-Host
        if ($LASTEXITCODE -ne 0) { throw 'The help was not made: the lines above say why.' }
        Copy-Item -Path (Join-Path $PSScriptRoot 'src/Membrane.PowerShell/Module/en-US') -Destination (Join-Path $PSScriptRoot 'out/Membrane') -Recurse -Force
    }
    'Pack' {
        Invoke-Build
        $null = & (Join-Path $PSScriptRoot 'tools/Pack.ps1') -Configuration $Configuration
    }
    'Bench' {
        Invoke-Build
        & (Join-Path $PSScriptRoot 'tests/benchmarks/Invoke-Benchmark.ps1')
    }
}
