BeforeAll { . "$PSScriptRoot/Setup.ps1" }

Describe 'Emulators' {
    AfterEach { Stop-MembraneEmulator }

    It 'start, are listed, and stop' {
        $emulator = Start-MembraneEmulator
        $emulator | Should -BeOfType ([Membrane.MembraneEmulator])
        (Get-MembraneEmulator).ApiUri | Should -Be $emulator.ApiUri
        $emulator | Stop-MembraneEmulator
        Get-MembraneEmulator | Should -BeNullOrEmpty
        { Invoke-WebRequest $emulator.ApiUri -UseBasicParsing } | Should -Throw
    }

    It 'let the pages of named origins call them, and refuse what is no origin' {
        $emulator = Start-MembraneEmulator -AllowOrigin https://app.example.com, http://192.168.0.7:5173
        foreach ($origin in 'https://app.example.com', 'http://192.168.0.7:5173', 'http://localhost:3000') {
            $answer = Invoke-WebRequest "$($emulator.ApiUri)connections" -Method Options -Headers @{ Origin = $origin; 'Access-Control-Request-Method' = 'GET' } -UseBasicParsing
            $answer.StatusCode | Should -Be 204
            $answer.Headers['Access-Control-Allow-Origin'] | Should -Be $origin
        }
        $answer = { Start-MembraneEmulator -AllowOrigin https://app.example.com/page } | Should -Throw -ErrorId EmulatorFailed* -PassThru
        $answer.Exception.Message | Should -BeLike "*'https://app.example.com/page' is an address, not an origin: write 'https://app.example.com'.*"
        { Start-MembraneEmulator -AllowOrigin $null } | Should -Throw '*Nothing was given*'
    }

    It 'ignore what the service ignores and say so, or refuse it with -Strict' {
        $null = Start-MembraneEmulator
        Connect-Membrane -Emulator
        $null = Invoke-MembraneRequest '/connections?hash=7'
        (Get-MembraneEmulatorRequest /connections).Ignored | Should -Be 'query.hash'
        Stop-MembraneEmulator
        $null = Start-MembraneEmulator -Strict
        Connect-Membrane -Emulator
        { Invoke-MembraneRequest '/connections?hash=7' } | Should -Throw "*Unknown query parameter 'hash'*"
    }

    It 'start by themselves for Connect-Membrane -Emulator, once' {
        Connect-Membrane -Emulator -Name a
        Connect-Membrane -Emulator -Name b
        @(Get-MembraneEmulator).Count | Should -Be 1
    }

    It 'take their contexts with them' {
        $context = Connect-Membrane -Emulator -PassThru
        Stop-MembraneEmulator
        $context.IsConnected | Should -BeFalse
        Get-MembraneContext | Should -BeNullOrEmpty
    }

    It 'serve the apps of a catalog, from a path of this location' {
        $folder = Join-Path $TestDrive 'catalogs ü'
        $null = New-Item -ItemType Directory $folder
        '[{ "slug": "acme", "name": "Acme", "url": "https://acme.example", "categories": [], "actions": [{ "name": "Create Thing", "key": "create-thing" }] }]' | Set-Content -LiteralPath (Join-Path $folder 'apps.json')
        Push-Location -LiteralPath $folder
        try { $null = Start-MembraneEmulator -Catalog apps.json } finally { Pop-Location }
        Connect-Membrane -Emulator
        (Find-MembraneElement acme -ElementType connector).Element.Name | Should -Be 'Acme'
    }

    It 'keep their state in a file' {
        $state = Join-Path $TestDrive 'state.db'
        $null = Start-MembraneEmulator -State $state
        Connect-Membrane -Emulator
        . "$PSScriptRoot/Setup.ps1"
        $connection = New-TestConnection hubspot
        $null = Invoke-MembraneAction create-contact $connection -InputObject @{ email = 'kept@example.com' }
        Stop-MembraneEmulator
        $null = Start-MembraneEmulator -State $state
        Connect-Membrane -Emulator
        (Invoke-MembraneAction list-contacts hubspot).Output.items.email | Should -Be 'kept@example.com'
    }

    It 'warn of what is damaged in that file, once, and go on with the rest' {
        $state = Join-Path $TestDrive 'damaged.db'
        $null = Start-MembraneEmulator -State $state
        Connect-Membrane -Emulator
        . "$PSScriptRoot/Setup.ps1"
        $connection = New-TestConnection hubspot
        1..3 | ForEach-Object { $null = Invoke-MembraneAction create-contact $connection -InputObject @{ email = "damaged$_@example.com" } }
        Stop-MembraneEmulator
        $bytes = [System.IO.File]::ReadAllBytes($state)
        $at = [System.Text.Encoding]::Latin1.GetString($bytes).IndexOf('damaged2@example.com')
        $bytes[$at] = [byte][char]'X'
        [System.IO.File]::WriteAllBytes($state, $bytes)
        $null = Start-MembraneEmulator -State $state -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike "*$state*damaged*$state.damaged-1*"
        Connect-Membrane -Emulator -WarningVariable again
        $again | Should -BeNullOrEmpty
        (Invoke-MembraneAction list-contacts hubspot).Output.items.email | Should -Be 'damaged1@example.com', 'damaged3@example.com'
        [System.IO.File]::ReadAllBytes("$state.damaged-1") | Should -Be $bytes
    }

    It 'keep that file for its owner' -Skip:$IsWindows {
        $state = Join-Path $TestDrive 'private.db'
        $null = Start-MembraneEmulator -State $state
        (Get-Item -LiteralPath $state).UnixMode | Should -Be '-rw-------'
        Stop-MembraneEmulator
        chmod 644 $state
        $null = Start-MembraneEmulator -State $state
        (Get-Item -LiteralPath $state).UnixMode | Should -Be '-rw-------'
    }

    It 'refuse a state that would not be kept: <Path>' -ForEach @(
        @{ Path = if ($IsWindows) { 'NUL' } else { '/dev/null' } }
        @{ Path = '.' }
        @{ Path = 'Env:\x' }
    ) {
        $problem = Get-TestError { Start-MembraneEmulator -State $Path }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be 'State'
    }

    It 'say what is wrong with a catalog' {
        $broken = Join-Path $TestDrive 'broken.json'
        '{' | Set-Content -LiteralPath $broken
        (Get-TestError { Start-MembraneEmulator -Catalog $broken }).FullyQualifiedErrorId | Should -BeLike 'EmulatorFailed,*'
        (Get-TestError { Start-MembraneEmulator -Catalog /no/such/file.json }).FullyQualifiedErrorId | Should -BeLike 'EmulatorFailed,*'
    }

    It 'do not start with -WhatIf' {
        Start-MembraneEmulator -WhatIf
        Get-MembraneEmulator | Should -BeNullOrEmpty
    }
}

Describe 'Get-MembraneEmulatorRequest, Add-MembraneEmulatorFault and Clear-MembraneEmulatorFault' {
    BeforeEach { Start-TestWorkspace }
    AfterEach { Stop-TestWorkspace }

    It 'shows what arrived, without secrets' {
        $null = Get-MembraneConnection -Search 'a b'
        $request = Get-MembraneEmulatorRequest /connections
        $request | Should -BeOfType Membrane.MembraneEmulatorRequest
        $request.Method | Should -Be GET
        $request.Query | Should -BeLike '*search=a%20b*'
        $request.StatusCode | Should -Be 200
        $request.OperationId | Should -Be listConnections
        $request.Headers['Authorization'] | Should -Be 'Bearer (redacted)'
        ($request | Out-String) | Should -Match '/connections'
    }

    It 'filters, and forgets' {
        $null = Get-MembraneConnection
        $null = New-MembraneConnection -IntegrationKey slack
        @(Get-MembraneEmulatorRequest /connections -Method post).Count | Should -Be 1
        @(Get-MembraneEmulatorRequest -Clear).Count | Should -Be 2
        @(Get-MembraneEmulatorRequest).Count | Should -Be 0
    }

    It 'disturbs as it is told, so many times' {
        Add-MembraneEmulatorFault /connections 500 -Times 1
        (Get-TestError { Get-MembraneConnection -ErrorAction Stop }).Exception.StatusCode | Should -Be 500
        { Get-MembraneConnection -ErrorAction Stop } | Should -Not -Throw
    }

    It 'sends a body and headers of one''s own' {
        Add-MembraneEmulatorFault /connections -Method GET -StatusCode 403 -Body @{ type = 'bad_request'; message = 'Not you.' } -Headers @{ 'X-Request-Id' = 'r1' }
        (Get-TestError { Get-MembraneConnection -ErrorAction Stop }).Exception.Message | Should -BeLike '*Not you.*'
        Clear-MembraneEmulatorFault
        { Get-MembraneConnection -ErrorAction Stop } | Should -Not -Throw
    }

    It 'loses answers' {
        Add-MembraneEmulatorFault /connections -Method POST -Drop After -Times 1
        (Get-TestError { New-MembraneConnection -IntegrationKey slack -ErrorAction Stop }).Exception.Outcome | Should -Be Unknown
        @(Get-MembraneConnection).Count | Should -Be 1
    }

    It 'with -WhatIf disturbs nothing' {
        Add-MembraneEmulatorFault /connections 500 -WhatIf
        { Get-MembraneConnection -ErrorAction Stop } | Should -Not -Throw
        Add-MembraneEmulatorFault /connections 500
        Clear-MembraneEmulatorFault -WhatIf
        { Get-MembraneConnection -ErrorAction Stop } | Should -Throw
    }

    It 'refuses a fault that does nothing, and a body without a status' {
        (Get-TestError { Add-MembraneEmulatorFault /connections }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        (Get-TestError { Add-MembraneEmulatorFault /connections -DelayMilliseconds 1 -Body x }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
    }

    It 'says so when there is no emulator' {
        Stop-TestWorkspace
        foreach ($command in { Get-MembraneEmulatorRequest -ErrorAction Stop }, { Add-MembraneEmulatorFault /x 500 }, { Clear-MembraneEmulatorFault -ErrorAction Stop }) {
            (Get-TestError $command).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        }
    }
}
