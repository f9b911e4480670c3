BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    Connect-Membrane -Emulator -Manager -Name manager
    $ada = New-MembraneTenant 'Ada Ltd' ada-ltd -Fields @{ plan = 'pro' }
    $bob = New-MembraneTenant -Name 'Bob Inc' -TenantKey bob-inc
}

AfterAll { Stop-TestWorkspace }

Describe 'Tenants' {
    It 'are created, typed' {
        $ada | Should -BeOfType ([Membrane.Tenant])
        $ada.Name | Should -Be 'Ada Ltd'
        $ada.TenantKey | Should -Be 'ada-ltd'
        $ada.InternalId | Should -Be 'ada-ltd'
        $ada.Fields.plan | Should -Be 'pro'
        $ada.CreatedAt | Should -BeOfType ([DateTimeOffset])
    }

    It 'are created from rows' {
        $made = 'Name,TenantKey', 'Row One,row-1', 'Row Two,row-2' | ConvertFrom-Csv | New-MembraneTenant
        $made.TenantKey | Should -Be @('row-1', 'row-2')
        $made | Remove-MembraneTenant -Confirm:$false
    }

    It 'are listed with wildcards, search and paging' {
        (Get-MembraneTenant).Id | Should -Contain $ada.Id
        (Get-MembraneTenant -Name 'ada*').Id | Should -Be $ada.Id
        (Get-MembraneTenant -Search 'Bob').Id | Should -Be $bob.Id
        $ids = (Get-MembraneTenant).Id
        (Get-MembraneTenant -First 1).Id | Should -Be $ids[0]
        (Get-MembraneTenant -PageSize 1).Id | Should -Be $ids
    }

    It 'are read by id, by key, by object and from the pipeline' {
        (Get-MembraneTenant $ada.Id).Name | Should -Be 'Ada Ltd'
        (Get-MembraneTenant ada-ltd).Id | Should -Be $ada.Id
        (Get-MembraneTenant -TenantKey bob-inc).Id | Should -Be $bob.Id
        ($ada, $bob | Get-MembraneTenant).Id | Should -Be @($ada.Id, $bob.Id)
        $null = Get-MembraneTenant nope, $ada.Id -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $problem[0].TargetObject | Should -Be 'nope'
    }

    It 'are found from what belongs to one' {
        Connect-Membrane -Emulator -TenantKey ada -Name tenant
        $connection = New-TestConnection hubspot
        Select-MembraneContext manager
        ($connection | Get-MembraneTenant).TenantKey | Should -Be 'ada'
    }

    It 'are changed, and what is not named stays' {
        $bob | Set-MembraneTenant -Name 'Bob and Sons' | Should -BeNullOrEmpty
        $again = Get-MembraneTenant bob-inc
        $again.Name | Should -Be 'Bob and Sons'
        $again.TenantKey | Should -Be 'bob-inc'
        (Set-MembraneTenant bob-inc -Fields @{ plan = 'free' } -PassThru).Fields.plan | Should -Be 'free'
    }

    It 'have a limit of AI credits that can be taken away' {
        (Set-MembraneTenant $ada -AiCreditsRolling30DayLimit 12.5 -PassThru).AiCreditsRolling30DayLimit | Should -Be 12.5
        (Set-MembraneTenant $ada -AiCreditsRolling30DayLimit $null -PassThru).AiCreditsRolling30DayLimit | Should -BeNullOrEmpty
    }

    It 'are archived and restored, by id and key' {
        $made = New-MembraneTenant 'Short Life' short-life
        Remove-MembraneTenant short-life -Confirm:$false
        (Get-MembraneTenant).Id | Should -Not -Contain $made.Id
        (Get-MembraneTenant -IncludeArchived).Id | Should -Contain $made.Id
        (Restore-MembraneTenant short-life -PassThru).Name | Should -Be 'Short Life'
        (Get-MembraneTenant).Id | Should -Contain $made.Id
        ($made | Remove-MembraneTenant -Confirm:$false -PassThru).TenantKey | Should -Be 'short-life'
        $made | Restore-MembraneTenant | Should -BeNullOrEmpty
        (Get-MembraneTenant).Id | Should -Contain $made.Id
    }

    It 'need a manager, and the error says how to be one' {
        $problem = Get-TestError { Get-MembraneTenant -Context default -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Manager*'
        $problem.CategoryInfo.Category | Should -Be 'PermissionDenied'
    }

    It 'stay as they are with -WhatIf' {
        Clear-TestRequest
        New-MembraneTenant 'Nobody' -WhatIf
        $ada | Set-MembraneTenant -Name 'Nobody' -WhatIf
        $ada | Remove-MembraneTenant -WhatIf
        $ada | Restore-MembraneTenant -WhatIf
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuse before any request: <Name>' -ForEach @(
        @{ Name = 'nothing to change'; Command = { Set-MembraneTenant ada-ltd -ErrorAction Stop } }
        @{ Name = 'a limit below 0'; Command = { Set-MembraneTenant ada-ltd -AiCreditsRolling30DayLimit -1 -ErrorAction Stop } }
        @{ Name = 'a path'; Command = { Get-MembraneTenant '../x' -ErrorAction Stop } }
        @{ Name = 'a line break'; Command = { Remove-MembraneTenant "a`nb" -Confirm:$false -ErrorAction Stop } }
        @{ Name = 'white space for a name'; Command = { New-MembraneTenant ' ' -ErrorAction Stop } }
        @{ Name = 'a script block in the fields'; Command = { New-MembraneTenant X -Fields @{ a = { 1 } } -ErrorAction Stop } }
    ) {
        Clear-TestRequest
        (Get-TestError $Command).FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuse objects of another kind from the pipeline' {
        Clear-TestRequest
        { Get-Date | Remove-MembraneTenant -Confirm:$false -ErrorAction Stop } | Should -Throw
        { Get-MembraneElement integration hubspot | Remove-MembraneTenant -Confirm:$false -ErrorAction Stop } | Should -Throw
        @(Get-TestRequest | Where-Object method -ne GET).Count | Should -Be 0
    }

    It 'complete by key, and show a table and a list without credentials' {
        $line = 'Set-MembraneTenant -Tenant ada-l'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'ada-ltd'
        $null = $ada | Set-MembraneTenant -Credentials @{ password = 'hunter2' }
        (Get-MembraneTenant ada-ltd | Format-Table | Out-String -Width 200) | Should -Match 'ada-ltd'
        $list = Get-MembraneTenant ada-ltd | Format-List | Out-String
        $list | Should -Match '(?m)^CreatedAt +: \d{4}-'
        $list | Should -Not -Match 'hunter2'
    }
}
