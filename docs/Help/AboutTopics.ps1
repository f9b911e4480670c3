# Makes the about topics. Dot-sourced by Update-Help.ps1.

# Headings in capitals at the margin, everything else indented below them, as Get-Help shows its own topics.
function ConvertTo-AboutTopic {
    param([string] $Markdown)
    $lines = [System.Collections.Generic.List[string]]::new()
    $isCode = $false
    foreach ($line in $Markdown -split '\r?\n') {
        if ($line -match '^```') { $isCode = -not $isCode; continue }
        if ($isCode) { $lines.Add("        $line".TrimEnd()); continue }
        if ($line -match '^# (?<title>.+)$') { $lines.Add('TOPIC'); $lines.Add("    $($Matches.title)"); continue }
        if ($line -match '^## (?<title>.+)$') { $lines.Add($Matches.title.ToUpperInvariant()); continue }
        if ($line -match '^### (?<title>.+)$') { $lines.Add("  $($Matches.title)"); continue }
        $indent = [regex]::Match($line, '^\s*').Value
        $lines.Add("    $indent$(ConvertFrom-Mark $line)".TrimEnd())
    }

    ($lines -join "`n") -replace '(?m)^(\S.*|  \S.*)\n\n', "`$1`n"
}
