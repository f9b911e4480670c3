# Names and shapes that PowerShell users expect.
BeforeDiscovery {
    Import-Module $env:MEMBRANE_TEST_MODULE
    $common = [System.Management.Automation.Cmdlet]::CommonParameters
    # The input of an action or a flow has a parameter of its own for JSON, a body is sent as it is, a token comes in several forms.
    $others = 'InputObject', 'Body', 'App', 'Tool', 'Attachment', 'AppCommand', 'Token', 'CheckpointToken'
    $structured = foreach ($command in Get-Command -Module Membrane) {
        foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Name -notin $common -and $_.Name -notin $others }) {
            if ($parameter.ParameterType -in [System.Collections.IDictionary], [psobject], [object]) { @{ Command = $command.Name; Parameter = $parameter.Name } }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $null = Start-TestWorkspace
    $connection = New-TestConnection hubspot -Name 'Sales Europe'
}

AfterAll { Stop-TestWorkspace }

Describe 'A structured value' {
    It '<Command> -<Parameter> takes a hashtable, an object and JSON' -ForEach $structured {
        # New-MembraneRecord reads a row where it is counted.
        $info = (Get-Command $Command).Parameters[$Parameter]
        $transformation = @($info.Attributes | Where-Object { $_.TypeId.Name -in 'DictionaryTransformationAttribute', 'JsonTransformationAttribute' })
        if ($Command -eq 'New-MembraneRecord' -and $Parameter -eq 'Fields') { return }
        $transformation.Count | Should -Be 1
        foreach ($value in @{ a = @{ b = 1 } }, [pscustomobject]@{ a = [pscustomobject]@{ b = 1 } }, '{"a":{"b":1}}') {
            $read = $transformation[0].Transform($null, $value)
            $read.a.b | Should -Be 1
            [System.Management.Automation.LanguagePrimitives]::ConvertTo($read, $info.ParameterType) | Should -Not -BeNullOrEmpty
        }

        { $transformation[0].Transform($null, '{"a":') } | Should -Throw '*not valid JSON*'
        { $transformation[0].Transform($null, '[1,') } | Should -Throw '*not valid JSON*'
    }

    It 'is sent the same in every form' -ForEach @(
        @{ Form = 'a hashtable'; Schema = @{ type = 'object'; properties = @{ email = @{ type = 'string' } } }; Settings = @{ path = '/x'; n = 1 } }
        @{ Form = 'an object'; Schema = [pscustomobject]@{ type = 'object'; properties = @{ email = @{ type = 'string' } } }; Settings = [pscustomobject]@{ path = '/x'; n = 1 } }
        @{ Form = 'JSON'; Schema = '{"type":"object","properties":{"email":{"type":"string"}}}'; Settings = '{"path":"/x","n":1}' }
    ) {
        $made = New-MembraneAction "By $Form" $connection -InputSchema $Schema -Config $Settings -Meta '{"team":"sales"}' -OutputMapping 'text'
        $made.InputSchema.properties.email.type | Should -Be 'string'
        $made.Config.path | Should -Be '/x'
        $made.Config.n | Should -Be 1
        $made.Meta.team | Should -Be 'sales'
        $made.OutputMapping | Should -Be 'text'
        $made | Remove-MembraneAction -Confirm:$false
    }

    It 'that is a JSON list or no JSON is refused, naming the parameter' -ForEach @(
        @{ Line = "New-MembraneAction x -Config '[1]'"; Parameter = 'Config' }
        @{ Line = "New-MembraneAction x -Config 'text'"; Parameter = 'Config' }
        @{ Line = "New-MembraneAction x -InputSchema 'text'"; Parameter = 'InputSchema' }
        @{ Line = "New-MembraneAction x -InputSchema '5'"; Parameter = 'InputSchema' }
        @{ Line = "New-MembraneAction x -Meta 5"; Parameter = 'Meta' }
    ) {
        Clear-TestRequest
        "$(Get-TestError ([scriptblock]::Create($Line)))" | Should -BeLike "*$Parameter*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'is a row of New-MembraneRecord, too' {
        ('{"name":"Json","email":"j@x.example"}' | New-MembraneRecord contacts $connection | Get-MembraneRecord).Fields.name | Should -Be 'Json'
        $problems = @()
        'no json', '{"name":"Next","email":"n@x.example"}' | New-MembraneRecord contacts $connection -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue | Should -HaveCount 1
        $problems[0].Exception.ParameterName | Should -Be 'Fields'
        $account.Total | Should -Be 2
    }
}

