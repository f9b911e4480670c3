<#
.SYNOPSIS
    Makes the package for the PowerShell Gallery from the staged module, as Publish-PSResource and Compress-PSResource make it.
.DESCRIPTION
    Lays the module out with release notes and a bill of materials, writes the nuspec that PSResourceGet writes (PublishHelper.CreateNuspec:
    the same elements from the same keys of the manifest, no tags for single commands), and lets NuGet's own library pack it.
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
$namespace = 'http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd'

# What the changelog says of a version, as the manifest's release notes. In the Gallery a relative link leads nowhere.
function Get-ReleaseNote([string] $Version, [string] $Project) {
    $changelog = (Get-Content -LiteralPath (Join-Path $PSScriptRoot '../CHANGELOG.md') -Raw).Replace("`r`n", "`n")
    if ($changelog -notmatch "(?ms)^## \[$([regex]::Escape($Version))\][^\n]*\n(?<notes>.*?)(?=^## \[|\z)") { throw "CHANGELOG.md has no section for version $Version." }
    $Matches['notes'].Trim() -replace '\]\((?!https?://)', "]($Project/blob/v$Version/"
}

function New-Nuspec([string] $ManifestPath, [string] $Path) {
    $manifest = Import-PowerShellDataFile -LiteralPath $ManifestPath
    if ($manifest['RequiredModules']) { throw 'Dependencies are not written yet: the module has none.' }
    $data = $manifest.PrivateData.PSData
    $version = if ($data['Prerelease']) { "$($manifest.ModuleVersion)-$($data.Prerelease)" } else { $manifest.ModuleVersion }
    $elements = [ordered]@{
        id = [System.IO.Path]::GetFileNameWithoutExtension($ManifestPath)
        licenseUrl = $data['LicenseUri']
        projectUrl = $data['ProjectUri']
        iconUrl = $data['IconUri']
        releaseNotes = $data['ReleaseNotes']
        requireLicenseAcceptance = if ($data['RequireLicenseAcceptance']) { 'true' } else { 'false' }
        version = $version
        authors = $manifest.Author
        owners = $manifest.CompanyName
        description = $manifest.Description
        copyright = $manifest.Copyright
        tags = @('PSModule') + $data.Tags -join ' '
    }
    $document = [System.Xml.XmlDocument]::new()
    $null = $document.AppendChild($document.CreateXmlDeclaration('1.0', 'utf-8', $null))
    $metadata = $document.AppendChild($document.CreateElement('package', $namespace)).AppendChild($document.CreateElement('metadata', $namespace))
    foreach ($name in $elements.Keys) {
        if ($elements[$name]) { $metadata.AppendChild($document.CreateElement($name, $namespace)).InnerText = $elements[$name].Trim() }
    }
    $document.Save($Path)
}

$null = New-Item -ItemType Directory -Path $Destination -Force
$Layout = [System.IO.Path]::GetFullPath($Layout)
Remove-Item -LiteralPath $Layout -Recurse -Force -ErrorAction Ignore
$null = New-Item -ItemType Directory -Path $Layout
Copy-Item -Path (Join-Path $Module '*') -Destination $Layout -Recurse

$manifestPath = Join-Path $Layout 'Membrane.psd1'
$manifest = Import-PowerShellDataFile -LiteralPath $manifestPath
$version = $manifest.ModuleVersion
$text = [System.IO.File]::ReadAllText($manifestPath)
$placeholder = "'See CHANGELOG.md.'"
if (-not $text.Contains($placeholder)) { throw "The manifest's release notes are not $placeholder." }
[System.IO.File]::WriteAllText($manifestPath, $text.Replace($placeholder, "@'`n$(Get-ReleaseNote $version $manifest.PrivateData.PSData.ProjectUri)`n'@"))
& (Join-Path $PSScriptRoot 'New-Sbom.ps1') -Module $Layout -Destination (Join-Path $Layout 'sbom.cdx.json')
$null = Test-ModuleManifest -Path $manifestPath

$nuspec = Join-Path $Layout 'Membrane.nuspec'
New-Nuspec $manifestPath $nuspec
# Its warnings are about packages that are referenced by projects, with a lib folder.
$said = dotnet pack $nuspec --output $Destination 2>&1
$code = $LASTEXITCODE
Remove-Item -LiteralPath $nuspec
if ($code -ne 0) { throw "dotnet pack ended with exit code $code. $($said -join [Environment]::NewLine)" }
Get-Item -LiteralPath (Join-Path $Destination "Membrane.$version.nupkg")
