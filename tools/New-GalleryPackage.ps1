<#
.SYNOPSIS
    Makes the package for the PowerShell Gallery from the staged module.
.DESCRIPTION
    Lays the module out with images for fresh processes, release notes and a bill of materials, and publishes it to a folder with PSResourceGet.
.PARAMETER Module
    The folder of the staged module.
.PARAMETER Layout
    The folder for what is packed.
.PARAMETER Destination
    The folder for the package.
.OUTPUTS
    The package's file.
#>
[CmdletBinding()]
param(
    [string] $Module = (Join-Path $PSScriptRoot '../out/Membrane'),
    [string] $Layout = (Join-Path $PSScriptRoot '../out/gallery/Membrane'),
    [string] $Destination = (Join-Path $PSScriptRoot '../out/packages')
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

# What the changelog says of a version, as the manifest's release notes. In the Gallery a relative link leads nowhere.
function Get-ReleaseNote([string] $Version, [string] $Project) {
    $changelog = (Get-Content -LiteralPath (Join-Path $PSScriptRoot '../CHANGELOG.md') -Raw).Replace("`r`n", "`n")
    if ($changelog -notmatch "(?ms)^## \[$([regex]::Escape($Version))\][^\n]*\n(?<notes>.*?)(?=^## \[|\z)") { throw "CHANGELOG.md has no section for version $Version." }
    $Matches['notes'].Trim() -replace '\]\((?!https?://)', "]($Project/blob/v$Version/"
}

# PSResourceGet packs fast rather than small.
function Compress-Package([string] $Path) {
    $content = [System.IO.MemoryStream]::new([System.IO.File]::ReadAllBytes($Path))
    $from = [System.IO.Compression.ZipArchive]::new($content)
    $to = [System.IO.Compression.ZipFile]::Open("$Path.small", 'Create')
    try {
        foreach ($entry in $from.Entries) {
            $smaller = $to.CreateEntry($entry.FullName, [System.IO.Compression.CompressionLevel]::SmallestSize)
            $smaller.LastWriteTime = $entry.LastWriteTime
            $source, $target = $entry.Open(), $smaller.Open()
            $source.CopyTo($target)
            $target.Dispose()
            $source.Dispose()
        }
    }
    finally {
        $to.Dispose()
        $from.Dispose()
    }
    Move-Item -LiteralPath "$Path.small" -Destination $Path -Force
}

$null = New-Item -ItemType Directory -Path $Destination -Force
$Layout = [System.IO.Path]::GetFullPath($Layout)
Remove-Item -LiteralPath $Layout -Recurse -Force -ErrorAction Ignore
$null = New-Item -ItemType Directory -Path $Layout
Copy-Item -Path (Join-Path $Module '*') -Destination $Layout -Recurse
& (Join-Path $PSScriptRoot 'Add-ReadyToRun.ps1') -Module $Layout

$manifestPath = Join-Path $Layout 'Membrane.psd1'
$manifest = Import-PowerShellDataFile -LiteralPath $manifestPath
$version = $manifest.ModuleVersion
$text = [System.IO.File]::ReadAllText($manifestPath)
$placeholder = "'See CHANGELOG.md.'"
if (-not $text.Contains($placeholder)) { throw "The manifest's release notes are not $placeholder." }
[System.IO.File]::WriteAllText($manifestPath, $text.Replace($placeholder, "@'`n$(Get-ReleaseNote $version $manifest.PrivateData.PSData.ProjectUri)`n'@"))
& (Join-Path $PSScriptRoot 'New-Sbom.ps1') -Module $Layout -Destination (Join-Path $Layout 'sbom.cdx.json')
$null = Test-ModuleManifest -Path $manifestPath

& (Join-Path $PSScriptRoot 'Invoke-Gallery.ps1') -Folder $Destination -Command 'Publish-PSResource -Path $folder -Repository $gallery' -Variable @{ folder = $Layout }

$package = Join-Path $Destination "Membrane.$version.nupkg"
Compress-Package $package
Get-Item -LiteralPath $package
