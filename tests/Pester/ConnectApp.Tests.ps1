BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    # A browser that only leaves a note.
    $bin = Join-Path $TestDrive 'bin'
    $null = New-Item -ItemType Directory $bin
    foreach ($name in 'xdg-open', 'open') {
        Set-Content (Join-Path $bin $name) "#!/bin/sh`necho `"`$1`" >> '$TestDrive/opened'"
        if (-not $IsWindows) { chmod +x (Join-Path $bin $name) }
    }

    $savedPath = $env:PATH
    $savedBrowser = $env:BROWSER
    $env:BROWSER = $null
    $env:PATH = "$bin$([System.IO.Path]::PathSeparator)$env:PATH"
}

AfterAll {
    $env:PATH = $savedPath
    $env:BROWSER = $savedBrowser
    Stop-TestWorkspace
}

Describe 'Connect-MembraneApp' {
    It 'connects an app by <What>, and emits the connection' -ForEach @(
        @{ What = 'the key of its integration'; App = 'slack'; Key = 'slack' }
        @{ What = 'its name'; App = 'weather station'; Key = 'weather-station' }
        @{ What = 'its address'; App = 'https://mail.google.com'; Key = 'gmail' }
    ) {
        $result = Connect-TestApp @{ App = $App; Name = "My $Key" }
        $result.Error | Should -BeNullOrEmpty
        $result.Output.Count | Should -Be 1
        $result.Output[0] | Should -BeOfType ([Membrane.Connection])
        $result.Output[0].State | Should -Be 'READY'
        $result.Output[0].Name | Should -Be "My $Key"
        (Get-MembraneConnection -IntegrationKey $Key).Id | Should -Be $result.Output[0].Id
    }

    It 'takes <Kind>' -ForEach @(
        @{ Kind = 'a connector'; Make = { Get-MembraneConnector github } }
        @{ Kind = 'an integration'; Make = { Get-MembraneIntegration github } }
        @{ Kind = 'an external app'; Make = { Get-MembraneExternalApp github } }
        @{ Kind = 'a search result'; Make = { Find-MembraneElement github -ElementType connector } }
    ) {
        $result = Connect-TestApp @{ App = (& $Make) }
        $result.Output[0].State | Should -Be 'READY'
        $result.Output | Remove-MembraneConnection -Confirm:$false
    }

    It 'emits the connection that is there and works, without a request' {
        $made = New-TestConnection hubspot
        Clear-TestRequest
        (Connect-MembraneApp hubspot).Id | Should -Be $made.Id
        (Connect-MembraneApp -Connection $made).Id | Should -Be $made.Id
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'signs in again to a connection that was cut, and makes no second one: <How>' -ForEach @(
        @{ How = 'by the app'; Parameters = { @{ App = 'hubspot' } } }
        @{ How = 'by -Connection'; Parameters = { @{ Connection = $made.Id } } }
    ) {
        $made = New-TestConnection hubspot
        $made | Disconnect-MembraneConnection -Confirm:$false
        $result = Connect-TestApp (& $Parameters)
        $result.Output[0].Id | Should -Be $made.Id
        $result.Output[0].Connected | Should -BeTrue
        @(Get-MembraneConnection -IntegrationKey hubspot).Count | Should -Be 1
    }

    It 'makes a second one when asked to, and names both when it is not clear which one is meant' {
        $second = (Connect-TestApp @{ App = 'hubspot'; Name = 'Second'; AllowMultipleConnections = $true }).Output[0]
        $problem = Get-TestError { Connect-MembraneApp hubspot -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Ambiguous,*'
        "$problem" | Should -BeLike "*$($second.Id)*"
        Remove-MembraneConnection $second -Confirm:$false
    }

    It 'is an error when the person refuses' {
        $result = Connect-TestApp @{ App = 'github' } -Decision refuse
        $result.Output | Should -BeNullOrEmpty
        $result.Error[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionRequestFailed,*'
    }

    It 'says how to go on when nobody comes' {
        $problem = Get-TestError { Connect-MembraneApp github -TimeoutSec 1 -InformationAction SilentlyContinue -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        "$($problem.ErrorDetails.RecommendedAction)" | Should -BeLike '*Wait-MembraneConnectionRequest*'
    }

    It 'does not wait with -NoWait' {
        $request = Connect-MembraneApp github -NoWait -InformationVariable said -InformationAction SilentlyContinue
        $request | Should -BeOfType ([Membrane.ConnectionRequest])
        $said[1].ToString() | Should -Be $request.Url
        Approve-TestRequest $request
        ($request | Wait-MembraneConnectionRequest -TimeoutSec 30).Status | Should -Be 'success'
    }

    It 'opens no browser where no person is' {
        $null = Connect-TestApp @{ App = 'slack'; Force = $true }
        Join-Path $TestDrive 'opened' | Should -Not -Exist
    }

    It 'opens the browser that the person has chosen, unless told not to' -Skip:$IsWindows {
        $env:BROWSER = Join-Path $TestDrive 'bin/xdg-open'
        try {
            $silent = Connect-TestApp @{ App = 'slack'; Force = $true; NoBrowser = $true }
            $silent.Warning.Count | Should -BeGreaterThan 0
            Join-Path $TestDrive 'opened' | Should -Not -Exist
            $result = Connect-TestApp @{ App = 'slack'; Force = $true }
            $result.Output[0].State | Should -Be 'READY'
            $result.Warning | Should -BeNullOrEmpty
            # The browser is a process of its own and may still be writing.
            while (-not (Test-Path (Join-Path $TestDrive 'opened'))) { Start-Sleep -Milliseconds 25 }
            Get-Content (Join-Path $TestDrive 'opened') | Should -Be $result.Page
        }
        finally { $env:BROWSER = $null }
    }

    It 'does not open what is no web page: <Address>' -Skip:$IsWindows -ForEach @(
        @{ Address = 'file:///etc/passwd' }, @{ Address = 'http://elsewhere.example/' }, @{ Address = 'calculator:' }
    ) {
        Remove-Item (Join-Path $TestDrive 'opened') -ErrorAction Ignore
        $env:BROWSER = Join-Path $TestDrive 'bin/xdg-open'
        Add-TestFault @{ match = @{ method = 'POST'; path = '/connection-requests' }; status = 200; body = @{ requestId = 'cr_x'; status = 'pending'; url = $Address }; times = 1 }
        try {
            $null = Connect-MembraneApp github -Force -AllowMultipleConnections -NoWait -InformationVariable said -InformationAction SilentlyContinue
            $said[1].ToString() | Should -Be $Address
            Join-Path $TestDrive 'opened' | Should -Not -Exist
        }
        finally {
            $env:BROWSER = $null
            Clear-TestFault
        }
    }

    It 'says what there is when nothing of that name can be connected' {
        $problem = Get-TestError { Connect-MembraneApp 'weath' -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        "$problem" | Should -BeLike '*Weather Station*'
        "$(Get-TestError { Connect-MembraneApp 'no such thing' -ErrorAction Stop })" | Should -BeLike "*'no such thing'*"
    }

    It 'changes nothing with -WhatIf' {
        Clear-TestRequest
        Connect-MembraneApp github -Force -WhatIf
        Connect-MembraneApp https://unheard-of.example -WhatIf
        Connect-MembraneApp slack -AllowMultipleConnections -WhatIf
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'refuses for an address what only a connection request takes: <Name>' -ForEach @(
        @{ Name = 'AllowMultipleConnections'; Value = $true }
        @{ Name = 'ConnectionKey'; Value = 'second' }
        @{ Name = 'ConnectorParameters'; Value = @{ region = 'eu' } }
        @{ Name = 'RedirectUri'; Value = 'https://example.com/done' }
    ) {
        Clear-TestRequest
        $more = @{ $Name = $Value }
        $problem = Get-TestError { Connect-MembraneApp https://mail.google.com @more -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be $Name
        Get-TestChange | Should -BeNullOrEmpty
    }

    It 'heeds -Force for each app of the pipeline' {
        $null = 'https://freshly-built.example', 'github' | Connect-MembraneApp -Force -NoWait -InformationAction SilentlyContinue -OutVariable all
        @($all).Count | Should -Be 2
        $all[1] | Should -BeOfType ([Membrane.ConnectionRequest])
    }

    It 'refuses what is no app' {
        Clear-TestRequest
        (Get-TestError { Get-Item / | Connect-MembraneApp -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        (Get-TestError { Connect-MembraneApp '../admin' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}
