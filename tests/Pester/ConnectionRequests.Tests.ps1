BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
}

AfterAll { Stop-TestWorkspace }

Describe 'Connection requests' {
    It 'are made from a connector of a search' {
        $request = Find-MembraneElement slack -ElementType connector | New-MembraneConnectionRequest
        $request | Should -BeOfType ([Membrane.ConnectionRequest])
        $request.Status | Should -Be 'pending'
        $request.Url | Should -BeLike 'http://127.0.0.1:*'
        (Get-MembraneConnectionRequest $request.RequestId).Status | Should -Be 'pending'
        ($request | Get-MembraneConnectionRequest).RequestId | Should -Be $request.RequestId
    }

    It 'are made by -ConnectorId, and end with the id of the connection' {
        $connector = Find-MembraneElement slack -ElementType connector
        $request = New-MembraneConnectionRequest -ConnectorId $connector.Id -Name 'My Slack'
        Approve-TestRequest $request
        $done = $request | Wait-MembraneConnectionRequest -TimeoutSec 120
        $done.Status | Should -Be 'success'
        (Get-MembraneConnection $done.ResultConnectionId).Name | Should -Be 'My Slack'
    }

    It 'end with the reason of a refusal' {
        $request = New-MembraneConnectionRequest -IntegrationKey github
        Approve-TestRequest $request -Decision refuse
        $problem = Get-TestError { $request | Wait-MembraneConnectionRequest -TimeoutSec 30 -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectionRequestFailed,*'
        $problem.TargetObject.RequestId | Should -Be $request.RequestId
    }

    It 'are reported when nobody decides in time' {
        $request = New-MembraneConnectionRequest -IntegrationKey github
        $problem = Get-TestError { $request | Wait-MembraneConnectionRequest -TimeoutSec 1 -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        $problem.CategoryInfo.Category | Should -Be 'OperationTimeout'
        $problem.Exception.LastSeen.Status | Should -Be 'pending'
    }

    It 'take the progress away when time is up' {
        $request = New-MembraneConnectionRequest -IntegrationKey github
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context, $id) Import-Module $module; Wait-MembraneConnectionRequest $id -TimeoutSec 1 -Context $context')
        $null = $shell.AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($request.RequestId).Invoke()
        $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        @($shell.Streams.Progress)[-1].RecordType | Should -Be 'Completed'
        $shell.Dispose()
    }

    It 'sign an existing connection in again' {
        $connection = New-TestConnection hubspot
        $request = $connection | New-MembraneConnectionRequest
        $request.ConnectionId | Should -Be $connection.Id
        Approve-TestRequest $request
        ($request | Wait-MembraneConnectionRequest -TimeoutSec 30).ResultConnectionId | Should -Be $connection.Id
    }

    It 'need something to connect, before any request' {
        Clear-TestRequest
        (Get-TestError { New-MembraneConnectionRequest -Name x -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        (Get-TestError { Get-Item / | New-MembraneConnectionRequest -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuse a time-out of 0, naming the parameter' {
        "$(Get-TestError { Wait-MembraneConnectionRequest x -TimeoutSec 0 })" | Should -BeLike '*TimeoutSec*'
    }

    It 'send nothing with -WhatIf' {
        Clear-TestRequest
        New-MembraneConnectionRequest -IntegrationKey slack -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'Find-MembraneElement' {
    It 'finds typed results' {
        $found = Find-MembraneElement slack -ElementType connector
        $found.ElementType | Should -Be 'connector'
        $found.Element | Should -BeOfType ([Membrane.Element])
        $found.Element.Name | Should -Be 'Slack'
        $found.Element.LogoUri | Should -Not -BeNullOrEmpty
    }

    It 'takes the seeds'' spelling of a type' { (Find-MembraneElement slack -ElementType Connector).ElementType | Should -Be 'connector' }

    It 'finds nothing without an error' { Find-MembraneElement 'no such app anywhere' | Should -BeNullOrEmpty }

    It 'refuses a query over 200 characters' { "$(Get-TestError { Find-MembraneElement ('x' * 201) })" | Should -BeLike '*Query*' }
}
