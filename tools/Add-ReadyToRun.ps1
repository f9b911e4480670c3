<#
.SYNOPSIS
    Adds to a laid-out module images of its assemblies with machine code for Windows and Linux on x64.
.DESCRIPTION
    A fresh process need not compile what they hold: the members in ReadyToRun/members.txt, which a script that signs in, lists and runs
    actions needs. With all members the package would be larger than the 6 MB that it may have. The loader takes the images on .NET 10
    and later, the assembly itself elsewhere.
.PARAMETER Module
    The folder of the module.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Module)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$build = Join-Path (Resolve-Path -LiteralPath $Module).Path 'bin/net8.0'
$project = Join-Path $PSScriptRoot 'ReadyToRun'
if (-not ('Membrane.Tools.Profile' -as [type])) { Add-Type -Path (Join-Path $project 'Profile.cs') }
$members = [System.Collections.Generic.HashSet[string]]::new([string[]][System.IO.File]::ReadAllLines((Join-Path $project 'members.txt')))
foreach ($assembly in 'Membrane.Client', 'Membrane.PowerShell') {
    $mibc = Join-Path ([System.IO.Path]::GetTempPath()) "$assembly-$PID.mibc"
    try {
        if (-not [Membrane.Tools.Profile]::Write("$build/$assembly.dll", $members, $mibc)) { throw "$assembly has none of the members in members.txt." }
        foreach ($system in 'linux-x64', 'win-x64') {
            $folder = (New-Item -ItemType Directory -Path (Join-Path $build $system) -Force).FullName
            $log = dotnet build $project --nologo --verbosity quiet -target:MakeImage "-p:RuntimeIdentifier=$system" "-p:Assembly=$build/$assembly.dll" "-p:Profile=$mibc" "-p:Image=$folder/$assembly.dll"
            if ($LASTEXITCODE -ne 0) { throw "The image of $assembly for $system was not made. $($log -join [Environment]::NewLine)" }
        }
    }
    finally { Remove-Item -LiteralPath $mibc -ErrorAction Ignore }
}
