<#
.SYNOPSIS
    Builds the commit that is checked out once more, from a clone in another folder, and compares the packages file by file.
.DESCRIPTION
    Run it after `build.ps1 Pack`, with nothing uncommitted. The dates within the zip files may differ, and in the Gallery's package
    what is not of the module: the list of file types, whose order is that of the disk, and the part with the package's own properties,
    whose name PSResourceGet draws by chance.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '..')).Path
if (git -C $root status --porcelain) { throw 'There are changes that are not committed: the packages here are not those of a commit.' }

function Get-EntryHash([string] $Package) {
    $archive = [System.IO.Compression.ZipFile]::OpenRead($Package)
    try {
        foreach ($entry in $archive.Entries | Where-Object { $_.FullName -notmatch '^(_rels/\.rels|\[Content_Types\]\.xml|package/services/metadata/core-properties/[^/]+)$' }) {
            $stream = $entry.Open()
            "$($entry.FullName) $([System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($stream)))"
            $stream.Dispose()
        }
    }
    finally { $archive.Dispose() }
}

$clone = [System.IO.Directory]::CreateTempSubdirectory('membrane-again-').FullName
try {
    git clone --quiet $root $clone
    if ($LASTEXITCODE -ne 0) { throw 'The clone failed.' }
    foreach ($project in 'PowerShell', 'Extensions.DependencyInjection') {
        $log = dotnet build (Join-Path $clone "src/Membrane.$project") --configuration Release --nologo --verbosity quiet -p:RunAnalyzers=false
        if ($LASTEXITCODE -ne 0) { throw "The build failed. $($log -join [Environment]::NewLine)" }
    }
    $null = & (Join-Path $clone 'tools/New-GalleryPackage.ps1')
    foreach ($project in 'Contracts', 'Client', 'Extensions.DependencyInjection', 'Emulator') {
        $log = dotnet pack (Join-Path $clone "src/Membrane.$project") --configuration Release --no-build --nologo --verbosity quiet
        if ($LASTEXITCODE -ne 0) { throw "The pack failed. $($log -join [Environment]::NewLine)" }
    }

    $differences = 0
    foreach ($package in Get-ChildItem -LiteralPath (Join-Path $root 'out/packages') -File) {
        $ours = @(Get-EntryHash $package.FullName)
        $again = @(Get-EntryHash (Join-Path $clone "out/packages/$($package.Name)"))
        $difference = @(Compare-Object $ours $again)
        Write-Host "$($package.Name): $($ours.Count) files, $($difference.Count) differences"
        $difference | ForEach-Object { Write-Host "  $($_.SideIndicator) $($_.InputObject)" }
        $differences += $difference.Count
    }
    if ($differences) { throw 'The build is not reproducible.' }
}
finally { Remove-Item -LiteralPath $clone -Recurse -Force -ErrorAction Ignore }
