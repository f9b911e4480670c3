BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot
    $definition = @{
        name = 'Contacts'; key = 'contacts-map'; connectionId = $hubspot.Id; direction = 'both'
        importValue = @{ workEmail = @{ '$var' = '$.email' }; source = 'crm' }
        exportValue = @{ email = @{ '$var' = '$.workEmail' } }
    }
    $mapping = New-MembraneElement field-mapping $definition
}

AfterAll { Stop-TestWorkspace }

Describe 'Invoke-MembraneFieldMapping' {
    It 'maps values in both directions, by key, id and object' {
        $there = Invoke-MembraneFieldMapping contacts-map hubspot @{ email = 'a@example.com' } -Direction Import
        $there.workEmail, $there.source | Should -Be 'a@example.com', 'crm'
        (Invoke-MembraneFieldMapping $mapping -InputObject $there -Direction Export).email | Should -Be 'a@example.com'
        (Invoke-MembraneFieldMapping $mapping.Id $hubspot -InputJson '{"email":"b@example.com"}' -Direction Import).workEmail | Should -Be 'b@example.com'
    }

    It 'sends what the operation takes' {
        Clear-TestRequest
        $null = Invoke-MembraneFieldMapping contacts-map hubspot @{ workEmail = 'x' } -Direction Export
        $sent = @(Get-TestRequest)[-1]
        $sent.method, $sent.path | Should -Be 'POST', '/field-mappings/contacts-map/run'
        $sent.query | Should -Be "connectionId=$($hubspot.Id)"
        $body = if ($sent.body -is [string]) { $sent.body } else { $sent.body | ConvertTo-Json -Compress }
        $body | Should -Be '{"direction":"export","input":{"workEmail":"x"}}'
    }

    It 'maps each object of the pipeline, in its order, and counts those that fail' {
        $mapped = 1..20 | ForEach-Object { [pscustomobject]@{ email = "c$_@example.com" } } | Invoke-MembraneFieldMapping contacts-map hubspot -Direction Import -SummaryVariable summary
        $mapped.workEmail | Should -Be @(1..20 | ForEach-Object { "c$_@example.com" })
        $summary.Succeeded | Should -Be 20
        $none = $null, @{ email = 'd@example.com' } | Invoke-MembraneFieldMapping contacts-map hubspot -Direction Import -ErrorVariable problem -ErrorAction SilentlyContinue
        $none.workEmail | Should -Be 'd@example.com'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
    }

    It 'says what is wrong' {
        (Get-TestError { Invoke-MembraneFieldMapping nope hubspot @{ a = 1 } -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        # The mapping has both directions.
        (Get-TestError { Invoke-MembraneFieldMapping contacts-map hubspot @{ a = 1 } -ErrorAction Stop }).Exception.Message | Should -BeLike '*import or export*'
        { Invoke-MembraneFieldMapping $hubspot -InputObject @{ a = 1 } -ErrorAction Stop } | Should -Throw '*a field mapping*is needed*'
        { Invoke-MembraneFieldMapping (Get-MembraneAction create-contact -Connection $hubspot) -InputObject @{ a = 1 } -ErrorAction Stop } | Should -Throw '*a field mapping*is needed*'
    }

    It 'completes mappings, and runs none with -WhatIf' {
        $line = 'Invoke-MembraneFieldMapping contacts-'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'contacts-map'
        Clear-TestRequest
        Invoke-MembraneFieldMapping $mapping -InputObject @{ email = 'x' } -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'runs what an agent has built' {
        $session = New-MembraneAgentSession "Create a field mapping to map phone to mobile for connection $($hubspot.Id)" -Wait
        (Invoke-MembraneFieldMapping $session.Output.id hubspot @{ phone = '1' } -Direction Import).mobile | Should -Be '1'
    }
}
