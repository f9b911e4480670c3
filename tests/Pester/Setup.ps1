# Dot-sourced by each test file: the module under test, and helpers.
Import-Module $env:MEMBRANE_TEST_MODULE

# A workspace of its own for each test file, signed in as the tenant 'ada'.
function Start-TestWorkspace {
    param([string] $Tenant = 'ada')
    Get-MembraneEmulator | Stop-MembraneEmulator
    $script:Emulator = Start-MembraneEmulator -Seed 1
    Connect-Membrane -Emulator -TenantKey $Tenant -InformationAction Ignore
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
    $null = Invoke-RestMethod -Method Post -Uri "$($script:Emulator.ApiUri)_emulator/faults" -Body ($Fault | ConvertTo-Json -Depth 30) -ContentType 'application/json'
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
    $null = Invoke-WebRequest -Uri $Request.Url -Method Post -Body @{ decision = $Decision; apiKey = 'test' } -UseBasicParsing
}

# The error that a command ends with.
function Get-TestError {
    param([scriptblock] $Command)
    try { $null = & $Command } catch { return $_ }
    throw 'No error came.'
}

# Runs Connect-MembraneApp in a runspace of its own, and answers the page that it shows as a person would.
function Connect-TestApp {
    param([hashtable] $Parameters, [string] $Decision = 'allow')
    $shell = [powershell]::Create()
    $null = $shell.AddScript('param($module, $context, $parameters) Import-Module $module; Connect-MembraneApp -Context $context -TimeoutSec 60 @parameters')
    $null = $shell.AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($Parameters)
    $running = $shell.BeginInvoke()
    while (-not $running.IsCompleted -and -not ($shell.Streams.Warning.Count + $shell.Streams.Information.Count)) { Start-Sleep -Milliseconds 25 }
    $page = if ("$($shell.Streams.Warning) $($shell.Streams.Information)" -match '(http\S+)') { $Matches[1] }
    if ($page) { Approve-TestRequest @{ Url = $page } -Decision $Decision }
    $output = $null
    try { $output = @($shell.EndInvoke($running)) } catch { $shell.Streams.Error.Add($_.Exception.InnerException.ErrorRecord) }
    [pscustomobject]@{ Output = $output; Warning = @($shell.Streams.Warning); Error = @($shell.Streams.Error); Page = $page }
    $shell.Dispose()
}

# A fault holds requests back after a command has ended: those that were under way then are all that there may be. Which of its requests
# arrives first is by chance, so the answered ones are counted and not taken for granted.
function Assert-TestNothingFollow([string] $Path, [int] $ThrottleLimit) {
    $answered = @(Get-TestRequest | Where-Object { $_.path -like $Path -and $_.status }).Count
    Clear-TestFault
    Start-Sleep -Milliseconds 300
    $arrived = @(Get-TestRequest | Where-Object path -like $Path)
    $arrived.Count | Should -BeLessOrEqual ($answered + $ThrottleLimit) -Because "these arrived: $($arrived | ForEach-Object { "`n$($_.method) $($_.path) $($_.status) $($_.body)" })"
}

# The requests that may have changed something.
function Get-TestChange { @(Get-TestRequest | Where-Object method -ne 'GET') }

# The folder of modules that has the module under test, for PSModulePath of what imports it by its name.
function Get-TestModuleFolder {
    $folder = Split-Path -Parent $env:MEMBRANE_TEST_MODULE
    if ((Split-Path -Leaf $folder) -ne 'Membrane') { $folder = Split-Path -Parent $folder }
    Split-Path -Parent $folder
}
