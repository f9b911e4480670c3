# Dot-sourced: a script in a PowerShell of its own, which has loaded nothing yet.

# Emits what the script wrote; fails with what it said where it ends with an error.
function Invoke-Fresh {
    param([string] $Script, [hashtable] $Variable = @{}, [string[]] $Argument = @('-NoProfile', '-NonInteractive'), [string[]] $Through = @())
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-fresh-$([guid]::NewGuid().ToString('n')).ps1"
    $assignments = foreach ($name in $Variable.Keys) { "`$$name = ConvertFrom-Json -AsHashtable '$(($Variable[$name] | ConvertTo-Json -Compress -Depth 4).Replace("'", "''"))'" }
    Set-Content -LiteralPath $file -Value @("`$ErrorActionPreference = 'Stop'"; $assignments; $Script)
    $command = @($Through) + $env:MEMBRANE_TEST_ENGINE + $Argument + '-File' + $file
    try {
        $tool, $rest = $command
        $lines = & $tool @rest 2>&1 | ForEach-Object { "$_" }
        if ($LASTEXITCODE -ne 0) { throw "The process ended with exit code $LASTEXITCODE. $($lines -join [Environment]::NewLine)" }
        $lines
    }
    finally { Remove-Item -LiteralPath $file }
}
