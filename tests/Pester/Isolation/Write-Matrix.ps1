<#
.SYNOPSIS
    Writes the results of the newest isolation tests of both builds into docs/isolation.md.
.EXAMPLE
    pwsh ./build.ps1 Test -Path tests/Pester/Isolation.Tests.ps1; pwsh tests/Pester/Isolation/Write-Matrix.ps1
#>
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
$root = Resolve-Path "$PSScriptRoot/../../.."
$document = Join-Path $root 'docs/isolation.md'
$shown = 'System.Text.Json', 'System.IdentityModel.Tokens.Jwt', 'Microsoft.IdentityModel.Tokens', 'Microsoft.Extensions.Logging.Abstractions'

function Format-Held($Held) {
    $parts = foreach ($name in $shown) { if ($Held.psobject.Properties[$name]) { "$($name.Split('.')[-2..-1] -join '.') $($Held.$name)" } }
    if ($parts) { $parts -join '<br>' } else { '-' }
}

$rows = foreach ($build in 'net8.0', 'netstandard2.0') {
    ''
    "### bin/$build"
    ''
    '| the other module brings | it comes | the default context then holds | our private context holds | result |'
    '| --- | --- | --- | --- | --- |'
    foreach ($result in Get-Content -LiteralPath "$root/out/TestResults/isolation-$build.json" -Raw | ConvertFrom-Json) {
        "| $($result.Case.Replace('/', ' ')) | $($result.Order.ToLowerInvariant()) | $(Format-Held $result.Default) | $(Format-Held $result.Private) | works |"
    }
}
$text = [System.IO.File]::ReadAllText($document)
$start = $text.IndexOf('<!-- results -->') + '<!-- results -->'.Length
$end = $text.IndexOf('<!-- end of results -->')
[System.IO.File]::WriteAllText($document, $text.Substring(0, $start) + "`n" + ($rows -join "`n") + "`n`n" + $text.Substring($end))
