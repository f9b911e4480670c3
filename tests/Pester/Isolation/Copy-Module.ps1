<#
.SYNOPSIS
    Copies the module under test; with -Version as another version of it, as a later build would have made it.
.DESCRIPTION
    Writes version and module id into the metadata of our own assemblies, which is all that a loader sees of a version.
#>
param([string] $Destination, [version] $Version)

$ErrorActionPreference = 'Stop'
$source = Split-Path $env:MEMBRANE_TEST_MODULE
$null = New-Item -ItemType Directory -Path $Destination -Force
Copy-Item -Path "$source/*" -Destination $Destination -Recurse
if (-not $Version) { return }

foreach ($file in Get-ChildItem -LiteralPath $Destination -Recurse -Filter 'Membrane.*.dll') {
    $bytes = [System.IO.File]::ReadAllBytes($file.FullName)
    $executable = [System.Reflection.PortableExecutable.PEReader]::new([System.IO.MemoryStream]::new($bytes))
    $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($executable)
    $start = $executable.PEHeaders.MetadataStartOffset
    # The row of the assembly: hash algorithm (4 bytes), then major, minor, build and revision.
    $row = $start + [System.Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetTableMetadataOffset($metadata, [System.Reflection.Metadata.Ecma335.TableIndex]::Assembly)
    [System.BitConverter]::GetBytes([uint16] $Version.Major).CopyTo($bytes, $row + 4)
    [System.BitConverter]::GetBytes([uint16] $Version.Minor).CopyTo($bytes, $row + 6)
    [System.BitConverter]::GetBytes([uint16] $Version.Build).CopyTo($bytes, $row + 8)
    $id = [System.Reflection.Metadata.Ecma335.MetadataTokens]::GetHeapOffset($metadata.GetModuleDefinition().Mvid)
    $heap = $start + [System.Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetHeapMetadataOffset($metadata, [System.Reflection.Metadata.Ecma335.HeapIndex]::Guid)
    [guid]::NewGuid().ToByteArray().CopyTo($bytes, $heap + 16 * ($id - 1))
    $executable.Dispose()
    [System.IO.File]::WriteAllBytes($file.FullName, $bytes)
}

$manifest = Join-Path $Destination 'Membrane.psd1'
$text = [System.IO.File]::ReadAllText($manifest) -replace "(ModuleVersion\s*=\s*)'[^']+'", "`$1'$Version'"
[System.IO.File]::WriteAllText($manifest, $text)
