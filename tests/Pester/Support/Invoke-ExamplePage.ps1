# Runs the code of one page in this runspace, in order (see Examples.Tests.ps1 and ExampleWorkspace.ps1).
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '', Justification = 'A person is played.')]
param([string] $Module, [string] $State, [string] $Folder, [object[]] $Example)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'
Import-Module $Module
. (Join-Path $PSScriptRoot 'ExampleWorkspace.ps1')
Set-Location -LiteralPath $Folder
$null = Start-MembraneEmulator -Seed 2 -State $State -OutVariable emulator
$key = $emulator[0].WorkspaceKey
$secret = ConvertTo-SecureString 'emulator-development-secret-not-for-production-0123456789abcdef0' -AsPlainText -Force
$accountToken = ConvertTo-SecureString 'pat-emulator-development-account-token' -AsPlainText -Force
$env:MEMBRANE_API_URL = $emulator[0].ApiUri
Connect-Membrane -Emulator -Manager -Name manager
$workspace = (Invoke-MembraneRequest /org-workspaces).items[0].id
$null = Invoke-MembraneRequest "/org-workspaces/$workspace" -Method PATCH -Body @{ publicKeys = @(@{ name = 'key.pem'; publicKey = Get-Content public.pem -Raw }) }
Connect-Membrane -Emulator -TenantKey ada
$token = (New-MembraneToken -TenantKey ada -WorkspaceKey $key -WorkspaceSecret $secret).Token
Remove-Variable emulator, workspace

# What the module takes of Microsoft.PowerShell.SecretManagement.
$null = New-Module -Name Microsoft.PowerShell.SecretManagement -ArgumentList $secret -ScriptBlock {
    $script:stored = $args[0]
    function Get-Secret {
        [CmdletBinding()]
        param([string] $Name, [string] $Vault)
        if ($Name -ne 'membrane-workspace' -or $Vault -ne 'work') { throw "The secret $Name was not found in $Vault." }
        $script:stored
    }
} | Import-Module

function Start-Process { param([uri] $FilePath) $null = Open-ExamplePage $FilePath }
function Read-Host {
    param([string] $Prompt)
    if ((Open-ExamplePage $login.Url) -notmatch 'id="code" value="([^"]+)"') { throw "No page shows a code for '$Prompt'." }
    $Matches[1]
}

foreach ($one in $Example) {
    # In this scope: an example may use what the one before it made.
    try { . ([scriptblock]::Create($one.Code)) | Out-Null }
    catch { throw "$($one.Title): $_`n$($_.InvocationInfo.PositionMessage)" }
}
