# New-MembraneInput: what it makes is checked by Test-Json, which is the engine's own validator and no code of ours.
# MEMBRANE_TEST_INPUTS_SEED repeats the random schemas of a run.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    Connect-Membrane -Emulator -TenantKey ada -WithApp slack, hubspot, github, gmail, weather-station

    # The key of an action with this schema: also one that this service would not take, but an older or another one may have.
    function Set-TestSchema {
        param([string] $Schema)
        $key = "k$([guid]::NewGuid().ToString('N'))"
        Clear-TestFault
        Add-TestFault @{ match = @{ path = "/actions/$key" }; status = 200; body = @{ id = $key; key = $key; name = 'Odd'; inputSchema = (ConvertFrom-Json $Schema -AsHashtable) } }
        $key
    }

    function Assert-Fit {
        param($Action, [string] $Schema, [string] $Because)
        foreach ($all in $false, $true) {
            $text = New-MembraneInput $Action -AsJson -All:$all -WarningVariable warned -WarningAction SilentlyContinue
            $warned | Should -BeNullOrEmpty -Because "$Because $Schema"
            Test-Json -Json $text -Schema $Schema -ErrorAction SilentlyContinue | Should -BeTrue -Because "$Because (all: $all) $text meets $Schema"
        }
    }

    function New-RandomSchema {
        param([random] $Random, [int] $Depth = 0)
        $kind = if ($Depth -eq 0) { 'object' } elseif ($Depth -ge 4) { 'string', 'integer', 'enum' | Get-Random -SetSeed $Random.Next() } else {
            @('string', 'text', 'integer', 'number', 'boolean', 'enum', 'const', 'array', 'object', 'oneOf', 'allOf', 'format', 'pattern', 'nullable', 'ref')[$Random.Next(15)]
        }
        switch ($kind) {
            string { @{ type = 'string' } }
            text { $least = $Random.Next(30); @{ type = 'string'; minLength = $least; maxLength = $least + $Random.Next(20) } }
            integer { $low = $Random.Next(-500, 500); $step = $Random.Next(1, 7); @{ type = 'integer'; minimum = $low; maximum = $low + 7 + $Random.Next(90); multipleOf = $step } }
            number { $low = $Random.Next(-50, 50) / 4; @{ type = 'number'; exclusiveMinimum = $low; maximum = $low + 0.5 + $Random.Next(9) } }
            boolean { @{ type = 'boolean' } }
            enum { @{ enum = @($null, 'red', 7, 'blue')[0..$Random.Next(4)] } }
            const { @{ const = @{ fixed = $Random.Next(9) } } }
            array { $least = $Random.Next(4); @{ type = 'array'; items = New-RandomSchema $Random ($Depth + 1); minItems = $least; maxItems = $least + 1 } }
            format { @{ type = 'string'; format = @('email', 'date', 'date-time', 'uri', 'uuid', 'ipv4', 'ipv6', 'time', 'hostname')[$Random.Next(9)] } }
            pattern { @{ type = 'string'; pattern = @('^[A-Z]{2}\d{4}$', '^(left|right)-[^0-9]+$', '^#[0-9a-f]{6}$', '\.csv$', '^\+?[1-9][0-9]{6,14}$', '^(?:a|b){3}\s\w+$')[$Random.Next(6)] } }
            nullable { @{ anyOf = @(@{ type = 'null' }, (New-RandomSchema $Random ($Depth + 1))) } }
            oneOf { @{ oneOf = @(@{ type = 'integer'; maximum = 3 }, @{ type = 'object'; required = @('kind'); properties = @{ kind = @{ const = "k$($Random.Next(9))" }; more = New-RandomSchema $Random ($Depth + 1) } }) } }
            allOf { @{ allOf = @(@{ type = 'object'; required = @('left'); properties = @{ left = New-RandomSchema $Random ($Depth + 1) } }, @{ required = @('right'); properties = @{ right = New-RandomSchema $Random ($Depth + 1) } }) } }
            ref { @{ '$ref' = '#/$defs/node' } }
            object {
                $properties = [ordered]@{}
                foreach ($number in 1..$Random.Next(2, 6)) { $properties["p$number"] = New-RandomSchema $Random ($Depth + 1) }
                $required = @($properties.Keys | Where-Object { $Random.Next(2) })
                $schema = @{ type = 'object'; properties = $properties; required = $required }
                if ($Random.Next(3) -eq 0) { $schema.additionalProperties = $false }
                elseif ($Random.Next(3) -eq 0) { $schema.minProperties = $required.Count + 1 }
                if ($Depth -eq 0) { $schema['$defs'] = @{ node = @{ type = 'object'; required = @('name'); properties = @{ name = @{ type = 'string' }; children = @{ type = 'array'; items = @{ '$ref' = '#/$defs/node' } } } } } }
                $schema
            }
        }
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'New-MembraneInput' {
    It 'makes what the schema takes, of every action of the catalog, and it runs' {
        $actions = Get-MembraneConnection | ForEach-Object { Get-MembraneAction -Connection $_ }
        $actions.Count | Should -BeGreaterThan 35
        foreach ($action in $actions) { Assert-Fit $action ($action.InputSchema | ConvertTo-Json -Depth 20) $action.Key }
        $made = New-MembraneInput create-contact hubspot
        $made.email = 'katherine@example.com'
        $made.jobTitle = 'Mathematician'
        ($made | Invoke-MembraneAction create-contact hubspot).Output.jobTitle | Should -Be 'Mathematician'
        $asText = New-MembraneInput create-contact hubspot -AsJson
        (Invoke-MembraneAction create-contact hubspot -InputJson $asText).Output.email | Should -Be 'name@example.com'
    }

    It 'has what is required, in the order of the schema, and with -All the rest, to be edited' {
        $made = New-MembraneInput create-contact hubspot
        $made | Should -BeOfType ([System.Collections.Specialized.OrderedDictionary])
        @($made.Keys) | Should -Be 'email'
        $all = New-MembraneInput create-contact hubspot -All
        @($all.Keys) | Should -Be 'email', 'firstName', 'lastName', 'phone', 'company', 'jobTitle'
        $all.firstName | Should -Be '<firstName>'
        (New-MembraneInput list-contacts hubspot).Count | Should -Be 0
        (New-MembraneInput list-contacts hubspot -All).limit | Should -Be 1
        (Get-MembraneAction create-contact -Connection hubspot | New-MembraneInput).email | Should -Be 'name@example.com'
        $list = New-MembraneInput create-issue github -All
        $list.labels.GetType().Name | Should -Be 'Object[]'
    }

    It 'takes what the schema says before what it makes up' {
        $action = Set-TestSchema '{ "type": "object", "required": ["a", "b", "c", "d", "e", "f"], "properties": {
            "a": { "type": "string", "default": "from default" }, "b": { "type": "string", "examples": ["from examples", "other"] },
            "c": { "enum": [null, "from enum"] }, "d": { "const": { "x": [1, 2] } }, "e": { "type": "string", "default": 5, "examples": ["second"] },
            "f": { "type": "array", "items": { "type": "object", "required": ["sku"], "properties": { "sku": { "type": "string", "example": "LAMP-01" } } } } } }'
        $made = New-MembraneInput $action
        $made.a, $made.b, $made.c, $made.e | Should -Be 'from default', 'from examples', 'from enum', 'second'
        $made.d.x | Should -Be 1, 2
        $made.f[0].sku | Should -Be 'LAMP-01'
    }

    It 'finds values for what is nested, tied together, recursive or odd' {
        $schemas = @(
            'true', '{}', '{ "type": "object" }', '{ "type": ["object", "null"] }', '{ "properties": { "a": true }, "required": ["a", "b"] }'
            '{ "type": "object", "required": ["n"], "properties": { "n": { "$ref": "#/$defs/n" } }, "$defs": { "n": { "type": "object", "required": ["v"], "properties": { "v": { "type": "integer", "minimum": 5 }, "next": { "$ref": "#/$defs/n" } } } } }'
            '{ "type": "object", "required": ["t"], "properties": { "t": { "type": "array", "minItems": 3, "uniqueItems": true, "items": { "enum": ["a", "b", "c"] } } } }'
            '{ "type": "object", "required": ["t"], "properties": { "t": { "type": "array", "minItems": 2, "uniqueItems": true, "items": { "type": "string", "format": "email" } } } }'
            '{ "type": "object", "required": ["t"], "properties": { "t": { "type": "array", "contains": { "const": "x" }, "items": { "type": "string" } } } }'
            '{ "type": "object", "required": ["t"], "properties": { "t": { "type": "array", "maxItems": 0 } } }'
            '{ "type": "object", "oneOf": [{ "required": ["a"], "properties": { "a": { "type": "string" } } }, { "required": ["b"], "properties": { "b": { "type": "integer" } } }], "additionalProperties": true, "properties": { "a": {}, "b": {} } }'
            '{ "type": "object", "required": ["kind"], "properties": { "kind": { "enum": ["x", "y"] } }, "if": { "properties": { "kind": { "const": "x" } } }, "then": { "required": ["size"], "properties": { "size": { "type": "integer", "minimum": 10 } } } }'
            '{ "type": "object", "minProperties": 2, "additionalProperties": { "type": "integer" } }'
            '{ "type": "object", "required": ["card"], "dependentRequired": { "card": ["address"] }, "properties": { "card": { "type": "string" }, "address": { "type": "string", "minLength": 12 } } }'
            '{ "type": "object", "required": ["a"], "properties": { "a": { "not": { "type": "string" } } } }'
            '{ "type": "object", "required": ["a"], "properties": { "a": { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001 } } }'
            '{ "type": "object", "required": ["a"], "properties": { "a": { "type": "integer", "minimum": 1e15 } } }'
            '{ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "maxProperties": 1 }'
            '{ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "not": { "required": ["a", "b"] } }'
            '{ "type": "object", "required": ["ü ~/%", ""], "properties": { "ü ~/%": { "$ref": "#/properties/%C3%BC%20~0~1%25x" }, "ü ~/%x": { "type": "integer" }, "": { "type": "boolean" } } }'
            '{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["p"], "properties": { "p": { "type": "array", "items": [{ "type": "integer" }, { "type": "string" }], "minItems": 2 } }, "definitions": {} }'
            '{ "type": "object", "required": ["a"], "allOf": [{ "properties": { "a": { "minLength": 3 } } }, { "properties": { "a": { "type": "string", "maxLength": 3 } } }] }'
        )
        foreach ($schema in $schemas) {
            Assert-Fit (Set-TestSchema $schema) $schema 'hand-made'
        }
        Clear-TestFault
    }

    It 'finds values for random schemas' {
        $seed = if ($env:MEMBRANE_TEST_INPUTS_SEED) { [int] $env:MEMBRANE_TEST_INPUTS_SEED } else { Get-Random -Maximum 16777216 }
        Write-Host "60 schemas; MEMBRANE_TEST_INPUTS_SEED=$seed"
        $random = [random]::new($seed)
        foreach ($number in 1..60) {
            $schema = New-RandomSchema $random | ConvertTo-Json -Depth 30
            $action = Set-TestSchema $schema
            Assert-Fit $action $schema "MEMBRANE_TEST_INPUTS_SEED=$seed, schema $number"
        }
    }

    It 'says what it cannot do, and ends soon' {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        foreach ($schema in @(
                '{ "type": "object", "required": ["a"], "properties": { "a": { "$ref": "#" } } }'
                '{ "type": "object", "required": ["a"], "properties": { "a": false } }'
                '{ "type": "object", "required": ["a", "b"], "properties": { "a": { "$ref": "#" }, "b": { "$ref": "#" } } }'
                '{ "type": "object", "required": ["a"], "properties": { "a": { "type": "string", "pattern": "^(?=.*x)(?=.*y)q$", "maxLength": 1 } } }'
            )) {
            $null = New-MembraneInput (Set-TestSchema $schema) -WarningVariable warned -WarningAction SilentlyContinue
            "$warned" | Should -BeLike '*No input was found*' -Because $schema
        }
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 60
        Add-TestFault @{ match = @{ path = '/actions/act_none' }; status = 200; body = @{ id = 'act_none'; name = 'None' } }
        (New-MembraneInput act_none -WarningVariable warned -WarningAction SilentlyContinue).Count | Should -Be 0
        "$warned" | Should -BeLike '*no schema*'
        Add-TestFault @{ match = @{ path = '/actions/act_odd' }; status = 200; body = @{ id = 'act_odd'; name = 'Odd'; inputSchema = @{ '$ref' = 'https://elsewhere.example/schema.json' } } }
        (Get-TestError { New-MembraneInput act_odd -ErrorAction Stop }).Exception.Message | Should -BeLike '*cannot be used*'
        (Get-TestError { New-MembraneInput no-such-action -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        { New-MembraneInput $null } | Should -Throw
        New-MembraneInput create-contact hubspot -WhatIf | Should -BeNullOrEmpty
        Clear-TestFault
    }
}
