BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $pin = 'membrane/integrations/slack/actions/pin-message/pin-message.yaml'

    function New-ConnectionOfTenant {
        Select-MembraneContext default
        New-TestConnection slack
        Select-MembraneContext manager
    }

    function Set-TestFile {
        param([string] $Name, [string] $Old, [string] $New)
        $path = Join-Path $folder $Name
        $text = [System.IO.File]::ReadAllText($path)
        $text | Should -BeLike "*$Old*"
        [System.IO.File]::WriteAllText($path, $text.Replace($Old, $New))
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Workspace files' {
    BeforeEach {
        Start-TestWorkspace
        Connect-Membrane -Emulator -Manager -Name manager
        Select-MembraneContext manager
        $null = New-MembraneAction 'Pin message' -Key pin-message -Type api-request-to-external-app -Config @{ request = @{ method = 'POST'; path = '/pins' } } -IntegrationKey slack
        $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        Push-Location $folder
    }

    AfterEach { Pop-Location }

    It 'are written as files that say what changed, and an import of them changes nothing' {
        $made = Export-MembraneWorkspace -WarningVariable warning
        $warning | Should -BeNullOrEmpty
        $made[0] | Should -BeOfType Membrane.WorkspaceChange
        $made.Change | Select-Object -Unique | Should -Be 'created'
        ($made | Where-Object Key -eq 'pin-message').Path | Should -Be $pin
        foreach ($file in $made.Path) { Join-Path $folder $file | Should -Exist }
        Get-Content (Join-Path $folder $pin) | Should -Contain 'key: pin-message'
        Compare-MembraneWorkspace | Should -BeNullOrEmpty
        Import-MembraneWorkspace -Confirm:$false | Should -BeNullOrEmpty
        Export-MembraneWorkspace | Should -BeNullOrEmpty
    }

    It 'are compared field by field, and nothing is changed by that' {
        $null = Export-MembraneWorkspace
        Set-TestFile $pin 'path: /pins' 'path: /pins/add'
        $change = Compare-MembraneWorkspace
        $change.Change | Should -Be 'updated'
        $change.ElementType, $change.Key, $change.IntegrationKey | Should -Be 'action', 'pin-message', 'slack'
        $change.DryRun | Should -BeTrue
        $change.Fields.Field | Should -Be 'config.request.path'
        $change.Fields.Before, $change.Fields.After | Should -Be '/pins', '/pins/add'
        (Get-MembraneAction pin-message -IntegrationKey slack).Config.request.path | Should -Be '/pins'
        ($change | Format-Table | Out-String -Width 120) | Should -Match 'updated +action +pin-message +slack +config\.request\.path'
    }

    It 'whose folder is spelled with other capital letters are refused, not archived' {
        $null = Export-MembraneWorkspace
        $element = Split-Path (Join-Path $folder $pin)
        $null = Rename-Item -LiteralPath $element -NewName aside -PassThru | Rename-Item -NewName 'Pin-Message'
        foreach ($command in { Import-MembraneWorkspace -Confirm:$false -ErrorAction Stop }, { Import-MembraneWorkspace -WhatIf -ErrorAction Stop }, { Compare-MembraneWorkspace -ErrorAction Stop }) {
            $problem = Get-TestError $command
            "$problem" | Should -BeLike '*Pin-Message/pin-message.yaml*capital letters*'
            $problem.Exception.ParameterName | Should -Be 'Path'
        }

        (Get-MembraneAction pin-message -IntegrationKey slack).ArchivedAt | Should -BeNullOrEmpty
        $null = Export-MembraneWorkspace -Force
        Join-Path $folder $pin | Should -Exist
        if ($IsLinux) { Remove-Item -LiteralPath (Join-Path (Split-Path $element) 'Pin-Message') -Recurse }
        Compare-MembraneWorkspace | Should -BeNullOrEmpty
    }

    It 'that say to be the same element, as those of a copied folder, are refused, and both are named' {
        $null = Export-MembraneWorkspace
        $copy = 'membrane/integrations/slack/actions/pin-copy'
        Copy-Item -LiteralPath (Join-Path $folder (Split-Path $pin)) -Destination (Join-Path $folder $copy) -Recurse
        Rename-Item -LiteralPath (Join-Path $folder "$copy/pin-message.yaml") -NewName 'pin-copy.yaml'
        Set-TestFile "$copy/pin-copy.yaml" 'key: pin-message' 'key: pin-copy'
        Clear-TestRequest
        foreach ($command in { Import-MembraneWorkspace -Confirm:$false -ErrorAction Stop }, { Import-MembraneWorkspace -WhatIf -ErrorAction Stop }, { Compare-MembraneWorkspace -ErrorAction Stop }) {
            $problem = Get-TestError $command
            $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
            "$problem" | Should -BeLike "*$copy/pin-copy.yaml*$pin*same uuid*"
        }

        @(Get-TestRequest).Count | Should -Be 0
        $text = [System.IO.File]::ReadAllLines((Join-Path $folder "$copy/pin-copy.yaml")) -notmatch '^uuid:'
        [System.IO.File]::WriteAllLines((Join-Path $folder "$copy/pin-copy.yaml"), $text)
        "$(Import-MembraneWorkspace -Confirm:$false)" | Should -Be "created $copy/pin-copy.yaml"
        Compare-MembraneWorkspace | Should -BeNullOrEmpty
    }

    It 'are called what they are when the work fails: <What>' -ForEach @(
        @{ What = 'comparison'; Command = { Compare-MembraneWorkspace -ErrorAction Stop } }
        @{ What = 'comparison'; Command = { Import-MembraneWorkspace -WhatIf -ErrorAction Stop } }
        @{ What = 'export'; Command = { Export-MembraneWorkspace -Force -ErrorAction Stop } }
    ) {
        $null = Export-MembraneWorkspace
        Add-TestFault @{ match = @{ path = '/async-requests/*' }; status = 200; body = @{ id = 'job_1'; status = 'failed'; error = @{ message = 'no room' } } }
        $problem = Get-TestError $Command
        $problem.FullyQualifiedErrorId | Should -BeLike 'WorkspaceTransferFailed,*'
        "$problem" | Should -BeLike "The $What of *no room*"
        "$problem $($problem.ErrorDetails.RecommendedAction)" | Should -Not -Match 'import'
    }

    It 'with credentials in them are named in one warning' {
        $null = New-MembraneAction 'Call' -Key call -Type api-request-to-external-app -Config @{ request = @{ method = 'GET'; path = '/x'; headers = @{ Authorization = 'Bearer abcdefghijklmnop' } } } -IntegrationKey slack
        $null = New-MembraneAction 'Key' -Key key -Type api-request-to-external-app -Config @{ request = @{ method = 'GET'; path = '/x'; headers = @{ 'X-Api-Key' = 'k-12345678' } } } -IntegrationKey slack
        $null = New-MembraneAction 'Bound' -Key bound -Type api-request-to-external-app -Config @{ request = @{ method = 'GET'; path = '/x'; headers = @{ Authorization = @{ '$var' = '$.input.token' } } } } -IntegrationKey slack
        $null = Export-MembraneWorkspace -WarningVariable warning -WarningAction SilentlyContinue
        @($warning).Count | Should -Be 1
        "$warning" | Should -BeLike '2 files hold*slack/actions/call/call.yaml (Authorization)*slack/actions/key/key.yaml (X-Api-Key)*'
        "$warning" | Should -Not -Match 'abcdefghijklmnop|k-12345678|bound'
    }

    It 'are imported, and what was changed runs' {
        $connection = New-ConnectionOfTenant
        $null = Export-MembraneWorkspace
        $null = New-Item -ItemType Directory -Path (Join-Path $folder 'membrane/integrations/slack/actions/create-pin')
        Set-Content -LiteralPath (Join-Path $folder 'membrane/integrations/slack/actions/create-pin/create-pin.yaml') -Value 'name: Create pin', 'type: connector-operation', 'inputSchema:', '  type: object', '  required: [channel]'
        Set-TestFile 'membrane/integrations/slack/actions/post-message/post-message.yaml' 'type: connector-operation' "inputSchema:`n  type: object`n  required: [shout]`ntype: connector-operation"
        $changes = Import-MembraneWorkspace -Confirm:$false
        $changes.Change | Should -Be 'created', 'updated'
        $changes.DryRun | Should -Be $false, $false
        (Invoke-MembraneAction create-pin $connection -InputObject @{ channel = '#general' } -Context default).Output.channel | Should -Be '#general'
        (Get-TestError { Invoke-MembraneAction post-message $connection -InputObject @{ channel = '#general'; text = 'x' } -Context default -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidActionInput,*'
    }

    It 'are rehearsed by the service with -WhatIf' {
        $null = Export-MembraneWorkspace
        Remove-Item (Join-Path $folder 'membrane/integrations/slack/actions/pin-message') -Recurse
        Clear-TestRequest
        $change = Import-MembraneWorkspace -WhatIf
        "$change" | Should -Be "archived $pin"
        $change.DryRun | Should -BeTrue
        (Get-TestRequest | Where-Object method -eq POST).query | Should -Be 'dryRun=true&partial=false&diff=true&force=false'
        (Get-MembraneAction pin-message -IntegrationKey slack).ArchivedAt | Should -BeNullOrEmpty
        Import-MembraneWorkspace -WhatIf -Partial | Should -BeNullOrEmpty
        "$(Import-MembraneWorkspace -Confirm:$false)" | Should -Be "archived $pin"
        (Get-MembraneAction -IntegrationKey slack).Key | Should -Not -Contain 'pin-message'
    }

    It 'are not overwritten where they differ, unless forced' {
        $null = Export-MembraneWorkspace
        $note = Join-Path $folder 'membrane/notes.txt'
        Set-Content -LiteralPath $note -Value 'mine'
        Set-TestFile $pin 'name: Pin message' 'name: Mine'
        $null = New-Item -ItemType Directory -Path (Join-Path $folder 'membrane/flows/mine')
        Set-Content -LiteralPath (Join-Path $folder 'membrane/flows/mine/mine.yaml') -Value 'name: Mine'
        $problem = Get-TestError { Export-MembraneWorkspace -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'LocalChanges,*'
        $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
        "$problem" | Should -BeLike "2 files differ*mine.yaml (removed)*$pin (updated)*"
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Force*'
        Get-Content (Join-Path $folder $pin) | Should -Contain 'name: Mine'
        $rehearsed = Export-MembraneWorkspace -Force -WhatIf
        $rehearsed.DryRun | Should -Be $true, $true
        Get-Content (Join-Path $folder $pin) | Should -Contain 'name: Mine'
        ((Export-MembraneWorkspace -Force) | ForEach-Object { "$_" }) | Should -Be 'removed membrane/flows/mine/mine.yaml', "updated $pin"
        Join-Path $folder 'membrane/flows' | Should -Not -Exist
        $note | Should -Exist
        Get-ChildItem -LiteralPath $folder -Force | ForEach-Object Name | Should -Be 'membrane'
    }

    It 'go where -Path says' {
        $null = Export-MembraneWorkspace (Join-Path $folder 'deep/er')
        Join-Path $folder 'deep/er/membrane' | Should -Exist
        Compare-MembraneWorkspace ./deep/er | Should -BeNullOrEmpty
    }

    It 'that are wrong are named by the service, and nothing is imported' {
        $null = Export-MembraneWorkspace
        Set-TestFile $pin 'name: Pin message' "name: Pin message`nsurprise: 1"
        $problem = Get-TestError { Import-MembraneWorkspace -Confirm:$false -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'WorkspaceTransferFailed,*'
        $problem.CategoryInfo.Category | Should -Be 'OperationStopped'
        "$problem" | Should -BeLike "*${pin}: the type action has no field 'surprise'*"
        $problem.Exception.Error.Data.path | Should -Be $pin
    }

    It 'leave an integration with connections alone, unless forced' {
        $null = New-ConnectionOfTenant
        $null = Export-MembraneWorkspace
        Remove-Item (Join-Path $folder 'membrane/integrations/slack') -Recurse
        "$(Get-TestError { Compare-MembraneWorkspace -ErrorAction Stop })" | Should -BeLike "*'slack'*connections*"
        "$(Get-TestError { Import-MembraneWorkspace -Confirm:$false -ErrorAction Stop })" | Should -BeLike "*'slack'*connections*"
        (Compare-MembraneWorkspace -Force | Where-Object ElementType -eq integration).Change | Should -Be 'archived'
        (Import-MembraneWorkspace -Force -Confirm:$false).Change | Select-Object -Unique | Should -Be 'archived'
    }

    It 'of no place in the layout are named and left out, and credentials are never sent' {
        $null = Export-MembraneWorkspace
        Set-Content -LiteralPath (Join-Path $folder 'membrane.config.yml') -Value 'workspaceSecret: s3cret-of-the-workspace'
        Set-Content -LiteralPath (Join-Path $folder 'membrane/actions.yml') -Value 'name: x'
        Clear-TestRequest
        $null = Compare-MembraneWorkspace -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -BeLike '1 file is left out*membrane/actions.yml*'
        (Get-TestRequest | ConvertTo-Json -Depth 9) | Should -Not -Match 's3cret'
    }

    It 'need a manager, and the error says how to be one' {
        $null = Export-MembraneWorkspace
        foreach ($command in { Export-MembraneWorkspace -Context default -ErrorAction Stop }, { Compare-MembraneWorkspace -Context default -ErrorAction Stop }, { Import-MembraneWorkspace -Context default -Confirm:$false -ErrorAction Stop }) {
            $problem = Get-TestError $command
            $problem.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Manager*'
        }
    }

    It 'that are not there are not imported' {
        Clear-TestRequest
        foreach ($command in { Import-MembraneWorkspace -Confirm:$false -ErrorAction Stop }, { Compare-MembraneWorkspace -ErrorAction Stop }, { Compare-MembraneWorkspace Env: -ErrorAction Stop }, { Export-MembraneWorkspace Env: -ErrorAction Stop }) {
            $problem = Get-TestError $command
            $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
            $problem.Exception.ParameterName | Should -Be 'Path'
        }

        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'keep the key of the service''s work out of what is shown' {
        $shown = Export-MembraneWorkspace -Verbose 4>&1 | Out-String -Width 500
        $shown | Should -Match 'GET /async-requests/job_\w+ -> 200'
        $shown | Should -Not -Match 'key_'
    }

    It 'are not known to be imported when the answer is lost' {
        $null = Export-MembraneWorkspace
        Set-TestFile $pin 'name: Pin message' 'name: Mine'
        Add-TestFault @{ match = @{ method = 'POST'; path = '/import' }; drop = 'after'; times = 1 }
        Clear-TestRequest
        $problem = Get-TestError { Import-MembraneWorkspace -Confirm:$false -ErrorAction Stop }
        $problem.Exception.Outcome | Should -Be 'Unknown'
        @(Get-TestRequest | Where-Object path -eq '/import').Count | Should -Be 1
    }
}
