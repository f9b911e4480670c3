<#
.SYNOPSIS
    One case of the isolation matrix, in a process of its own: another module's assemblies and ours, in one order or the other.
.DESCRIPTION
    Emits one JSON object: which versions the load contexts hold at the end, and what both sides did.
    An assembly that cannot be loaded or used ends the script with an error.
.PARAMETER Package
    What the other module brings, each as name/version.
.PARAMETER Order
    Who comes first.
.PARAMETER Greedy
    The other module also installs resolve handlers that answer everything.
#>
param([string[]] $Package, [ValidateSet('First', 'Last')] [string] $Order = 'First', [switch] $Greedy)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
$neighbours = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../../out/Neighbours")
$packageRoot = (Get-Content -LiteralPath "$neighbours/packages.txt" -Raw).Trim()

function Get-PackageFile([string] $Name, [string] $Version) { "$packageRoot$($Name.ToLowerInvariant())/$Version/lib/netstandard2.0/$Name.dll" }

# What a package needs of its own kind; the rest is the platform's.
function Get-Closure([string] $Name, [string] $Version) {
    if ($Name -eq 'System.IdentityModel.Tokens.Jwt' -and $Version -notlike '7.*') {
        if ($Version -like '8.*') {
            "Microsoft.Extensions.Logging.Abstractions/8.0.0"
            "Microsoft.IdentityModel.Abstractions/$Version"
        }
        "Microsoft.IdentityModel.Logging/$Version", "Microsoft.IdentityModel.Tokens/$Version", "Microsoft.IdentityModel.JsonWebTokens/$Version"
    }
    "$Name/$Version"
}

function Import-Neighbour([string[]] $Package, [bool] $Greedy) {
    foreach ($entry in $Package) {
        $name, $version = $entry.Split('/')
        foreach ($part in Get-Closure $name $version) {
            $partName, $partVersion = $part.Split('/')
            $null = [System.Reflection.Assembly]::LoadFrom((Get-PackageFile $partName $partVersion))
        }
    }
    if ($Greedy) {
        $null = [System.Reflection.Assembly]::LoadFrom("$neighbours/Membrane.Neighbours.dll")
        $folder = [System.IO.Directory]::CreateTempSubdirectory('neighbour').FullName
        foreach ($part in (Get-Closure 'System.IdentityModel.Tokens.Jwt' '6.8.0') + 'Microsoft.Extensions.Logging.Abstractions/3.1.3' + 'System.Text.Json/6.0.10') {
            $partName, $partVersion = $part.Split('/')
            Copy-Item -LiteralPath (Get-PackageFile $partName $partVersion) -Destination $folder
        }
        [Membrane.Neighbours.GreedyResolver]::Install($folder)
        if ([System.Reflection.Assembly]::Load('What.Nobody.Has').GetName().Name -ne 'Membrane.Neighbours') { throw 'The handler does not answer.' }
        # Another culture makes the runtime ask for satellite assemblies, which the handler answers too.
        [System.Threading.Thread]::CurrentThread.CurrentUICulture = 'de-DE'
    }
}

