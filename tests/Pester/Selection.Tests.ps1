# Nothing is not everything: a parameter that selects refuses null, blank text and empty lists, by name and through the pipeline.
BeforeDiscovery {
    Import-Module $env:MEMBRANE_TEST_MODULE
    $commands = Get-Command -Module Membrane
    $nouns = @($commands.Noun -replace '^Membrane' | Where-Object { $_ } | Select-Object -Unique)
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters

    # These look like a selection, and are none.
    $exceptions = @{
        'Set-MembraneConnection -Key'                   = 'an empty text takes the key away'
        'Invoke-MembraneAction -CheckpointKey'          = 'the name of a property of the input'
        'Invoke-MembraneAction -CheckpointPath'         = 'a file that is written'
        'Get-MembraneConnectUri -Name'                  = 'what the connection will be called'
        'Get-MembraneConnectUri -RedirectUri'           = 'where a person is sent afterwards'
        'Get-MembraneConnectUri -ConnectorParameters'   = 'settings of the connection to be made'
        'Get-MembraneMcpServer -TokenVariable'          = 'the name of a variable'
    }

    # Derived from what a parameter is, so that a new one cannot be forgotten.
    function Test-Selecting($Command, $Parameter) {
        $type = $Parameter.ParameterType
        if ($type.IsArray) { $type = $type.GetElementType() }
        if ($type -in [switch], [securestring], [pscredential], [scriptblock]) { return $false }
        # Numbers cannot be null, and counting is no choice; a value that may be absent is one.
        if ($type.IsValueType -and -not [Nullable]::GetUnderlyingType($type)) { return $false }
        if ($Parameter.Name -match 'Sec$|Size$|Limit$') { return $false }
        if ($type.Name -like '*Reference' -or $type.Namespace -eq 'Membrane') { return $true }
        if (@($Parameter.Name) + $Parameter.Aliases -match '(Id|Key|Path|Version)s?$' -and $Parameter.Name -ne 'ModuleVersion') { return $true }
        if ($Parameter.Name -in $nouns) { return $true }
        if ($Parameter.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute') { return $true }
        $Command.Verb -in 'Get', 'Find'
    }

    $selecting = foreach ($command in $commands) {
        foreach ($parameter in $command.Parameters.Values) {
            $name = "$($command.Name) -$($parameter.Name)"
            if ($parameter.Name -notin $common -and -not $exceptions.ContainsKey($name) -and (Test-Selecting $command $parameter)) {
                @{ Command = $command.Name; Parameter = $parameter.Name }
            }
        }
    }

    # Patterns that are compared here. The others are paths, in which a bracket may be part of a name, or know no other wildcard than *.
    $patterns = $selecting | Where-Object { (Get-Command $_.Command).Parameters[$_.Parameter].Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute' } |
        Where-Object { "$($_.Command) -$($_.Parameter)" -notin 'Get-MembraneCheckpoint -Path', 'Invoke-MembraneAction -PriorCheckpoint', 'Add-MembraneEmulatorFault -Path', 'Find-MembraneCommand -Uri', 'Find-MembraneCommand -Command' }
    $cases = Get-Content -Raw -LiteralPath "$PSScriptRoot/../cases/nulls.json" | ConvertFrom-Json | ForEach-Object { @{ Line = $_.command; Parameter = $_.parameter } }
    $known = foreach ($name in $exceptions.Keys) { @{ Name = $name; Command = ($name -split ' -')[0]; Parameter = ($name -split ' -')[1] } }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $null = Start-TestWorkspace
    $null = New-TestConnection hubspot
    $null = New-TestConnection slack
    Connect-Membrane -Emulator -Manager -Name manager
    Select-MembraneContext default

    $nothing = @(
        @{ What = 'null'; Value = $null }
        @{ What = 'an empty text'; Value = '' }
        @{ What = 'blanks'; Value = ' ' }
        @{ What = 'an empty list'; Value = @() }
        @{ What = 'a list of null'; Value = @($null) }
        @{ What = 'DBNull'; Value = [DBNull]::Value }
        @{ What = 'an empty hashtable'; Value = @{} }
        @{ What = 'an object without properties'; Value = [pscustomobject]@{} }
        @{ What = 'no output'; Value = [System.Management.Automation.Internal.AutomationNull]::Value }
    )

    # A value that the engine takes for a parameter that is not the one that is tried.
    function Get-Sample($Parameter) {
        $set = @($Parameter.Attributes | Where-Object { $_ -is [ValidateSet] })
        if ($set) { return $set[0].ValidValues[0] }
        $type = $Parameter.ParameterType
        if ($type.IsArray) { $type = $type.GetElementType() }
        switch ($type) {
            ([switch]) { return $true }
            ([int]) { return 1 }
            ([securestring]) { return ConvertTo-SecureString 'sample' -AsPlainText -Force }
            ([scriptblock]) { return { 'sample' } }
            ([psobject]) { return [pscustomobject]@{ sample = 1 } }
        }
        if ($type.IsEnum) { return [enum]::GetValues($type)[0] }
        'sample'
    }

    # The other parameters that a call needs: those of the first set that has the one that is tried.
    function Get-Rest($Command, [string] $Name) {
        $sets = @($Command.ParameterSets | Where-Object { $_.Parameters.Name -contains $Name } | Sort-Object { -not $_.IsDefault })
        $rest = @{}
        foreach ($parameter in $sets[0].Parameters | Where-Object { $_.IsMandatory -and $_.Name -ne $Name }) {
            $rest[$parameter.Name] = Get-Sample $Command.Parameters[$parameter.Name]
        }

        if ($Command.Parameters.ContainsKey('Confirm')) { $rest['Confirm'] = $false }
        $rest
    }

    # What a call says that must be refused. A refusal of an item of the pipeline does not end the call.
    function Get-Refusal([scriptblock] $Call) {
        $problems = @()
        try { $null = & $Call -ErrorVariable problems -ErrorAction SilentlyContinue 3>$null } catch { return "$_" }
        "$problems"
    }

    function Test-Refusal([string] $What, [string[]] $Names, [string] $Refusal) {
        $requests = @(Get-MembraneEmulatorRequest -Clear).Count
        if ($requests) { return "$What caused $requests requests" }
        if (-not $Refusal) { return "$What is taken" }
        if (-not ($Names | Where-Object { $Refusal -match "\b$_\b" })) { return "$What is refused without the name: $Refusal" }
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Every parameter that selects' {
    # A Connect-Membrane that was refused leaves no default.
    BeforeEach {
        Select-MembraneContext default
        $null = Get-MembraneEmulatorRequest -Clear
    }

    It '<Command> -<Parameter> refuses nothing by name' -ForEach $selecting {
        $info = Get-Command $Command
        $rest = Get-Rest $info $Parameter
        @(foreach ($case in $nothing) {
            $named = @{ $Parameter = $case.Value }
            Test-Refusal $case.What $Parameter (Get-Refusal { [CmdletBinding()] param() & $Command @named @rest })
        }) | Should -BeNullOrEmpty
    }

    It '<Command> -<Parameter> refuses what is no pattern' -ForEach $patterns {
        $named = @{ $Parameter = '[x' }
        $rest = Get-Rest (Get-Command $Command) $Parameter
        if ($Command -eq 'Get-MembraneElement') { $rest.Type = 'integration' }
        $refusal = Get-Refusal { [CmdletBinding()] param() & $Command @named @rest }
        Test-Refusal '[x' $Parameter $refusal | Should -BeNullOrEmpty
        $refusal | Should -BeLike '*is not a pattern*'
    }

    It '<Command> -<Parameter> is the same in every culture' -ForEach ($patterns | Where-Object { $_.Command -like 'Get-Membrane*' -and $_.Parameter -eq 'Name' -and $_.Command -ne 'Get-MembraneWorkspace' }) {
        # I and i are two letters in Turkish.
        $rest = Get-Rest (Get-Command $Command) $Parameter
        if ($Command -eq 'Get-MembraneDataCollection') { $rest.Connection = (Get-MembraneConnection -IntegrationKey hubspot).Id }
        if ($Command -eq 'Get-MembraneElement') { $rest.Type = 'integration' }
        if ($Command -eq 'Get-MembraneTenant') { $rest.Context = 'manager' }
        $culture = [cultureinfo]::CurrentCulture
        $all = @(& $Command @rest -Name '*i*')
        try {
            [cultureinfo]::CurrentCulture = 'tr-TR'
            @(& $Command @rest -Name '*I*').Count | Should -Be $all.Count
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It '<Command> -<Parameter> refuses nothing of the pipeline' -ForEach $selecting {
        $info = Get-Command $Command
        $takers = @($info.ParameterSets.Parameters | Where-Object ValueFromPipeline | Select-Object -ExpandProperty Name -Unique)
        $byValue = $takers -contains $Parameter
        $byName = @($info.ParameterSets.Parameters | Where-Object { $_.Name -eq $Parameter -and $_.ValueFromPipelineByPropertyName }).Count
        $rest = Get-Rest $info $Parameter
        # A property named like another parameter that is given serves that one.
        foreach ($taker in $takers) { $rest.Remove($taker) }
        @(if ($byValue) {
            foreach ($case in $nothing | Where-Object What -NE 'no output') {
                $item = , $case.Value
                Test-Refusal $case.What $takers (Get-Refusal { [CmdletBinding()] param() $item | & $Command @rest })
            }
        }
        if ($byName) {
            foreach ($property in @($Parameter) + $info.Parameters[$Parameter].Aliases) {
                # The engine takes a property without output for no property.
                foreach ($case in $nothing | Where-Object What -NE 'no output') {
                    $item = [pscustomobject]@{ $property = $case.Value }
                    Test-Refusal "$property with $($case.What)" (@($Parameter, $property) + $takers) (Get-Refusal { [CmdletBinding()] param() $item | & $Command @rest })
                }
            }
        }) | Should -BeNullOrEmpty
    }

    It '<Name> is an exception that still exists' -ForEach $known {
        (Get-Command $Command).Parameters.Keys | Should -Contain $Parameter
    }

    It 'asks nothing for a pipeline without items: <_>' -ForEach @($commands | Where-Object { $_.ParameterSets.Parameters.ValueFromPipeline -contains $true } | ForEach-Object Name) {
        $info = Get-Command $_
        $set = $info.ParameterSets | Where-Object { $_.Parameters.ValueFromPipeline -contains $true } | Sort-Object { -not $_.IsDefault } | Select-Object -First 1
        $taker = $set.Parameters | Where-Object ValueFromPipeline | Select-Object -First 1
        $rest = Get-Rest $info $taker.Name
        $name = $_
        try { @() | & $name @rest -ErrorAction SilentlyContinue } catch { $null = $_ }
        @(Get-MembraneEmulatorRequest) | Should -BeNullOrEmpty
    }
}

Describe 'Commands that were given nothing' {
    BeforeEach { Select-MembraneContext default }

    It '<Line>' -ForEach $cases {
        $tenants = @{ ada = Get-MembraneContext default }
        $null = Get-MembraneEmulatorRequest -Clear
        $before = Get-MembraneContext
        $refusal = Get-Refusal ([scriptblock]::Create("[CmdletBinding()] param() $Line"))
        Test-Refusal $Line $Parameter $refusal | Should -BeNullOrEmpty
        @(Get-MembraneContext).Count | Should -Be @($before).Count
    }

    It 'acts only on what was named beside nothing' {
        $problems = @()
        $first = Get-MembraneConnection hubspot
        $null, $first, '' | Remove-MembraneConnection -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 2
        @(Get-MembraneConnection).IntegrationId | Should -Not -Contain $first.IntegrationId
        @(Get-MembraneConnection).Count | Should -Be 1
        $first | Restore-MembraneConnection
    }

    It 'an item that is nothing does not reach the next one' {
        $first = Get-MembraneConnection hubspot
        $problems = @()
        $found = @([pscustomobject]@{ ConnectionId = $first.Id }, [pscustomobject]@{ ConnectionId = $null }, [pscustomobject]@{ ConnectionId = $first.Id } |
                Get-MembraneAction -ErrorVariable problems -ErrorAction SilentlyContinue)
        @($found.FoundOnConnectionId | Select-Object -Unique) | Should -Be $first.Id
        $problems.Count | Should -Be 1
    }

    It 'counts an input that is nothing: <_>' -ForEach @(
        'Invoke-MembraneAction create-contact hubspot -SummaryVariable summary'
        'New-MembraneRecord contacts hubspot -SummaryVariable summary'
        'Start-MembraneFlow sync -SummaryVariable summary'
    ) {
        $summary = $null
        $null = Get-MembraneEmulatorRequest -Clear
        $command = [scriptblock]::Create("`$null | $_ -ErrorAction SilentlyContinue -ErrorVariable problems")
        $problems = @()
        . $command
        $problems[0].Exception.ParameterName | Should -BeIn 'InputObject', 'Fields'
        $problems[0].Exception.InputIndex | Should -Be 0
        $summary.Total | Should -Be 1
        @(Get-MembraneEmulatorRequest).Count | Should -Be 0
    }

    It 'counts an item that names nothing' {
        '' | Remove-MembraneConnection -Confirm:$false -SummaryVariable account -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        $account.Total | Should -Be 1
        $account.Succeeded | Should -Be 0
    }

    It 'runs with an empty input where none was meant' {
        (Invoke-MembraneAction list-contacts hubspot).ActionRunId | Should -Not -BeNullOrEmpty
    }

    It 'a session default that is nothing is refused, too' {
        $PSDefaultParameterValues = @{ '*-Membrane*:Context' = $null }
        $null = Get-MembraneEmulatorRequest -Clear
        $problem = Get-TestError { Get-MembraneConnection -WarningAction SilentlyContinue }
        "$problem" | Should -BeLike '*Context*PSDefaultParameterValues*'
        $PSDefaultParameterValues = @{}
        @(Get-MembraneEmulatorRequest).Count | Should -Be 0
    }
}
