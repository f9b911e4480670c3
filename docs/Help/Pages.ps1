# Keeps the pages in step with the module. Dot-sourced by Update-Help.ps1.

# Without a byte order mark and with the same line ends everywhere, so that nothing changes that has not changed.
function Set-HelpText {
    param([string] $Path, [string] $Text)
    [System.IO.File]::WriteAllText($Path, ($Text -replace "`r`n", "`n").TrimEnd() + "`n")
}

function Update-HelpPage {
    param([System.Management.Automation.CmdletInfo] $Command, [string] $Folder)
    $path = Join-Path $Folder "$($Command.Name).md"
    if (-not (Test-Path -LiteralPath $path)) {
        $made = New-CommandHelp -CommandInfo $Command | Export-MarkdownCommandHelp -OutputFolder $Folder -Metadata @{ 'Module Name' = 'Membrane' } -Force
        if ($made.FullName -ne $path) {
            Move-Item -LiteralPath $made.FullName -Destination $path
            if (-not (Get-ChildItem -LiteralPath $made.DirectoryName)) { Remove-Item -LiteralPath $made.DirectoryName }
        }
    }

    Update-MarkdownCommandHelp -LiteralPath $path -NoBackup
    $text = Get-Content -LiteralPath $path -Raw
    # The date would change each page at each run; an alias list is empty for all of our cmdlets.
    $text = $text -replace '(?m)^ms\.date:.*\r?\n', ''
    $text = $text -replace '(?s)## ALIASES\s.*?(?=## DESCRIPTION)', ''
    Set-HelpText -Path $path -Text (Set-HelpDefault -Text $text -Command $Command)
}

# The defaults are those of a new cmdlet; PlatyPS does not look.
function Set-HelpDefault {
    param([string] $Text, [System.Management.Automation.CmdletInfo] $Command)
    $cmdlet = [System.Activator]::CreateInstance($Command.ImplementingType)
    try {
        foreach ($property in $Command.ImplementingType.GetProperties()) {
            if (-not $Command.Parameters.ContainsKey($property.Name)) { continue }
            $value = $property.GetValue($cmdlet)
            if ($null -eq $value -or $value -is [array] -or $value -is [switch] -or "$value" -eq '') { continue }
            $shown = if ("$value" -match '^\w+$') { "$value" } else { "'$("$value".Replace("'", "''"))'" }
            $Text = $Text -replace "(?ms)(^### -$($property.Name)`$.*?^DefaultValue: )[^\n]*", "`${1}$shown"
        }
    }
    finally {
        if ($cmdlet -is [System.IDisposable]) { $cmdlet.Dispose() }
    }

    $Text
}
