<#
.SYNOPSIS
    Refreshes the help pages from the built module, checks them, and makes from them what Get-Help reads.
.DESCRIPTION
    The pages hold the words; everything that the module itself knows (syntax, types, sets, aliases, defaults) is put in
    from the module. A cmdlet without a page gets one with places to fill in. Needs Microsoft.PowerShell.PlatyPS 1.0.
    What is made is committed, so that a build needs the .NET SDK only.
.PARAMETER Module
    The manifest of the built module.
.PARAMETER Pages
    The folder of the pages.
.PARAMETER Output
    Where the MAML and the about topics go.
.EXAMPLE
    pwsh ./build.ps1 Docs
#>
[CmdletBinding()]
param(
    [string] $Module = (Join-Path $PSScriptRoot '../out/Membrane/Membrane.psd1'),
    [string] $Pages = (Join-Path $PSScriptRoot 'en-US'),
    [string] $Output = (Join-Path $PSScriptRoot '../src/Membrane.PowerShell/Module/en-US')
)

# No strict mode: PlatyPS does not work in it.
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0
. (Join-Path $PSScriptRoot 'Help/Pages.ps1')
. (Join-Path $PSScriptRoot 'Help/Maml.ps1')
. (Join-Path $PSScriptRoot 'Help/AboutTopics.ps1')
$Pages = (Resolve-Path -LiteralPath $Pages).Path
$Output = (New-Item -ItemType Directory -Path $Output -Force).FullName

# PlatyPS adds what Get-Help says to the words of the page: the module that it looks at must have no help.
$bare = New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) "membrane-help-$PID")
try {
    Copy-Item -LiteralPath (Split-Path -Parent (Resolve-Path -LiteralPath $Module)) -Destination (Join-Path $bare 'Membrane') -Recurse
    Remove-Item -LiteralPath (Join-Path $bare 'Membrane/en-US') -Recurse -ErrorAction Ignore
    Import-Module (Join-Path $bare 'Membrane/Membrane.psd1')
    $commands = @(Get-Command -Module Membrane | Sort-Object Name)
    foreach ($command in $commands) { Update-HelpPage -Command $command -Folder $Pages }
}
finally {
    # Windows keeps what is loaded until this process ends.
    Remove-Item -LiteralPath $bare -Recurse -Force -ErrorAction Ignore
}

foreach ($page in Get-ChildItem -LiteralPath $Pages -Filter '*-*.md') {
    if ($page.BaseName -notin $commands.Name) { throw "$($page.Name) is the page of no cmdlet: remove or rename it." }
    # -LiteralPath emits nothing in 1.0.3.
    if (-not (Test-MarkdownCommandHelp -Path $page.FullName)) { throw "$($page.Name) is no valid help page: Test-MarkdownCommandHelp -DetailView says why." }
}

Export-HelpMaml -Folder $Pages -Path (Join-Path $Output 'Membrane.PowerShell.dll-Help.xml')
foreach ($topic in Get-ChildItem -LiteralPath $Pages -Filter 'about_*.md') {
    Set-HelpText -Path (Join-Path $Output "$($topic.BaseName).help.txt") -Text (ConvertTo-AboutTopic -Markdown (Get-Content -LiteralPath $topic.FullName -Raw))
}
