<#
.SYNOPSIS
    Writes the bill of materials of a laid-out module: CycloneDX 1.6, the same bytes for the same files.
.DESCRIPTION
    Which package an assembly comes from, its version and its checksum are taken from the restore; the licence from the package.
.PARAMETER Module
    The folder of the module.
.PARAMETER Destination
    The file to write.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Destination
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$restore = Get-Content -LiteralPath (Join-Path $PSScriptRoot '../src/Membrane.PowerShell/obj/project.assets.json') -Raw | ConvertFrom-Json -AsHashtable
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $Module 'Membrane.psd1')

# Packages from before licence expressions existed name the text instead.
$licenceTexts = @{
    'https://github.com/dotnet/corefx/blob/master/LICENSE.TXT' = 'MIT'
    'https://raw.githubusercontent.com/aspnet/Home/2.0.0/LICENSE.txt' = 'Apache-2.0'
}

function Get-Licence([string] $Path) {
    $package = @($restore.packageFolders.Keys | ForEach-Object { Join-Path $_ $Path } | Where-Object { Test-Path -LiteralPath $_ })[0]
    $metadata = ([xml] (Get-Content -LiteralPath (Get-ChildItem -LiteralPath $package -Filter *.nuspec).FullName -Raw)).package.metadata
    $licence = $metadata.SelectSingleNode('*[local-name()="license" and @type="expression"]')
    if ($licence) { return $licence.InnerText }
    $licenceTexts[$metadata.licenseUrl] ?? $(throw "The licence of $Path is not known.")
}

function Get-Sha256([string] $Path) { (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash.ToLowerInvariant() }

# The packages of both builds, with those of their assemblies that are in the module.
$packages = [System.Collections.Generic.SortedDictionary[string, object]]::new([System.StringComparer]::Ordinal)
$fromPackages = [System.Collections.Generic.HashSet[string]]::new()
foreach ($framework in $restore.targets.Keys) {
    $build = $framework -replace '^\.NETStandard,Version=v', 'netstandard'
    foreach ($id in $restore.targets[$framework].Keys) {
        $target = $restore.targets[$framework][$id]
        if ($target.type -ne 'package' -or -not $target['runtime']) { continue }
        $files = @($target.runtime.Keys | ForEach-Object { "bin/$build/$(Split-Path $_ -Leaf)" } | Where-Object { Test-Path -LiteralPath (Join-Path $Module $_) })
        if (-not $files) { continue }
        if (-not $packages.ContainsKey($id)) { $packages.Add($id, @{ Files = @(); Needs = @() }) }
        $packages[$id].Files += $files
        $packages[$id].Needs += @($target['dependencies']?.Keys)
        $files | ForEach-Object { $null = $fromPackages.Add($_) }
    }
}

function Get-Reference([string] $Id) { "pkg:nuget/$($Id.Replace('/', '@'))" }

$components = foreach ($id in $packages.Keys) {
    $name, $version = $id.Split('/')
    [ordered]@{
        type = 'library'
        'bom-ref' = Get-Reference $id
        name = $name
        version = $version
        hashes = @([ordered]@{ alg = 'SHA-512'; content = [System.Convert]::ToHexString([System.Convert]::FromBase64String($restore.libraries[$id].sha512)).ToLowerInvariant() })
        licenses = @(@{ license = @{ id = Get-Licence $restore.libraries[$id].path } })
        purl = Get-Reference $id
        components = @($packages[$id].Files | Sort-Object -Culture '' | ForEach-Object {
                [ordered]@{ type = 'file'; name = $_; hashes = @([ordered]@{ alg = 'SHA-256'; content = Get-Sha256 (Join-Path $Module $_) }) }
            })
    }
}

$ownFiles = Get-ChildItem -LiteralPath $Module -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($Module, $_.FullName).Replace('\', '/') } |
    Where-Object { -not $fromPackages.Contains($_) -and $_ -ne (Split-Path $Destination -Leaf) } | Sort-Object -Culture ''
$unknown = $ownFiles -like '*.dll' -notlike '*/Membrane.*'
if ($unknown) { throw "No package brings $($unknown -join ', ')." }
$files = foreach ($file in $ownFiles) {
    [ordered]@{ type = 'file'; 'bom-ref' = "file:$file"; name = $file; hashes = @([ordered]@{ alg = 'SHA-256'; content = Get-Sha256 (Join-Path $Module $file) }) }
}

$main = "pkg:nuget/Membrane@$($manifest.ModuleVersion)"
$references = @($packages.Keys | ForEach-Object { Get-Reference $_ })
$dependencies = @([ordered]@{ ref = $main; dependsOn = $references }) + @(
    foreach ($id in $packages.Keys) {
        $needs = @($packages[$id].Needs | Sort-Object -Unique -Culture '' | ForEach-Object { $need = $_; @($packages.Keys).Where({ $_ -like "$need/*" }) } | ForEach-Object { Get-Reference $_ })
        [ordered]@{ ref = Get-Reference $id; dependsOn = $needs }
    }
)
$bom = [ordered]@{
    bomFormat = 'CycloneDX'
    specVersion = '1.6'
    version = 1
    metadata = [ordered]@{
        component = [ordered]@{
            type = 'library'; 'bom-ref' = $main; name = 'Membrane'; version = $manifest.ModuleVersion; description = $manifest.Description
            licenses = @(@{ license = @{ id = 'MIT' } }); purl = $main
        }
    }
    components = @($components) + @($files)
    dependencies = $dependencies
}
[System.IO.File]::WriteAllText($Destination, ($bom | ConvertTo-Json -Depth 12).Replace("`r`n", "`n") + "`n")
