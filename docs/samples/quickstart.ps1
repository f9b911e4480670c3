<#
.SYNOPSIS
    Search, use, delegate: the main job of the module from sign-in to result, against a local workspace.
.DESCRIPTION
    Starts the emulator in this process, connects an app, finds an action by what it should do, runs it, lists what it
    made, and has Membrane Agent build an action that is missing. Against the real service only the first step differs:
    sign in with Connect-Membrane -WorkspaceKey … -WorkspaceSecret … -TenantKey …, and a person opens the page.
.PARAMETER Catalog
    A file with the apps of the local workspace.
.EXAMPLE
    ./quickstart.ps1
#>
[CmdletBinding()]
param(
    [string] $Catalog = (Join-Path $PSScriptRoot 'catalog.json')
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$InformationPreference = 'Continue'

function Write-Step([string] $Text) { Write-Information "`n== $Text" }

Write-Step 'Sign in (to a local workspace)'
$emulator = Start-MembraneEmulator -Catalog $Catalog
try {
    Connect-Membrane -Emulator -TenantKey 'ada' -PassThru | Format-Table Name, ApiUri, WorkspaceKey, TenantKey | Out-String | Write-Information

    Write-Step 'Search: which connector is there for HubSpot?'
    $connector = Find-MembraneElement hubspot -ElementType connector | Select-Object -First 1
    $connector | Format-Table | Out-String | Write-Information

    Write-Step 'Connect: a person opens a page and allows it'
    $request = $connector | New-MembraneConnectionRequest -Name 'HubSpot of Ada'
    Write-Information "Open this page and allow the connection: $($request.Url)"
    # Here the script is the person.
    $null = Invoke-WebRequest -Uri $request.Url -Method Post -Body @{ decision = 'allow' } -UseBasicParsing
    $done = $request | Wait-MembraneConnectionRequest -TimeoutSec 60
    $connection = Get-MembraneConnection $done.ResultConnectionId
    $connection | Format-Table | Out-String | Write-Information

    Write-Step 'Use: find an action by what it should do, and run it'
    $create = Find-MembraneAction -Connection $connection -Intent 'create a contact' | Select-Object -First 1
    Write-Information "Found: $($create.Name) ($($create.Key))"
    $people = 'email,firstName,lastName', 'ada@example.com,Ada,Lovelace', 'grace@example.com,Grace,Hopper' | ConvertFrom-Csv
    $people | Invoke-MembraneAction -Action $create -Connection $connection | Format-Table | Out-String | Write-Information

    $contacts = (Invoke-MembraneAction -Action list-contacts -Connection $connection).Output.items
    Write-Information "HubSpot now has $(@($contacts).Count) contacts:"
    $contacts | Format-Table id, email, firstName, lastName | Out-String | Write-Information

    Write-Step 'Delegate: Membrane Agent builds what is missing'
    $session = New-MembraneAgentSession -Agent action-building -Prompt "Create an action to archive a contact for connection $($connection.Id)" |
        Wait-MembraneAgentSession -TimeoutSec 60
    Write-Information $session.Summary
    $archive = Find-MembraneAction -Connection $connection -Intent 'archive a contact' | Select-Object -First 1
    $run = $archive | Invoke-MembraneAction -InputObject @{ id = $contacts[0].id }
    Write-Information "Ran $($archive.Key) on $($contacts[0].email):"
    $run.Output | Format-List | Out-String | Write-Information

    Write-Step 'Done: searched, used, delegated'
}
finally {
    $emulator | Stop-MembraneEmulator
}
