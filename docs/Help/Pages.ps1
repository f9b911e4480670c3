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
    Set-HelpText -Path $path -Text (Set-HelpValue -Text $text -Command $Command)
}

# What PlatyPS does not look at: the defaults, which are those of a new cmdlet, and the values of sets and enumerations.
function Set-HelpValue {
    param([string] $Text, [System.Management.Automation.CmdletInfo] $Command)
    $cmdlet = [System.Activator]::CreateInstance($Command.ImplementingType)
    try {
        foreach ($property in $Command.ImplementingType.GetProperties() | Where-Object { $Command.Parameters.ContainsKey($_.Name) }) {
            $default = $property.GetValue($cmdlet)
            $shown = if ($default -is [array] -or $default -is [switch]) { "''" } elseif ("$default" -match '^\w+$') { "$default" } else { "'$("$default".Replace("'", "''"))'" }
            $values = @(Get-AcceptedValue $Command.Parameters[$property.Name])
            $list = if ($values) { -join ($values | ForEach-Object { "`n- $_" }) } else { ' []' }
            $Text = $Text -replace "(?ms)(^### -$($property.Name)`$.*?^DefaultValue: )[^\n]*", "`${1}$shown"
            $Text = $Text -replace "(?ms)(^### -$($property.Name)`$.*?^AcceptedValues:)( \[\]|(\n- [^\n]+)+)", "`${1}$list"
        }
    }
    finally {
        if ($cmdlet -is [System.IDisposable]) { $cmdlet.Dispose() }
    }

    $Text
}

function Get-AcceptedValue {
    param([System.Management.Automation.ParameterMetadata] $Parameter)
    $set = $Parameter.Attributes | Where-Object { $_ -is [ValidateSet] }
    if ($set) { return $set.ValidValues }
    $type = $Parameter.ParameterType
    $bare = [System.Nullable]::GetUnderlyingType($type) ?? $type
    if ($bare.IsEnum) { [enum]::GetNames($bare) }
}
