# What strangers call their things steers no terminal, and hides nothing.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hostile = "Evil$([char]27)]0;owned$([char]7)$([char]27)[31mred$([char]0x9b)31m$([char]0x202e)txt`rGone`nNext"
    $steering = '[\x00-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]'
    $connection = New-TestConnection hubspot -Name $hostile
    $action = New-MembraneAction $hostile $connection -Key evil
    $secret = 'emulator-development-secret-not-for-production-0123456789abcdef0'

    # Everything that a person sees of commands in a console of their own, by command.
    function Get-TestText {
        param([string[]] $Line)
        $script = Join-Path $TestDrive 'lines.ps1'
        $text = Join-Path $TestDrive 'lines.txt'
        $start = "Import-Module '$((Resolve-Path $env:MEMBRANE_TEST_MODULE).Path)'
            Connect-Membrane -ApiUri $($Emulator.ApiUri) -WorkspaceKey $($Emulator.WorkspaceKey) -WorkspaceSecret (ConvertTo-SecureString '$secret' -AsPlainText -Force) -TenantKey ada
            `$connection = Get-MembraneConnection $($connection.Id); `$action = Get-MembraneAction $($action.Id); `$hostile = `$connection.Name"
        $lines = foreach ($each in $Line) {
            "[Console]::WriteLine('#### $($each.Replace("'", "''"))')"
            "try { $(if ($each -like 'Connect-*') { '$null = ' })$each -Verbose } catch { `$Error[0] | Format-List * -Force | Out-String -Stream }"
            "`$Error | ForEach-Object { `"`$_`"; `$_.Exception.Message; `$_.CategoryInfo.ToString() }; `$Error.Clear()"
        }
        Set-Content -LiteralPath $script -Value (@($start) + $lines) -Encoding utf8
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $script *> $text
        $texts = @{}
        foreach ($part in (Get-Content -LiteralPath $text -Raw) -split '(?m)^#### ' | Select-Object -Skip 1) {
            $name, $rest = $part -split '\r?\n', 2
            $texts[$name] = $rest
        }
        $texts
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'A hostile name' {
    AfterEach { Clear-TestFault }

    It 'is data as it came' {
        (Get-MembraneConnection $connection.Id).Name | Should -BeExactly $hostile
        (Get-MembraneAction $action.Id).Name | Should -BeExactly $hostile
    }

    It 'is shown by every command that says it' {
        $lines = @(
            '$connection | Remove-MembraneConnection -WhatIf'
            '$connection | Set-MembraneConnection -Name x -WhatIf'
            '$connection | Disconnect-MembraneConnection -WhatIf'
            '$action | Remove-MembraneAction -WhatIf'
            '$action | Set-MembraneAction -Name x -WhatIf'
            'New-MembraneAction $hostile $connection -WhatIf'
            'New-MembraneConnection $hostile -IntegrationKey hubspot -WhatIf'
            'New-MembraneTenant $hostile -WhatIf'
            'New-MembraneAgentSession $hostile -WhatIf'
            'Invoke-MembraneRequest $hostile -Method Post -WhatIf'
            'Get-MembraneConnection $hostile'
            'Remove-MembraneConnection $hostile -Confirm:$false'
            'Invoke-MembraneAction $hostile $connection @{}'
            'Invoke-MembraneAction create-contact $connection @{ $hostile = 1; email = $hostile }'
            'Connect-MembraneApp -Connection $connection -WhatIf'
            )
        $texts = Get-TestText $lines
        foreach ($line in $lines) {
            $texts[$line] | Should -Not -BeNullOrEmpty -Because "$line says something"
            # A refusal need not repeat what it refuses.
            if ($line -like '*-WhatIf') { $texts[$line] | Should -BeLike '*\u001b*' -Because "$line says the name" }
            # The engine colours its own labels, and sets the mode of the keys.
            $texts[$line] -replace '\x1b\[\??[\d;]*[hlm]', '' | Should -Not -Match '\x1b|\x07|\x9b|\u202e' -Because "$line says the name"
        }
    }

    It 'is shown in tables and lists' {
        foreach ($view in ($connection | Out-String), ($connection | Format-List | Out-String), ($action | Out-String), ($action | Format-List | Out-String)) {
            $view | Should -BeLike '*Evil\u001b*'
            $view -replace '\x1b\[[\d;]*m', '' | Should -Not -Match '\x1b|\x07|\x9b|\u202e'
        }
    }

    It 'is shown in the text of an error, whatever part of it the service says' {
        Add-TestFault @{ match = @{ path = '/connections' }; status = 400; body = @{ type = 'configuration'; key = $hostile; message = $hostile; causedByError = @{ message = "x$hostile" } } }
        $problem = Get-TestError { Get-MembraneConnection -ErrorAction Stop }
        "$problem" | Should -Not -Match $steering
        $problem.Exception.Message | Should -Not -Match $steering
        "$problem" | Should -BeLike '*\u001b*'
        $problem.Exception.Error.Message | Should -BeExactly $hostile
    }

    It 'is shown in what completes a line' {
        $line = "Remove-MembraneConnection "
        $results = (TabExpansion2 $line $line.Length).CompletionMatches
        $results.ToolTip -join '' | Should -BeLike '*Evil\u001b*'
        $results | ForEach-Object { $_.CompletionText; $_.ListItemText; $_.ToolTip } | Where-Object { $_ -match $steering } | Should -BeNullOrEmpty
    }
}

Describe 'A field called like a member of every object' {
    AfterEach { Clear-TestFault }

    It '<_> is read' -ForEach 'Members', 'Properties', 'Methods', 'BaseObject', 'ImmediateBaseObject', 'TypeNames', 'Count', 'Length', 'Keys', 'Item' {
        Add-TestFault @{ match = @{ path = '/connections/x1' }; status = 200; body = @{ id = 'x1'; $_ = 'top'; custom = @{ $_ = 'in'; b = 1 } } }
        $read = Get-MembraneConnection x1
        $read.$_ | Should -Be 'top'
        $read.custom.$_ | Should -Be 'in'
        ($read | ConvertTo-Json | ConvertFrom-Json).PSObject.Properties[$_].Value | Should -Be 'top'
    }

    It '<_>, which the engine keeps for itself, is read from a dictionary' -ForEach 'PSObject', 'psbase', 'PSTypeNames', 'PSAdapted', 'PSExtended' {
        Add-TestFault @{ match = @{ path = '/connections/x1' }; status = 200; body = @{ id = 'x1'; $_ = 'top'; custom = @{ $_ = 'in'; b = 1 } } }
        $read = Get-MembraneConnection x1
        $read.GetUnknownFields()[$_] | Should -Be 'top'
        $read.custom[$_] | Should -Be 'in'
        $read.custom['b'] | Should -Be 1
        $read.PSObject.Properties['Id'].Value | Should -Be 'x1'
    }
}
