# Dot-sourced by each test file: the module under test, and helpers.
Import-Module $env:MEMBRANE_TEST_MODULE

# A workspace of its own for each test file, signed in as the tenant 'ada'.
function Start-TestWorkspace {
    param([string] $Tenant = 'ada')
    Get-MembraneEmulator | Stop-MembraneEmulator
    $script:Emulator = Start-MembraneEmulator -Seed 1
    Connect-Membrane -Emulator -TenantKey $Tenant
}

function Stop-TestWorkspace {
    Disconnect-Membrane -All
    Stop-MembraneEmulator
}

# What reached the emulator: method, path, query, headers, body, status.
function Get-TestRequest {
    @((Invoke-RestMethod -Uri "$($script:Emulator.ApiUri)_emulator/requests").items)
}

function Clear-TestRequest { $null = Invoke-RestMethod -Method Delete -Uri "$($script:Emulator.ApiUri)_emulator/requests" }

# Makes the emulator misbehave; see design of its control endpoints.
function Add-TestFault {
    param([hashtable] $Fault)
    $null = Invoke-RestMethod -Method Post -Uri "$($script:Emulator.ApiUri)_emulator/faults" -Body ($Fault | ConvertTo-Json -Depth 8) -ContentType 'application/json'
}

function Clear-TestFault { $null = Invoke-RestMethod -Method Delete -Uri "$($script:Emulator.ApiUri)_emulator/faults" }

# A connection to an app, made as a person would.
function New-TestConnection {
    param([string] $App = 'hubspot', [string] $Name, [switch] $AllowMultipleConnections)
    $request = New-MembraneConnectionRequest -IntegrationKey $App -Name $Name -AllowMultipleConnections:$AllowMultipleConnections
    Approve-TestRequest $request
    Get-MembraneConnection ($request | Wait-MembraneConnectionRequest -TimeoutSec 30).ResultConnectionId
}

function Approve-TestRequest {
    param($Request, [string] $Decision = 'allow')
    $null = Invoke-WebRequest -Uri $Request.Url -Method Post -Body @{ decision = $Decision } -UseBasicParsing
}

# The error that a command ends with.
function Get-TestError {
    param([scriptblock] $Command)
    try { $null = & $Command } catch { return $_ }
    throw 'No error came.'
}
