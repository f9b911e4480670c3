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
        $lines.AddRange([string[]]@(Format-AboutLine (ConvertFrom-Mark $line)))
    }

    ($lines -join "`n") -replace '(?m)^(\S.*|  \S.*)\n\n', "`$1`n"
}

# The console would cut words; what continues an item of a list stands below its text.
function Format-AboutLine {
    param([string] $Text, [int] $Width = 79)
    $rest = '    '
    $line = '   '
    if ($Text -match '^- ') { $rest = '      ' }
    foreach ($word in $Text -split ' ') {
        if ($line.Trim() -and $line.Length + 1 + $word.Length -gt $Width) {
            $line
            $line = $rest + $word
        }
        else { $line = "$line $word" }
    }

    $line.TrimEnd()
}
