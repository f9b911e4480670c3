<#
.SYNOPSIS
    Runs commands of PSResourceGet with a folder as the gallery.
.DESCRIPTION
    In a process with a home of its own, so that nobody's repositories and modules are touched. Windows does not take a home from the
    environment: there the repository is among the user's for as long as this runs, under a name that nobody else has.
.PARAMETER Folder
    The folder of packages.
.PARAMETER Command
    What to run. It finds the name of the repository in $gallery.
.PARAMETER Variable
    Further variables of the command: texts.
.PARAMETER UserHome
    The home; one for this call by default.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Folder,
    [Parameter(Mandatory)] [string] $Command,
    [hashtable] $Variable = @{},
    [string] $UserHome
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$engine = & (Join-Path $PSScriptRoot 'Get-Engine.ps1')
$isOwn = -not $UserHome
if ($isOwn) { $UserHome = [System.IO.Directory]::CreateTempSubdirectory('membrane-home-').FullName }
$environment = @{ HOME = $UserHome; XDG_CONFIG_HOME = Join-Path $UserHome '.config'; XDG_DATA_HOME = Join-Path $UserHome '.local/share' }
# Where these folders do not exist, NuGet takes the current one.
$null = New-Item -ItemType Directory -Path $environment.XDG_CONFIG_HOME, $environment.XDG_DATA_HOME -Force
try {
    $values = $Variable + @{ gallery = "membrane-$([guid]::NewGuid())"; address = (Resolve-Path -LiteralPath $Folder).Path }
    $assignments = foreach ($name in $values.Keys) { "`$$name = '$([System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($values[$name]))'" }
    $script = @"
`$ErrorActionPreference = 'Stop'
`$ProgressPreference = 'SilentlyContinue'
$($assignments -join "`n")
Register-PSResourceRepository -Name `$gallery -Uri `$address -Trusted
try { $Command } finally { Unregister-PSResourceRepository -Name `$gallery }
"@
    # Encoded: Start-Process puts arguments together as they are.
    $encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script))
    $process = Start-Process -FilePath $engine -ArgumentList '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded -Environment $environment -NoNewWindow -Wait -PassThru
    if ($process.ExitCode -ne 0) { throw "$Command ended with exit code $($process.ExitCode)." }
}
finally { if ($isOwn) { Remove-Item -LiteralPath $UserHome -Recurse -Force -ErrorAction Ignore } }