Describe 'The input comes after the connection' {
    It 'of an action' {
        (Invoke-MembraneAction create-contact $connection @{ email = 'p@x.example' }).ActionRunId | Should -Not -BeNullOrEmpty
        (Get-TestRequest | Where-Object path -like '*/run' | Select-Object -Last 1).body | Should -BeLike '*p@x.example*'
    }

    It 'of a check' { (Test-MembraneActionInput create-contact $connection @{ email = 5 }).IsValid | Should -BeFalse }

    It 'of a record' {
        $record = New-MembraneRecord contacts $connection @{ name = 'P'; email = 'p2@x.example' }
        Set-MembraneRecord contacts $connection @{ name = 'Q' } -Id $record.Id
        ($record | Get-MembraneRecord).Fields.name | Should -Be 'Q'
    }

    It 'of a flow' { (Get-Command Start-MembraneFlow).Parameters.InputObject.ParameterSets.Values.Position | Should -Be 2 }
}

Describe 'Values without names' {
    # The engine binds a function with the parameters of the cmdlet, and the function says what it got.
    It 'of <_> go where its syntax says' -ForEach @((Get-Command -Module Membrane -CommandType Cmdlet).Name) {
        $command = Get-Command $_
        $twin = [System.Management.Automation.CommandMetadata]::new($command)
        $parameters = foreach ($parameter in $twin.Parameters.Values) {
            $attributes = foreach ($attribute in $parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.ParameterAttribute] }) {
                $words = @("ParameterSetName = '$($attribute.ParameterSetName)'")
                if ($attribute.Position -ge 0) { $words += "Position = $($attribute.Position)" }
                if ($attribute.Mandatory) { $words += 'Mandatory' }
                "[Parameter($($words -join ', '))]"
            }
            $kind = if ($parameter.SwitchParameter) { '[switch]' } else { '[object]' }
            "$($attributes -join ' ') $kind `$$($parameter.Name)"
        }
        $default = if ($twin.DefaultParameterSetName) { "DefaultParameterSetName = '$($twin.DefaultParameterSetName)'" }
        $bound = [scriptblock]::Create("[CmdletBinding($default)] param($($parameters -join ', ')) `$PSBoundParameters")
        foreach ($set in $command.ParameterSets) {
            # As the syntax shows them: by position, whatever the numbers are.
            $unnamed = @($set.Parameters | Where-Object Position -GE 0 | Sort-Object Position)
            $named = @{}
            foreach ($parameter in $set.Parameters | Where-Object { $_.IsMandatory -and $_.Position -lt 0 }) { $named[$parameter.Name] = if ($parameter.ParameterType -eq [switch]) { $true } else { 'named' } }
            # What must be there takes what may be there before it along.
            $needed = 1 + @(0..$unnamed.Count | Where-Object { $unnamed[$_].IsMandatory } | Select-Object -Last 1)[0]
            for ($count = $needed; $count -le $unnamed.Count; $count++) {
                $values = @(1..$count | ForEach-Object { "value $_" })
                $got = & $bound @values @named
                for ($index = 0; $index -lt $count; $index++) {
                    $got[$unnamed[$index].Name] | Should -Be $values[$index] -Because "the syntax of the set $($set.Name) has -$($unnamed[$index].Name) in place $($index + 1) of $count"
                }
            }
        }
    }
}

Describe 'A connection by its name' {
    BeforeAll {
        $west = New-TestConnection slack -Name 'Sales West'
        $null = New-TestConnection github -Name 'Notes [team]'
    }

    It 'is found by wildcards' {
        @(Get-MembraneConnection 'Sales*').Name | Sort-Object | Should -Be 'Sales Europe', 'Sales West'
        @(Get-MembraneConnection 'sales w?st').Name | Should -Be 'Sales West'
        @('*Europe' | Get-MembraneConnection).Name | Should -Be 'Sales Europe'
        @(Get-MembraneConnection 'Nobody*').Count | Should -Be 0
        @(Get-MembraneConnection 'Sales*' -First 1).Count | Should -Be 1
    }

    It 'is found by its exact name, after ids and keys' {
        (Get-MembraneConnection 'Sales West').Id | Should -Be $west.Id
        (Get-MembraneConnection 'SALES WEST').Id | Should -Be $west.Id
        (Get-MembraneConnection slack).Id | Should -Be $west.Id
        (Get-MembraneConnection 'Notes [team]').Name | Should -Be 'Notes [team]'
    }

    It 'comes in the order of what was asked for' {
        @(Get-MembraneConnection slack, '*Europe', $west.Id).Name | Should -Be 'Sales West', 'Sales Europe', 'Sales West'
    }

    It 'is no part of another name' { "$(Get-TestError { Get-MembraneConnection 'Sales' -ErrorAction Stop })" | Should -BeLike '*Sales*' }

    It 'that several have is ambiguous' {
        $first = New-TestConnection gmail -Name 'Twice'
        $second = New-TestConnection weather-station -Name 'twice'
        $problem = Get-TestError { Get-MembraneConnection 'Twice' -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Ambiguous*'
        "$problem" | Should -BeLike "*$($first.Id)*"
        "$problem" | Should -BeLike "*$($second.Id)*"
    }

    It 'does not name what is changed' {
        { Remove-MembraneConnection 'Sales*' -Confirm:$false -ErrorAction Stop } | Should -Throw
        @(Get-MembraneConnection 'Sales*').Count | Should -Be 2
    }
}
