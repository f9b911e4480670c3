BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot -Name 'CRM of Ada'
    $slack = New-TestConnection slack -Name 'Chat of Ada'
}

AfterAll { Stop-TestWorkspace }

Describe 'Get-MembraneConnection' {
    It 'lists typed connections' {
        $all = Get-MembraneConnection
        $all.Count | Should -Be 2
        $all[0] | Should -BeOfType ([Membrane.Connection])
        $all.State | Should -Be @('READY', 'READY')
        $all[0].CreatedAt | Should -BeOfType ([DateTimeOffset])
        $all[0].Connected | Should -BeTrue
    }

    It 'gets one by id, key, object and from the pipeline' {
        (Get-MembraneConnection $hubspot.Id).Id | Should -Be $hubspot.Id
        (Get-MembraneConnection -Id $hubspot.Id).Id | Should -Be $hubspot.Id
        (Get-MembraneConnection -Connection $hubspot).Id | Should -Be $hubspot.Id
        ($hubspot, $slack | Get-MembraneConnection).Id | Should -Be @($hubspot.Id, $slack.Id)
        ($hubspot.Id, $slack.Id | Get-MembraneConnection).Id | Should -Be @($hubspot.Id, $slack.Id)
        ([pscustomobject]@{ ConnectionId = $slack.Id } | Get-MembraneConnection).Id | Should -Be $slack.Id
    }

    It 'gets those of any list: <Kind>' -ForEach @(
        @{ Kind = 'the keys of a hashtable'; Make = { , ([ordered]@{ $hubspot.Id = 1; $slack.Id = 2 }).Keys } }
        @{ Kind = 'the values of a hashtable'; Make = { , ([ordered]@{ a = $hubspot.Id; b = $slack.Id }).Values } }
        @{ Kind = 'a list of text'; Make = { , [System.Collections.Generic.List[string]]@($hubspot.Id, $slack.Id) } }
        @{ Kind = 'a list of objects'; Make = { , [System.Collections.ArrayList]@($hubspot, $slack) } }
    ) {
        $list = & $Make
        (Get-MembraneConnection -Connection $list).Id | Should -Be @($hubspot.Id, $slack.Id)
        (Get-TestError { Remove-MembraneConnection -Connection ([System.Collections.Generic.List[object]]@(Get-MembraneIntegration hubspot)) -WhatIf }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
    }

    It 'gets the only one of an app by the key of the app, and names several' {
        (Get-MembraneConnection hubspot).Id | Should -Be $hubspot.Id
        Connect-Membrane -Emulator -TenantKey grace -Name grace
        Select-MembraneContext grace
        $first = New-TestConnection slack -Name 'One'
        $second = New-TestConnection slack -Name 'Two' -AllowMultipleConnections
        $problem = Get-TestError { Get-MembraneConnection slack -ErrorAction Stop }
        Select-MembraneContext default
        $problem.FullyQualifiedErrorId | Should -BeLike 'Ambiguous,*'
        "$problem" | Should -BeLike "*$($first.Id)*$($second.Id)*"
    }

    It 'filters by name with wildcards' {
        (Get-MembraneConnection -Name 'crm*').Id | Should -Be $hubspot.Id
        Get-MembraneConnection -Name 'nothing*' | Should -BeNullOrEmpty
    }

    It 'pages with -First, -Skip and -PageSize' {
        $ids = (Get-MembraneConnection).Id
        (Get-MembraneConnection -First 1).Id | Should -Be $ids[0]
        (Get-MembraneConnection -Skip 1).Id | Should -Be $ids[1]
        (Get-MembraneConnection -PageSize 1).Id | Should -Be $ids
        (Get-MembraneConnection -Name '*' -Skip 1 -First 1).Id | Should -Be $ids[1]
    }

    It 'asks once for Select-Object -First' {
        Clear-TestRequest
        $null = Get-MembraneConnection | Select-Object -First 1
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'says for each id that there is none, and goes on' {
        $found = Get-MembraneConnection -Connection 'nope', $hubspot.Id -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Id | Should -Be $hubspot.Id
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].TargetObject | Should -Be 'nope'
        $problem[0].Exception | Should -BeOfType ([Membrane.MembraneApiException])
        [int]$problem[0].Exception.StatusCode | Should -Be 404
    }

    It 'sends nothing for an id that is none: <Id>' -ForEach @(@{ Id = '..' }, @{ Id = 'a/b' }, @{ Id = "a`nb" }, @{ Id = ' ' }) {
        Clear-TestRequest
        (Get-TestError { Get-MembraneConnection $Id -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'keeps tenants apart' {
        Connect-Membrane -Emulator -TenantKey 'eve' -Name eve
        Get-MembraneConnection -Context eve | Should -BeNullOrEmpty
        (Get-TestError { Get-MembraneConnection $hubspot.Id -Context eve -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        Disconnect-Membrane eve
        Select-MembraneContext default
    }

    It 'completes connections' {
        $line = 'Get-MembraneConnection -Connection '
        (TabExpansion2 $line $line.Length).CompletionMatches.Count | Should -Be 2
    }

    It 'shows a table and a list' {
        (Get-MembraneConnection | Out-String) | Should -Match 'CRM of Ada'
        ($hubspot | Format-List | Out-String) | Should -Match 'IntegrationId'
    }
}
