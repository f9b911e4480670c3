# Makes the file that Get-Help reads. Dot-sourced by Update-Help.ps1.

# PlatyPS writes the MAML; what it leaves in Markdown is put into words that read well in a console.
function Export-HelpMaml {
    param([string] $Folder, [string] $Path)
    $helps = @(Get-ChildItem -LiteralPath $Folder -Filter '*-*.md' | Sort-Object Name | ForEach-Object { Import-MarkdownCommandHelp -Path $_.FullName })
    $scratch = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
    try {
        $made = Export-MamlCommandHelp -CommandHelp $helps -OutputFolder $scratch
        $document = [System.Xml.XmlDocument]::new()
        $document.Load($made.FullName)
    }
    finally {
        Remove-Item -LiteralPath $scratch -Recurse -Force -ErrorAction Ignore
    }

    $names = [System.Xml.XmlNamespaceManager]::new($document.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    foreach ($help in $helps) {
        $command = $document.SelectSingleNode("//command:command[command:details/command:name='$($help.Title)']", $names)
        Set-MamlText $command $names
        Set-MamlParameter $command $names $help
        Set-MamlExample $command $names $help
        Set-MamlLink $command $names
    }

    Set-HelpText -Path $Path -Text (Format-Maml $document)
}

# Each paragraph by itself, without the marks of Markdown.
function Set-MamlText {
    param([System.Xml.XmlElement] $Command, [System.Xml.XmlNamespaceManager] $Names)
    foreach ($paragraph in @($Command.SelectNodes('.//maml:para[not(ancestor::command:examples)]', $Names))) {
        $parent = $paragraph.ParentNode
        foreach ($part in $paragraph.InnerText -split '\n\s*\n') {
            $text = ConvertFrom-Mark $part
            if (-not $text) { continue }
            $null = $parent.InsertBefore((New-MamlElement $Command 'maml:para' $text), $paragraph)
        }

        $null = $parent.RemoveChild($paragraph)
    }
}

# Short names of types, as the syntax has them; defaults; and how the pipeline is bound in the syntax, too.
function Set-MamlParameter {
    param([System.Xml.XmlElement] $Command, [System.Xml.XmlNamespaceManager] $Names, $Help)
    foreach ($parameter in $Command.SelectNodes('command:parameters/command:parameter', $Names)) {
        $value = $parameter.SelectSingleNode('command:parameterValue', $Names)
        if ($value) { $value.InnerText = Get-ShortTypeName $value.InnerText }
        $name = $parameter.SelectSingleNode('maml:name', $Names).InnerText
        $default = $Help.Parameters.Where{ $_.Name -eq $name }.DefaultValue
        if ($default) { $null = $parameter.AppendChild((New-MamlElement $Command 'dev:defaultValue' $default)) }
        foreach ($twin in $Command.SelectNodes("command:syntax/command:syntaxItem/command:parameter[maml:name='$name']", $Names)) {
            $twin.SetAttribute('pipelineInput', $parameter.GetAttribute('pipelineInput'))
        }
    }
}

function Set-MamlExample {
    param([System.Xml.XmlElement] $Command, [System.Xml.XmlNamespaceManager] $Names, $Help)
    $examples = @($Command.SelectNodes('command:examples/command:example', $Names))
    for ($index = 0; $index -lt $examples.Count; $index++) {
        $introduction = $examples[$index].SelectSingleNode('maml:introduction', $Names)
        $code = $examples[$index].SelectSingleNode('dev:code', $Names)
        $remarks = $examples[$index].SelectSingleNode('dev:remarks', $Names)
        $introduction.RemoveAll()
        $remarks.RemoveAll()
        $code.InnerText = ''
        # Text before the code introduces it; what follows, and what the code shows, is remarked.
        foreach ($part in [regex]::Matches($Help.Examples[$index].Remarks, '(?ms)^```(?<kind>\w*)\n(?<code>.*?)\n```$|(?<text>(?:(?!^```).)+)')) {
            if ($part.Groups['kind'].Value -eq 'powershell') {
                $code.InnerText = (@($code.InnerText, $part.Groups['code'].Value) -ne '') -join "`n`n"
                continue
            }

            $place = if ($code.InnerText) { $remarks } else { $introduction }
            $texts = if ($part.Groups['code'].Success) { $part.Groups['code'].Value } else { $part.Groups['text'].Value -split '\n\s*\n' | ForEach-Object { ConvertFrom-Mark $_ } }
            foreach ($text in $texts) { if ($text) { $null = $place.AppendChild((New-MamlElement $Command 'maml:para' $text)) } }
        }

        # Get-Help parts text and code by nothing at all.
        if ($introduction.HasChildNodes) { $introduction.LastChild.InnerText += "`n`n" }
    }
}

# The console opens no page of this folder: the names are enough.
function Set-MamlLink {
    param([System.Xml.XmlElement] $Command, [System.Xml.XmlNamespaceManager] $Names)
    foreach ($link in @($Command.SelectNodes('command:relatedLinks/maml:navigationLink', $Names))) {
        $uri = $link.SelectSingleNode('maml:uri', $Names)
        if ($link.SelectSingleNode('maml:linkText', $Names).InnerText -eq 'Online Version' -and -not $uri.InnerText) { $null = $link.ParentNode.RemoveChild($link) }
        elseif ($uri.InnerText -like '*.md') { $uri.InnerText = '' }
    }
}

function New-MamlElement {
    param([System.Xml.XmlElement] $Near, [string] $Name, [string] $Text)
    $prefix = $Name.Split(':')[0]
    $element = $Near.OwnerDocument.CreateElement($prefix, $Name.Split(':')[1], $Near.GetNamespaceOfPrefix($prefix))
    $element.InnerText = $Text
    $element
}

# One line where the source was wrapped; lists keep their lines.
function ConvertFrom-Mark {
    param([string] $Text)
    $Text = $Text.Replace([string][char]0x80, '').Trim()
    $Text = $Text -replace '\n(?!\s*([-*] |\d+\. ))\s*', ' '
    $Text = $Text -replace '\[([^\]]+)\]\((?:[^)\s]+\.md)\)', '$1' -replace '\[([^\]]+)\]\(([^)\s]+)\)', '$1 ($2)'
    $Text -replace '`([^`]+)`', '$1' -replace '\*\*([^*]+)\*\*', '$1'
}

function Get-ShortTypeName {
    param([string] $Name)
    $Name = $Name -replace '^System\.Nullable`1\[(.+)\]$', '$1'
    $words = @{ 'System.String' = 'string'; 'System.Int32' = 'int'; 'System.Int64' = 'long'; 'System.UInt64' = 'ulong'; 'System.Boolean' = 'bool'; 'System.Object' = 'Object'; 'System.Double' = 'double' }
    $bare = $Name -replace '\[\]$', ''
    $short = if ($words.ContainsKey($bare)) { $words[$bare] } else { $bare -replace '^.*\.', '' }
    if ($Name -like '*`[`]') { "$short[]" } else { $short }
}

function Format-Maml {
    param([System.Xml.XmlDocument] $Document)
    $settings = [System.Xml.XmlWriterSettings]::new()
    $settings.Indent = $true
    $settings.NewLineChars = "`n"
    $settings.OmitXmlDeclaration = $true
    $text = [System.Text.StringBuilder]::new()
    $writer = [System.Xml.XmlWriter]::Create($text, $settings)
    $Document.Save($writer)
    $writer.Dispose()
    "<?xml version=""1.0"" encoding=""utf-8""?>`n$text"
}
