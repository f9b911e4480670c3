# What the examples of the help pages find. Each page is run by itself, in a fresh runspace, against a workspace of its
# own that looks like this:
#
#   contexts     default (tenant 'ada'), manager (the whole workspace); Connect-Membrane goes to the emulator by itself
#   connections  slack, hubspot, github: READY, each with that key
#   records      hubspot: three contacts (ada@example.com, grace@example.com, alan@example.com), one task
#   action runs  the five that made the records; one more that failed
#   flows        'Import contacts' (key import-contacts) on hubspot
#   mappings     'Contacts' (key contacts) on hubspot: email here is workEmail there
#   agents       one session, idle ('Create an action to archive a contact …')
#   tenants      ada, grace, alan
#   variables    $key and $secret of the workspace, $token of the tenant 'ada', $accountToken of its developer
#   files        leads.csv (email, firstName, lastName), contacts.json, apps.json (a catalog), notes.txt, key.pem and
#                public.pem (a pair, registered in the workspace)
#   a vault      'work' of SecretManagement, with the secret of the workspace as membrane-workspace
#   a person     opens every page that Start-Process or the browser is asked for, allows what it asks, and types the
#                code that a sign-in page shows when Read-Host asks for it
#
# An example must not say any of this: it is the words of somebody who has it all.

function New-ExampleState {
    param([string] $Path)
    $emulator = Start-MembraneEmulator -Seed 1 -State $Path
    Connect-Membrane -Emulator -TenantKey ada -TenantName 'Ada Lovelace'
    Connect-Membrane -Emulator -Manager -Name manager
    foreach ($tenant in @{ Key = 'grace'; Name = 'Grace Hopper' }, @{ Key = 'alan'; Name = 'Alan Turing' }) { $null = New-MembraneTenant -TenantKey $tenant.Key -Name $tenant.Name -Context manager }
    foreach ($app in 'slack', 'hubspot', 'github') {
        $request = New-MembraneConnectionRequest -IntegrationKey $app -ConnectionKey $app -Context default
        Open-ExamplePage $request.Url
        $null = $request | Wait-MembraneConnectionRequest -TimeoutSec 60 -Context default
    }

    $people = 'email,firstName,lastName', 'ada@example.com,Ada,Lovelace', 'grace@example.com,Grace,Hopper', 'alan@example.com,Alan,Turing' | ConvertFrom-Csv
    $null = $people | Invoke-MembraneAction -Action create-contact -Connection hubspot -Context default
    $null = Invoke-MembraneAction create-task hubspot -InputObject @{ title = 'Call Ada' } -Context default
    $null = Invoke-MembraneAction post-message slack -InputObject @{ channel = '#general'; text = 'Hello' } -Context default
    $null = Invoke-MembraneAction get-contact hubspot -InputObject @{ id = 'nobody' } -Context default -ErrorAction SilentlyContinue
    $hubspot = Get-MembraneConnection hubspot -Context default
    $null = Invoke-MembraneRequest /flows -Method POST -Context default -Body @{
        name = 'Import contacts'; key = 'import-contacts'; connectionId = $hubspot.Id
        nodes = @{
            begin = @{ type = 'api-trigger'; name = 'Begin'; links = @(@{ key = 'create' }) }
            create = @{ type = 'run-action'; name = 'Create'; config = @{ actionKey = 'create-contact' } }
        }
    }
    $null = New-MembraneElement field-mapping -Context default @{
        name = 'Contacts'; key = 'contacts'; connectionId = $hubspot.Id; direction = 'both'
        importValue = @{ workEmail = @{ '$var' = '$.email' } }; exportValue = @{ email = @{ '$var' = '$.workEmail' } }
    }
    $null = New-MembraneAgentSession "Create an action to archive a contact for connection $($hubspot.Id)" -Context default | Wait-MembraneAgentSession -TimeoutSec 60 -Context default
    Disconnect-Membrane -All
    $emulator | Stop-MembraneEmulator
}

function New-ExampleFile {
    param([string] $Path)
    'email,firstName,lastName', 'barbara@example.com,Barbara,Liskov', 'edsger@example.com,Edsger,Dijkstra', 'donald@example.com,Donald,Knuth' | Set-Content -LiteralPath (Join-Path $Path 'leads.csv')
    '[{ "email": "tony@example.com", "firstName": "Tony" }]' | Set-Content -LiteralPath (Join-Path $Path 'contacts.json')
    '[{ "slug": "acme", "name": "Acme", "url": "https://acme.example", "categories": ["CRM"], "actions": [{ "name": "Create Thing", "key": "create-thing", "description": "Creates a thing." }] }]' | Set-Content -LiteralPath (Join-Path $Path 'apps.json')
    'A contact of the CRM has an email, a first name and a last name.' | Set-Content -LiteralPath (Join-Path $Path 'notes.txt')
    $pair = [System.Security.Cryptography.RSA]::Create(2048)
    $pair.ExportPkcs8PrivateKeyPem() | Set-Content -LiteralPath (Join-Path $Path 'key.pem')
    $pair.ExportSubjectPublicKeyInfoPem() | Set-Content -LiteralPath (Join-Path $Path 'public.pem')
}

# What a person does on a page that asks for something: says yes, and ends on the page that the browser is sent to.
function Open-ExamplePage {
    param([uri] $Uri)
    (Invoke-WebRequest -Uri $Uri -Method Post -Body @{ email = 'ada@example.com'; tenantKey = 'ada'; decision = 'allow'; apiKey = 'key' } -UseBasicParsing).Content
}

# A program that does so, for the variable BROWSER.
function New-ExampleBrowser {
    param([string] $Folder)
    $script = Join-Path $Folder 'browser.ps1'
    "param([string] `$Uri)`n. '$PSCommandPath'`n`$null = Open-ExamplePage `$Uri" | Set-Content -LiteralPath $script
    $browser = Join-Path $Folder 'browser.sh'
    [System.IO.File]::WriteAllText($browser, "#!/bin/sh`nexec '$env:MEMBRANE_TEST_ENGINE' -NoProfile -NonInteractive -File '$script' `"`$1`"`n")
    chmod +x $browser
    $browser
}
