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

    # A syntax that has changed gets its [<CommonParameters>] the second time.
    1..2 | ForEach-Object { Update-MarkdownCommandHelp -LiteralPath $path -NoBackup }
    $text = Remove-HelpParameter -Text (Get-Content -LiteralPath $path -Raw) -Command $Command
    # The date would change each page at each run; an alias list is empty for all of our cmdlets; the address is in the module.
    $text = $text -replace '(?m)^ms\.date:.*\r?\n', '' -replace '(?m)^HelpUri:.*$', "HelpUri: ''"
    $text = $text -replace '(?s)## ALIASES\s.*?(?=## DESCRIPTION)', ''
    Set-HelpText -Path $path -Text (Set-HelpValue -Text $text -Command $Command)
}

# PlatyPS keeps parameters that are gone.
function Remove-HelpParameter {
    param([string] $Text, [System.Management.Automation.CmdletInfo] $Command)
    foreach ($name in [regex]::Matches($Text, '(?m)^### -(\w+)').ForEach{ $_.Groups[1].Value } | Where-Object { -not $Command.Parameters.ContainsKey($_) }) {
        Write-Warning "$($Command.Name) has no parameter -$name any more: its words are removed."
        $Text = $Text -replace "(?ms)^### -$name\r?$.*?(?=^### |^## )", ''
    }

    $Text
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