# The neighbour must go on working too; every one that its package has a closure for is used.
function Use-Neighbour([string[]] $Package) {
    foreach ($entry in $Package) {
        switch -Wildcard ($entry) {
            'System.Text.Json/*' {
                $type = Get-NeighbourType 'System.Text.Json' 'System.Text.Json.Nodes.JsonNode'
                if ("$($type::Parse('{"a":1}')['a'])" -ne '1') { throw 'The neighbour cannot read JSON.' }
            }
            # Its closure could not be restored.
            'System.IdentityModel.Tokens.Jwt/7.*' { break }
            'System.IdentityModel.Tokens.Jwt/*' {
                $key = (Get-NeighbourType 'Microsoft.IdentityModel.Tokens' 'Microsoft.IdentityModel.Tokens.SymmetricSecurityKey')::new([byte[]] (1..64))
                $credentials = (Get-NeighbourType 'Microsoft.IdentityModel.Tokens' 'Microsoft.IdentityModel.Tokens.SigningCredentials')::new($key, 'HS256')
                $token = (Get-NeighbourType 'System.IdentityModel.Tokens.Jwt' 'System.IdentityModel.Tokens.Jwt.JwtSecurityToken')::new('neighbour', $null, $null, $null, $null, $credentials)
                $text = (Get-NeighbourType 'System.IdentityModel.Tokens.Jwt' 'System.IdentityModel.Tokens.Jwt.JwtSecurityTokenHandler')::new().WriteToken($token)
                if ($text -notlike 'eyJ*.*.*') { throw 'The neighbour cannot sign.' }
            }
            'Microsoft.Extensions.Logging.Abstractions/*' {
                $logger = (Get-NeighbourType 'Microsoft.Extensions.Logging.Abstractions' 'Microsoft.Extensions.Logging.Abstractions.NullLogger')::Instance
                if ($logger.IsEnabled('Error')) { throw 'The neighbour has another logger.' }
            }
        }
    }
}

function Get-NeighbourType([string] $Assembly, [string] $Type) {
    $found = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.Where({ $_.GetName().Name -eq $Assembly })
    $found[0].GetType($Type, $true)
}

# Sign in with a token that is minted here, which the emulator verifies, and read and write over HTTP.
function Use-Membrane {
    Import-Module $env:MEMBRANE_TEST_MODULE
    Connect-Membrane -Emulator -TenantKey ada
    $request = New-MembraneConnectionRequest -IntegrationKey hubspot
    $null = Invoke-WebRequest -Uri $request.Url -Method Post -Body @{ decision = 'allow'; apiKey = 'test' }
    $connection = Get-MembraneConnection ($request | Wait-MembraneConnectionRequest -TimeoutSec 30).ResultConnectionId
    $null = Invoke-MembraneAction -Action create-contact -Connection $connection -InputObject @{ email = 'ada@example.com' }
    $secret = 'a-secret-of-the-tests-that-is-long-enough'
    if (-not (New-MembraneToken ada -WorkspaceKey acme -WorkspaceSecret $secret | Test-MembraneToken -WorkspaceSecret $secret)) { throw 'The token is not valid.' }
    # With a secret the framework signs; with a key it is the JWT package.
    $pem = "-----BEGIN PRIVATE KEY-----`n$([Convert]::ToBase64String([System.Security.Cryptography.RSA]::Create(2048).ExportPkcs8PrivateKey()))`n-----END PRIVATE KEY-----"
    $null = New-MembraneToken ada -WorkspaceKey acme -PrivateKey (ConvertTo-SecureString $pem -AsPlainText -Force)
    @(Get-MembraneConnection).Count
}

function Get-Held($Context) {
    $held = [ordered]@{}
    foreach ($assembly in $Context.Assemblies) {
        $name = $assembly.GetName()
        if ($name.Name -match '^(Membrane|System\.Text\.Json|System\.IdentityModel|Microsoft\.(IdentityModel|Extensions))') { $held[$name.Name] = "$($name.Version)" }
    }
    $held
}

if ($Order -eq 'First') {
    Import-Neighbour $Package $Greedy
    Use-Neighbour $Package
}
$connections = Use-Membrane
if ($Order -eq 'Last') { Import-Neighbour $Package $Greedy }
Use-Neighbour $Package
$connectionsAfterwards = @(Get-MembraneConnection).Count
[ordered]@{
    Connections = $connections
    ConnectionsAfterwards = $connectionsAfterwards
    Default = Get-Held ([System.Runtime.Loader.AssemblyLoadContext]::Default)
    Private = Get-Held ([System.Runtime.Loader.AssemblyLoadContext]::All.Where({ $_.Name -eq 'Membrane' })[0])
    GreedyAnswers = if ($Greedy) { [Membrane.Neighbours.GreedyResolver]::Answers }
} | ConvertTo-Json -Compress
