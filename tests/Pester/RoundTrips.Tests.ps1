# What the service sends survives ConvertTo-Json, CLIXML, jobs and Select-Object, with every field at every depth.
BeforeDiscovery {
    $models = @(
        @{ Model = 'Connection'; Line = 'Get-MembraneConnection x1' }
        @{ Model = 'ConnectionTest'; Line = 'Test-MembraneConnection x1' }
        @{ Model = 'ConnectionRequest'; Line = 'Get-MembraneConnectionRequest x1' }
        @{ Model = 'Connector'; Line = 'Get-MembraneConnector x1' }
        @{ Model = 'Integration'; Line = 'Get-MembraneIntegration x1' }
        @{ Model = 'ExternalApp'; Line = 'Get-MembraneExternalApp x1' }
        @{ Model = 'Action'; Line = 'Get-MembraneAction x1' }
        @{ Model = 'ActionRun'; Line = 'Invoke-MembraneAction x1 -SkipInputCheck -Confirm:$false' }
        @{ Model = 'ActionRunLog'; Line = 'Get-MembraneActionRunLog x1' }
        @{ Model = 'AgentSession'; Line = 'Get-MembraneAgentSession x1' }
        @{ Model = 'AgentMessage'; Line = 'Get-MembraneAgentMessage x1' }
        @{ Model = 'DataCollection'; Line = 'Get-MembraneDataCollection x1 x1' }
        @{ Model = 'DataRecord'; Line = 'Get-MembraneRecord x1 x1 -Id x1' }
        @{ Model = 'Flow'; Line = 'Get-MembraneFlow x1' }
        @{ Model = 'FlowRun'; Line = 'Get-MembraneFlowRun x1' }
        @{ Model = 'FlowNodeRun'; Line = 'Get-MembraneFlowRun x1 -NodeKey n' }
        @{ Model = 'Tenant'; Line = 'Get-MembraneTenant x1' }
        @{ Model = 'Element'; Line = 'Get-MembraneElement -Type data-source x1' }
        @{ Model = 'SearchResult'; Line = 'Find-MembraneElement x' }
        @{ Model = 'Identity'; Line = 'Get-MembraneIdentity' }
        @{ Model = 'Workspace'; Line = 'Get-MembraneWorkspace' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $seed = if ($env:MEMBRANE_TEST_ROUNDTRIP_SEED) { [int]$env:MEMBRANE_TEST_ROUNDTRIP_SEED } else { Get-Random -Maximum 1000000 }
    Write-Host "MEMBRANE_TEST_ROUNDTRIP_SEED=$seed"
    $random = [random]::new($seed)

    function New-TestValue([int] $Depth) {
        switch ($random.Next($(if ($Depth -gt 3) { 5 } else { 8 }))) {
            0 { $null }
            1 { [bool]$random.Next(2) }
            2 { $random.Next(-1000000, 1000000) }
            3 { "text $($random.Next()) Zoë `"q`" \ / $([char]::ConvertFromUtf32(0x1F600))" }
            4 { $random.Next(1000) / 8 }
            5 { , @(for ($item = 0; $item -le $random.Next(3); $item++) { New-TestValue ($Depth + 1) }) }
            default { New-TestUnknown $Depth }
        }
    }

    function New-TestUnknown([int] $Depth) {
        $fields = [ordered]@{}
        for ($field = 0; $field -le $random.Next(3); $field++) { $fields["novel$($random.Next(100000))"] = New-TestValue ($Depth + 1) }
        $fields
    }

    function New-TestErrorData([int] $Depth) {
        $fields = [ordered]@{ type = 'connection'; message = "m$($random.Next())"; data = New-TestUnknown 2 }
        foreach ($unknown in (New-TestUnknown 2).GetEnumerator()) { $fields[$unknown.Key] = $unknown.Value }
        if ($Depth -lt 3) { $fields.causedByError = New-TestErrorData ($Depth + 1) }
        $fields
    }

    function New-TestModel([int] $Depth) {
        $fields = [ordered]@{ id = 'x1'; name = "n$($random.Next())"; meta = New-TestUnknown 2; createdAt = '2026-01-02T03:04:05.678Z' }
        foreach ($unknown in (New-TestUnknown 0).GetEnumerator()) { $fields[$unknown.Key] = $unknown.Value }
        foreach ($name in 'error', 'requestError', 'resultError') { $fields[$name] = New-TestErrorData 0 }
        $fields.errors = @((New-TestErrorData 0), (New-TestErrorData 1))
        $fields.clientAction = [ordered]@{ type = 'x' } + (New-TestUnknown 1)
        if ($Depth -lt 1) { $fields.connection = New-TestModel ($Depth + 1); $fields.element = New-TestModel ($Depth + 1); $fields.workspaces = @(New-TestModel ($Depth + 1)) }
        $fields
    }

    # The paths of a JSON value with what stands there; names without regard to case, since properties have theirs as documented.
    function Get-TestPath($Value, [string] $Path = '', [System.Collections.Generic.HashSet[string]] $Into) {
        if ($Value -is [System.Text.Json.JsonElement]) {
            switch ($Value.ValueKind.ToString()) {
                'Object' { foreach ($member in $Value.EnumerateObject()) { Get-TestPath $member.Value "$Path/$($member.Name.ToLowerInvariant())" $Into }; return }
                'Array' { $index = 0; foreach ($item in $Value.EnumerateArray()) { Get-TestPath $item "$Path/$index" $Into; $index++ }; return }
                'Number' { $null = $Into.Add("$Path=" + $Value.GetDouble().ToString('R', [cultureinfo]::InvariantCulture)); return }
                'String' {
                    $text = $Value.GetString()
                    $null = $Into.Add("$Path='" + $(if ($text -match '^\d{4}-\d\d-\d\dT') { ([datetimeoffset]$text).UtcDateTime.ToString('o') } else { $text }))
                    return
                }
                default { $null = $Into.Add("$Path=$_") }
            }
        }
    }

    function Get-TestPathSet([string] $Json) {
        $set = [System.Collections.Generic.HashSet[string]]::new()
        Get-TestPath ([System.Text.Json.JsonDocument]::Parse($Json).RootElement) '' $set
        , $set
    }

    # What of the service's JSON another JSON lacks.
    function Get-TestLoss([string] $Sent, [string] $Back) {
        $lost = Get-TestPathSet $Sent
        $lost.ExceptWith((Get-TestPathSet $Back))
        $lost
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Every field of <Model>' -ForEach $models {
    BeforeAll {
        $fields = New-TestModel 0
        # These the module makes itself, of the element and of another request.
        $made = @{ SearchResult = 'name'; Identity = 'workspaces' }[$Model]
        if ($made) { $fields.Remove($made) }
        $sent = $fields | ConvertTo-Json -Depth 30
        Add-TestFault @{ match = @{ path = '*' }; status = 200; body = ($fields + @{ items = @($fields); record = $fields }) }
        $read = @(& ([scriptblock]::Create($Line)))[0]
        Clear-TestFault
    }

    It 'is in JSON' { Get-TestLoss $sent ($read | ConvertTo-Json -Depth 30) | Should -BeNullOrEmpty -Because "the seed is $seed" }

    It 'is in CLIXML' {
        $file = Join-Path $TestDrive 'model.xml'
        $read | Export-Clixml -LiteralPath $file -Depth 30
        $back = Import-Clixml -LiteralPath $file
        # CLIXML has no offsets: a time comes back as an object with its parts.
        Get-TestLoss $sent ($back | ConvertTo-Json -Depth 30) | Where-Object { $_ -notmatch '/createdat=' } | Should -BeNullOrEmpty -Because "the seed is $seed"
        if ($read.CreatedAt -is [datetimeoffset]) { $back.CreatedAt.UtcDateTime | Should -Be $read.CreatedAt.UtcDateTime }
    }

    It 'is in what Select-Object makes' { Get-TestLoss $sent ($read | Select-Object -Property * | ConvertTo-Json -Depth 30) | Should -BeNullOrEmpty -Because "the seed is $seed" }

    It 'comes out of a job' {
        Get-TestLoss $sent (Start-ThreadJob { $using:read } | Receive-Job -Wait -AutoRemoveJob | ConvertTo-Json -Depth 30) | Should -BeNullOrEmpty -Because "the seed is $seed"
    }
}
