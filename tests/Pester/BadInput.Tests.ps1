BeforeDiscovery {
    # Each command with the parameter that takes an id or key, and what else it needs.
    $byId = @(
        @{ Cmdlet = 'Get-MembraneConnection'; Parameter = 'Connection' }
        @{ Cmdlet = 'Set-MembraneConnection'; Parameter = 'Connection'; More = @{ Name = 'x' } }
        @{ Cmdlet = 'Remove-MembraneConnection'; Parameter = 'Connection'; More = @{ Confirm = $false } }
        @{ Cmdlet = 'Restore-MembraneConnection'; Parameter = 'Connection' }
        @{ Cmdlet = 'Test-MembraneConnection'; Parameter = 'Connection' }
        @{ Cmdlet = 'Wait-MembraneConnection'; Parameter = 'Connection' }
        @{ Cmdlet = 'Disconnect-MembraneConnection'; Parameter = 'Connection'; More = @{ Confirm = $false } }
        @{ Cmdlet = 'Update-MembraneConnectionCredential'; Parameter = 'Connection' }
        @{ Cmdlet = 'Connect-MembraneApp'; Parameter = 'Connection' }
        @{ Cmdlet = 'Get-MembraneConnectUri'; Parameter = 'Connection' }
        @{ Cmdlet = 'Get-MembraneConnector'; Parameter = 'Connector' }
        @{ Cmdlet = 'Get-MembraneIntegration'; Parameter = 'Integration' }
        @{ Cmdlet = 'Get-MembraneExternalApp'; Parameter = 'ExternalApp' }
        @{ Cmdlet = 'Get-MembraneAction'; Parameter = 'Action' }
        @{ Cmdlet = 'Set-MembraneAction'; Parameter = 'Action'; More = @{ Name = 'x' } }
        @{ Cmdlet = 'Remove-MembraneAction'; Parameter = 'Action'; More = @{ Confirm = $false } }
        @{ Cmdlet = 'Restore-MembraneAction'; Parameter = 'Action' }
        @{ Cmdlet = 'Copy-MembraneAction'; Parameter = 'Action' }
        @{ Cmdlet = 'Wait-MembraneAction'; Parameter = 'Action' }
        @{ Cmdlet = 'Invoke-MembraneAction'; Parameter = 'Action' }
        @{ Cmdlet = 'Test-MembraneActionInput'; Parameter = 'Action' }
        @{ Cmdlet = 'Get-MembraneActionRunLog'; Parameter = 'ActionRunLog' }
        @{ Cmdlet = 'Get-MembraneAgentSession'; Parameter = 'AgentSession' }
        @{ Cmdlet = 'Wait-MembraneAgentSession'; Parameter = 'AgentSession' }
        @{ Cmdlet = 'Stop-MembraneAgentSession'; Parameter = 'AgentSession' }
        @{ Cmdlet = 'Send-MembraneAgentMessage'; Parameter = 'AgentSession'; More = @{ Message = 'x' } }
        @{ Cmdlet = 'Get-MembraneAgentMessage'; Parameter = 'AgentSession' }
        @{ Cmdlet = 'Get-MembraneConnectionRequest'; Parameter = 'ConnectionRequest' }
    )
    $bad = @(
        @{ What = 'a dot path'; Bad = '..' }
        @{ What = 'a path'; Bad = '../connections/con_1' }
        @{ What = 'a separator'; Bad = 'a/b' }
        @{ What = 'a backslash'; Bad = 'a\b' }
        @{ What = 'a newline'; Bad = "a`r`nHost: x" }
        @{ What = 'whitespace'; Bad = '  ' }
        @{ What = 'nothing'; Bad = '' }
        @{ What = 'null'; Bad = $null }
        @{ What = '10 MB of text'; Bad = 'x' * 10MB }
        @{ What = 'a number'; Bad = 42 }
        @{ What = 'a hashtable'; Bad = @{ a = 1 } }
    )
    $cases = foreach ($command in $byId) { foreach ($value in $bad) { $command + $value } }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    function Invoke-Bad {
        $more = $More
        if (-not $more) { $more = @{} }
        $named = @{ $Parameter = $Bad }
        Get-TestError { & $Cmdlet @named @more -ErrorAction Stop }
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Ids and keys' {
    It '<Cmdlet> -<Parameter> sends nothing for <What>, and names the parameter' -ForEach $cases {
        Clear-TestRequest
        $problem = Invoke-Bad
        @(Get-TestRequest).Count | Should -Be 0
        "$problem" | Should -Match "$Parameter|RequestId"
        "$problem".Length | Should -BeLessThan 2000
    }
}

Describe 'Other values' {
    It '<Line> is refused before any request, naming <Name>' -ForEach @(
        @{ Name = 'TimeoutSec'; Line = 'Wait-MembraneConnection x -TimeoutSec 0' }
        @{ Name = 'TimeoutSec'; Line = 'Connect-MembraneApp slack -TimeoutSec -1' }
        @{ Name = 'PageSize'; Line = 'Get-MembraneConnector -PageSize 1001' }
        @{ Name = 'First'; Line = 'Get-MembraneIntegration -First -1' }
        @{ Name = 'Status'; Line = 'Get-MembraneAgentSession -Status asleep' }
        @{ Name = 'Status'; Line = 'Get-MembraneActionRunLog -Status maybe' }
        @{ Name = 'Layer'; Line = 'Get-MembraneAction -Layer cake' }
        @{ Name = 'From'; Line = 'Get-MembraneActionRunLog -From yesterday-ish' }
        @{ Name = 'Credentials'; Line = 'New-MembraneConnection -IntegrationKey slack -Credentials text' }
        @{ Name = 'Meta'; Line = 'Set-MembraneConnection x -Meta 5' }
        @{ Name = 'Key'; Line = 'New-MembraneConnection -IntegrationKey slack -Key ("k" * 101)' }
        @{ Name = 'ConnectionKey'; Line = 'Connect-MembraneApp slack -ConnectionKey ""' }
        @{ Name = 'Query'; Line = 'Find-MembraneElement "" -Semantic' }
        @{ Name = 'ElementType'; Line = 'Find-MembraneElement x -ElementType "a/b"' }
        @{ Name = 'UiUri'; Line = 'Get-MembraneConnectUri slack -UiUri "ftp://x.example"' }
        @{ Name = 'Api'; Line = 'Invoke-MembraneAction -Api $null' }
        @{ Name = 'Code'; Line = 'Invoke-MembraneAction -Code ""' }
        @{ Name = 'Prompt'; Line = 'New-MembraneAgentSession "  "' }
        @{ Name = 'Message'; Line = 'Send-MembraneAgentMessage "" x' }
        @{ Name = 'Context'; Line = 'Get-MembraneConnector -Context no-such-context' }
        @{ Name = 'Context'; Line = 'Remove-MembraneConnection x -Context 5 -Confirm:$false' }
    ) {
        Clear-TestRequest
        $problem = Get-TestError { & ([scriptblock]::Create("$Line -ErrorAction Stop")) }
        "$problem" | Should -BeLike "*$Name*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It '-From and -To read ISO 8601 in the calendar of ISO 8601, whatever the culture: <Culture>' -ForEach @(
        @{ Culture = 'th-TH' }, @{ Culture = 'fa-IR' }, @{ Culture = 'ar-SA' }, @{ Culture = 'en-US' }
    ) {
        $before = [cultureinfo]::CurrentCulture
        foreach ($command in 'Get-MembraneActionRunLog', 'Get-MembraneFlowRun', 'Get-MembraneAgentSession') {
            try {
                [cultureinfo]::CurrentCulture = $Culture
                foreach ($time in '2026-01-02', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05+02:00') {
                    Clear-TestRequest
                    & $command -From $time -To $time -ErrorAction SilentlyContinue
                    (Get-TestRequest | Select-Object -Last 1).query | Should -BeLike '*2026-01-0*2026-01-0*'
                }
            }
            finally { [cultureinfo]::CurrentCulture = $before }
        }
    }

    It 'a context that was disconnected is named' -ForEach @(
        @{ Line = 'Get-MembraneConnector -Context $gone' }, @{ Line = 'Remove-MembraneConnection x -Context $gone -Confirm:$false' }, @{ Line = 'Invoke-MembraneAction x y -Context $gone' }
        @{ Line = 'Connect-MembraneApp slack -Context $gone' }, @{ Line = 'Get-MembraneConnectUri slack -Context $gone' }, @{ Line = 'New-MembraneAgentSession x -Context $gone' }
    ) {
        Connect-Membrane -Emulator -TenantKey 'gone' -Name gone
        $gone = Get-MembraneContext gone
        Disconnect-Membrane gone
        Select-MembraneContext default
        Clear-TestRequest
        $problem = Get-TestError { & ([scriptblock]::Create($Line)) }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ContextDisconnected,*'
        "$problem" | Should -BeLike "*'gone'*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'a key that means several connections is named with all of them' -ForEach @(
        @{ Line = 'Remove-MembraneConnection slack -Confirm:$false' }, @{ Line = 'Set-MembraneConnection slack -Name x' }, @{ Line = 'Disconnect-MembraneConnection slack -Confirm:$false' }
        @{ Line = 'Test-MembraneConnection slack' }, @{ Line = 'Wait-MembraneConnection slack' }, @{ Line = 'Get-MembraneActionRunLog -Connection slack' }
    ) {
        if (@(Get-MembraneConnection -IntegrationKey slack).Count -lt 2) {
            $null = New-TestConnection slack -Name 'One'
            $null = New-TestConnection slack -Name 'Two' -AllowMultipleConnections
        }

        Clear-TestRequest
        $problem = Get-TestError { & ([scriptblock]::Create("$Line -ErrorAction Stop")) }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Ambiguous,*'
        foreach ($connection in Get-MembraneConnection -IntegrationKey slack) { "$problem" | Should -BeLike "*$($connection.Id)*" }
        Get-TestChange | Should -BeNullOrEmpty
    }
}

Describe 'Parameters that would have no effect' {
    It '<Line> is refused before any request, naming <Name>' -ForEach @(
        @{ Name = 'TimeoutSec'; Line = 'New-MembraneAgentSession x -TimeoutSec 9' }
        @{ Name = 'TimeoutSec'; Line = 'Send-MembraneAgentMessage x ases_1 -TimeoutSec 9 -Wait:$false' }
        @{ Name = 'TimeoutSec'; Line = 'Resolve-MembraneConnection slack.com -TimeoutSec 9 -WhatIf' }
        @{ Name = 'TimeoutSec'; Line = 'Start-MembraneFlow x -TimeoutSec 9' }
        @{ Name = 'First'; Line = 'Get-MembraneConnection x -First 1' }
        @{ Name = 'Skip'; Line = 'Get-MembraneAction x -Connection slack -Skip 1' }
        @{ Name = 'IncludeTotalCount'; Line = 'Get-MembraneConnector x -IncludeTotalCount' }
        @{ Name = 'First'; Line = 'Get-MembraneIntegration x -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneExternalApp x -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneActionRunLog x -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneAgentSession x -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneDataCollection x -Connection slack -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneRecord contacts -Record x -Connection slack -First 1' }
        @{ Name = 'First'; Line = 'Find-MembraneRecord contacts -Match @{ a = 1 } -Connection slack -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneElement action x -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneFlow x -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneFlowRun x -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneFlowRun x -NodeKey a -NodeRunId b -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneTenant x -First 1' }
        @{ Name = 'First'; Line = 'Get-MembraneWorkspace x -First 1' }
    ) {
        Clear-TestRequest
        $problem = Get-TestError { & ([scriptblock]::Create($Line)) }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $problem.Exception.ParameterName | Should -Be $Name
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'one error says it for a whole pipeline' {
        Clear-TestRequest
        (Get-TestError { 'a', 'b' | Get-MembraneConnection -First 1 }).Exception.ParameterName | Should -Be 'First'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'the size of pages belongs to lists alone' {
        $paged = Get-Command -Module Membrane | Where-Object { $_.Parameters['PageSize'] -and $_.Parameters['First'] -and $_.Name -ne 'Invoke-MembraneRequest' }
        $paged.Count | Should -BeGreaterThan 10
        $paged | Where-Object { "$($_.Parameters['PageSize'].ParameterSets.Keys)" -ne 'List' } | Should -BeNullOrEmpty
    }

    It 'defaults that stand for many commands are no demand' {
        $con = New-TestConnection github
        $session = New-MembraneAgentSession 'Build something'
        $PSDefaultParameterValues = @{ '*-Membrane*:TimeoutSec' = 9; '*-Membrane*:First' = 1; 'Get-Membrane*:PageSize' = 7; '*:IncludeTotalCount' = $true }
        (Get-MembraneConnection $con.Id).Id | Should -Be $con.Id
        (New-MembraneAgentSession 'Build more').Id | Should -Not -BeNullOrEmpty
        Clear-TestRequest
        $null = Get-MembraneConnection
        (Get-TestRequest).query | Should -BeLike '*limit=*'
    }
}

Describe 'Rehearsals' {
    BeforeAll { $connection = New-TestConnection hubspot }

    It '<Line> -WhatIf is refused like the change itself, naming <Name>' -ForEach @(
        @{ Name = 'Name'; Line = 'Set-MembraneTenant x' }
        @{ Name = 'Fields'; Line = 'Set-MembraneTenant x -Fields @{ a = { 1 } }' }
        @{ Name = 'Name'; Line = 'New-MembraneTenant " "' }
        @{ Name = 'Definition'; Line = 'Set-MembraneElement action x -Definition 5' }
        @{ Name = 'Definition'; Line = 'Set-MembraneElement action x -Definition @{}' }
        @{ Name = 'Definition'; Line = 'New-MembraneElement action 5' }
        @{ Name = 'Fields'; Line = 'Set-MembraneRecord contacts $connection -Record x -Fields 5' }
        @{ Name = 'Fields'; Line = 'Set-MembraneRecord contacts $connection -Record x -Fields @{}' }
        @{ Name = 'Fields'; Line = 'New-MembraneRecord contacts $connection -Fields 5' }
        @{ Name = 'Property'; Line = 'Set-MembraneConnection x' }
        @{ Name = 'Property'; Line = 'Set-MembraneAction x' }
        @{ Name = 'Config'; Line = 'Set-MembraneAction x -Config @{ a = { 1 } }' }
        @{ Name = 'Config'; Line = 'New-MembraneAction x -Config @{ a = { 1 } }' }
        @{ Name = 'Name'; Line = 'New-MembraneAction' }
        @{ Name = 'IntegrationKey'; Line = 'New-MembraneConnection x' }
        @{ Name = 'InputObject'; Line = 'Start-MembraneFlow x -InputObject @{ a = { 1 } }' }
    ) {
        Clear-TestRequest
        $messages = foreach ($rehearsal in '', ' -WhatIf') {
            $problem = Get-TestError { & ([scriptblock]::Create("$Line$rehearsal -ErrorAction Stop")) }
            $problem.Exception.ParameterName | Should -Be $Name
            "$problem"
        }

        $messages[1] | Should -Be $messages[0]
        Get-TestChange | Should -BeNullOrEmpty
    }
}

Describe 'Dictionaries' {
    It 'of any kind are taken like hashtables: <Line>' -ForEach @(
        @{ Line = 'New-MembraneConnection x -IntegrationKey slack -Credentials $typed -Property $typed -WhatIf' }
        @{ Line = 'Set-MembraneElement action x -Definition $typed -WhatIf' }
        @{ Line = 'Set-MembraneRecord contacts $connection -Record x -Fields $typed -WhatIf' }
        @{ Line = 'Connect-Membrane -Emulator -TenantKey typed -Name typed -TenantField $typed' }
        @{ Line = 'Get-MembraneElement integration -Filter $search' }
        @{ Line = 'Invoke-MembraneAction -Connection $connection -Api $request -WhatIf' }
        @{ Line = 'New-MembraneAgentSession x -Attachment $attachment -WhatIf' }
    ) {
        $connection = New-TestConnection hubspot
        $typed, $search, $request, $attachment = 1..4 | ForEach-Object { [System.Collections.Generic.Dictionary[string, object]]::new() }
        $typed['plan'] = 'pro'
        $search['search'] = 'slack'
        $request['path'] = '/contacts'
        $request['query'] = $typed
        $attachment['title'] = 'a'
        $attachment['data'] = 1
        { & ([scriptblock]::Create("$Line -ErrorAction Stop")) } | Should -Not -Throw
        Select-MembraneContext default
    }
}

Describe 'Files without an end, without content or of gigabytes' -Skip:$IsWindows {
    BeforeAll {
        # One line of 2 GB, which takes no room.
        $huge = Join-Path $TestDrive 'huge'
        $stream = [System.IO.File]::Create($huge)
        $stream.SetLength(2GB + 1)
        $stream.Dispose()
        $savedHome = $env:MEMBRANE_HOME
    }

    AfterAll { $env:MEMBRANE_HOME = $savedHome }

    It '<Name> says what is wrong with <File>' -ForEach @(
        foreach ($file in '/dev/zero', '/dev/full', '/dev/null', 'HUGE') {
            @{ Name = 'Connect-Membrane -PrivateKeyPath'; File = $file; Line = 'Connect-Membrane -WorkspaceKey k -TenantKey t -PrivateKeyPath FILE -Name files' }
            @{ Name = 'New-MembraneToken -PrivateKeyPath'; File = $file; Line = 'New-MembraneToken t -WorkspaceKey k -PrivateKeyPath FILE' }
            @{ Name = 'Test-MembraneToken -PublicKeyPath'; File = $file; Line = 'Test-MembraneToken $token -PublicKeyPath FILE' }
            @{ Name = 'Start-MembraneEmulator -CatalogPath'; File = $file; Line = 'Start-MembraneEmulator -CatalogPath FILE' }
        }

        foreach ($file in '/dev/zero', '/dev/full', 'HUGE') {
            @{ Name = 'Invoke-MembraneRequest -InFile'; File = $file; Line = 'Invoke-MembraneRequest /connections -Method POST -InFile FILE' }
            @{ Name = 'New-MembraneAgentSession -Attachment'; File = $file; Line = 'New-MembraneAgentSession x -Attachment FILE' }
            @{ Name = 'Start-MembraneEmulator -StatePath'; File = $file; Line = 'Start-MembraneEmulator -StatePath FILE' }
        }

        @{ Name = 'Invoke-MembraneRequest -OutFile'; File = '/dev/full'; Line = 'Invoke-MembraneRequest /self -OutFile FILE' }
        @{ Name = 'Export-MembraneWorkspace -Path'; File = '/dev/null'; Line = 'Export-MembraneWorkspace FILE -Context managers' }
        @{ Name = 'Export-MembraneWorkspace -Path'; File = '/dev/full'; Line = 'Export-MembraneWorkspace FILE -Context managers' }
        @{ Name = 'Import-MembraneWorkspace -Path'; File = '/dev/null'; Line = 'Import-MembraneWorkspace FILE -Context managers -Confirm:$false' }
        @{ Name = 'Export-MembraneApp -Path'; File = '/dev/null'; Line = 'Export-MembraneApp $connection FILE' }
        @{ Name = 'Export-MembraneApp -Path'; File = 'HUGE'; Line = 'Export-MembraneApp $connection FILE' }
    ) {
        Connect-Membrane -Emulator -Manager -Name managers -InformationAction Ignore
        Select-MembraneContext default
        if (-not $connection) { $connection = New-TestConnection slack -AllowMultipleConnections }
        $token = New-MembraneToken ada
        $before = (Get-Process -Id $PID).WorkingSet64
        $problem = Get-TestError { & ([scriptblock]::Create($Line.Replace('FILE', $File.Replace('HUGE', $huge)) + ' -ErrorAction Stop')) }
        $problem.FullyQualifiedErrorId | Should -Not -BeLike 'Unexpected*'
        $problem.Exception | Should -BeOfType ([Membrane.MembraneException])
        "$problem" | Should -Not -Match 'OutOfMemory|Object reference'
        (Get-Process -Id $PID).WorkingSet64 - $before | Should -BeLessThan 1GB
    }

    It 'the store of sign-ins says what is wrong with <File>' -ForEach @{ File = '/dev/zero' }, @{ File = '/dev/full' }, @{ File = 'HUGE' } {
        $env:MEMBRANE_HOME = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $env:MEMBRANE_HOME
        $null = New-Item -ItemType SymbolicLink (Join-Path $env:MEMBRANE_HOME 'credentials.json') -Target $File.Replace('HUGE', $huge)
        $problem = Get-TestError { Connect-Membrane -Name stored }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CredentialStore,*'
        "$problem" | Should -Match 'larger than 16 MB'
    }
}
