<#
.SYNOPSIS
    Signs what is published of the module. Windows only.
.DESCRIPTION
    Only our own files are signed; those of the packages carry their makers' signatures. A signature changes the bytes of a file, so the
    bill of materials is made anew, and the catalog over everything comes last.
.PARAMETER Thumbprint
    The code-signing certificate, in the user's store.
.PARAMETER Module
    The folder of the module as it is packed.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Thumbprint,
    [string] $Module = (Join-Path $PSScriptRoot '../out/gallery/Membrane')
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$Module = (Resolve-Path -LiteralPath $Module).Path
$signature = @{
    Certificate = Get-Item -LiteralPath "Cert:\CurrentUser\My\$Thumbprint"
    TimestampServer = 'http://timestamp.acs.microsoft.com'
    HashAlgorithm = 'SHA256'
    IncludeChain = 'NotRoot'
}

function Assert-Signed($Result) {
    $bad = @($Result | Where-Object Status -ne 'Valid')
    if ($bad -or -not $Result) { throw "Not signed: $($bad.ForEach{ "$($_.Path): $($_.StatusMessage)" } -join ' ')" }
}

Assert-Signed (Get-ChildItem -LiteralPath $Module -Recurse -Include Membrane*.dll, *.psd1, *.psm1, *.ps1, *.ps1xml | Set-AuthenticodeSignature @signature)
& (Join-Path $PSScriptRoot 'New-Sbom.ps1') -Module $Module -Destination (Join-Path $Module 'sbom.cdx.json')
$catalog = Join-Path $Module 'Membrane.cat'
$null = New-FileCatalog -Path $Module -CatalogFilePath $catalog -CatalogVersion 2.0
Assert-Signed (Set-AuthenticodeSignature -FilePath $catalog @signature)
