<#
.SYNOPSIS
    Lays a package of the PowerShell Gallery out in a folder of modules, as Install-PSResource does.
.DESCRIPTION
    Where PSResourceGet is present, it does it itself, in a process with a home of its own. Elsewhere the steps of its InstallHelper are
    repeated: extract into <name>/<version>, take away what only the package needs.
.PARAMETER Package
    The package's file.
.PARAMETER UserHome
    The clean home. The modules are in .local/share/powershell/Modules below it.
.OUTPUTS
    The folder of modules.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Package,
    [string] $UserHome = (Join-Path $PSScriptRoot '../out/home')
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$UserHome = [System.IO.Path]::GetFullPath($UserHome)
Remove-Item -LiteralPath $UserHome -Recurse -Force -ErrorAction Ignore
$modules = (New-Item -ItemType Directory -Path (Join-Path $UserHome '.local/share/powershell/Modules') -Force).FullName
$archive = [System.IO.Compression.ZipFile]::OpenRead((Resolve-Path -LiteralPath $Package).Path)
try {
    $nuspec = [System.Xml.XmlDocument]::new()
    $stream = $archive.GetEntry('Membrane.nuspec').Open()
    $nuspec.Load($stream)
    $stream.Dispose()
    $version = $nuspec.package.metadata.version
    if ((Get-Command Install-PSResource -ErrorAction Ignore) -and -not $IsWindows) {
        $folder = Split-Path (Resolve-Path -LiteralPath $Package).Path
        $script = "Register-PSResourceRepository -Name local -Uri '$folder' -Trusted; Install-PSResource Membrane -Version $version -Repository local -Scope CurrentUser -TrustRepository"
        env "HOME=$UserHome" (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "Install-PSResource ended with exit code $LASTEXITCODE." }
        return $modules
    }

    $target = Join-Path $modules "Membrane/$version"
    $forThePackage = '[Content_Types].xml', 'Membrane.nuspec', '_rels/*', 'package/*'
    foreach ($entry in $archive.Entries) {
        $isExtra = $entry.CompressedLength -eq 0 -or @($forThePackage | Where-Object { $entry.FullName -like [System.Management.Automation.WildcardPattern]::Escape($_).Replace('`*', '*') })
        if ($isExtra) { continue }
        $file = Join-Path $target ([uri]::UnescapeDataString($entry.FullName))
        $null = New-Item -ItemType Directory -Path (Split-Path $file) -Force
        [System.IO.Compression.ZipFileExtensions]::ExtractToFile($entry, $file, $true)
    }
}
finally { $archive.Dispose() }
$modules
