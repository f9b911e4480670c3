# A model is played by this script: it gets the requests that a vendor's API documents, and answers in the form that it documents.
BeforeDiscovery {
    $formats = @(
        @{ Name = 'OpenAI'; Format = 'OpenAI'; Strict = $false; Vendor = 'OpenAI' }
        @{ Name = 'OpenAI, strict'; Format = 'OpenAI'; Strict = $true; Vendor = 'OpenAI' }
        @{ Name = 'OpenAI, old style'; Format = 'OpenAI'; Strict = $false; Vendor = 'OpenAIFunctionCall' }
        @{ Name = 'OpenAI responses'; Format = 'OpenAIResponses'; Strict = $false; Vendor = 'OpenAIResponses' }
        @{ Name = 'OpenAI responses, strict'; Format = 'OpenAIResponses'; Strict = $true; Vendor = 'OpenAIResponses' }
        @{ Name = 'Anthropic'; Format = 'Anthropic'; Strict = $false; Vendor = 'Anthropic' }
        @{ Name = 'Gemini'; Format = 'Gemini'; Strict = $false; Vendor = 'Gemini' }
        @{ Name = 'MCP'; Format = 'Mcp'; Strict = $false; Vendor = 'Mcp' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace

    function ConvertTo-Text($Value) { ConvertTo-Json -InputObject $Value -Compress -Depth 40 }

    # Answer: what the API responds when the model calls a tool. Turns: what of it is kept in the conversation. Result: what the next
    # request says of the call, which has to stand where the vendor wants it.
    $vendors = @{
        OpenAI = @{
            Answer = { param($Id, $Name, $Arguments) @{ object = 'chat.completion'; choices = @(@{ index = 0; finish_reason = 'tool_calls'; message = @{ role = 'assistant'; content = $null; tool_calls = @(@{ id = $Id; type = 'function'; function = @{ name = $Name; arguments = ConvertTo-Text $Arguments } }) } }) } }
            Turns = { param($Answer) $Answer.choices[0].message }
            Result = {
                param($Turns, $Id)
                $Turns[-2].tool_calls[0].id | Should -Be $Id
                $Turns[-1].role | Should -Be 'tool'
                $Turns[-1].tool_call_id | Should -Be $Id
                $Turns[-1].content | Should -BeOfType string
                $Turns[-1].content | ConvertFrom-Json
            }
        }
        OpenAIFunctionCall = @{
            # Such a call has no id.
            Answer = { param($Id, $Name, $Arguments) $null = $Id; @{ object = 'chat.completion'; choices = @(@{ index = 0; finish_reason = 'function_call'; message = @{ role = 'assistant'; content = $null; function_call = @{ name = $Name; arguments = ConvertTo-Text $Arguments } } }) } }
            Turns = { param($Answer) $Answer.choices[0].message }
            Result = {
                param($Turns)
                $Turns[-1].role | Should -Be 'function'
                $Turns[-1].name | Should -Be $Turns[-2].function_call.name
                $Turns[-1].content | ConvertFrom-Json
            }
        }
        OpenAIResponses = @{
            Answer = { param($Id, $Name, $Arguments) @{ object = 'response'; output = @(@{ type = 'reasoning'; id = 'rs_1'; summary = @() }, @{ type = 'function_call'; id = "fc_$Id"; call_id = $Id; name = $Name; arguments = ConvertTo-Text $Arguments; status = 'completed' }) } }
            Turns = { param($Answer) $Answer.output }
            Result = {
                param($Turns, $Id)
                $Turns[-2].call_id | Should -Be $Id
                $Turns[-1].type | Should -Be 'function_call_output'
                $Turns[-1].call_id | Should -Be $Id
                $Turns[-1].output | Should -BeOfType string
                $Turns[-1].output | ConvertFrom-Json
            }
        }
        Anthropic = @{
            Answer = { param($Id, $Name, $Arguments) @{ type = 'message'; role = 'assistant'; stop_reason = 'tool_use'; content = @(@{ type = 'text'; text = 'I see.' }, @{ type = 'tool_use'; id = $Id; name = $Name; input = $Arguments }) } }
            Turns = { param($Answer) @{ role = $Answer.role; content = $Answer.content } }
            Result = {
                param($Turns, $Id)
                $Turns[-2].content[-1].id | Should -Be $Id
                $Turns[-1].role | Should -Be 'user'
                @($Turns[-1].content).Count | Should -Be 1
                $Turns[-1].content[0].type | Should -Be 'tool_result'
                $Turns[-1].content[0].tool_use_id | Should -Be $Id
                $Turns[-1].content[0].content | ConvertFrom-Json
            }
        }
        Gemini = @{
            Answer = { param($Id, $Name, $Arguments) @{ candidates = @(@{ finishReason = 'STOP'; content = @{ role = 'model'; parts = @(@{ functionCall = @{ name = $Name; args = $Arguments }; thoughtSignature = $Id }) } }) } }
            Turns = { param($Answer) $Answer.candidates[0].content }
            Result = {
                param($Turns)
                $Turns[-1].role | Should -Be 'user'
                $Turns[-1].parts[0].functionResponse.name | Should -Be $Turns[-2].parts[0].functionCall.name
                if ($Turns[-1].parts[0].functionResponse.response.error) { $Turns[-1].parts[0].functionResponse.response } else { $Turns[-1].parts[0].functionResponse.response.output }
            }
        }
        Mcp = @{
            Answer = { param($Id, $Name, $Arguments) @{ jsonrpc = '2.0'; id = $Id; method = 'tools/call'; params = @{ name = $Name; arguments = $Arguments } } }
            Turns = { param($Answer) $Answer }
            Result = {
                param($Turns, $Id)
                $Turns[-1].id | Should -Be $Id
                $Turns[-1].result.content[0].type | Should -Be 'text'
                $Turns[-1].result.content[0].text | ConvertFrom-Json
            }
        }
    }

    # What a tool takes, whoever describes it.
    function Get-ToolParameter($Tool) {
        $function = if ($Tool.function) { $Tool.function } else { $Tool }
        foreach ($member in 'parameters', 'input_schema', 'inputSchema') { if ($function.$member) { return $function.$member } }
    }

    # One turn: the model calls a tool, the host runs it, and the next request is what the vendor gets.
    function Invoke-Turn($Vendor, $Tools, [System.Collections.ArrayList] $Turns, [string] $Name, [System.Collections.IDictionary] $Arguments) {
        $tool = $Tools | Where-Object { $_.name -eq $Name -or $_.function.name -eq $Name }
        $parameters = Get-ToolParameter $tool
        $said = [ordered]@{}
        foreach ($property in $parameters.properties.PSObject.Properties) {
            $isStrict = $tool.strict -or $tool.function.strict
            $own = if ($property.Value.description -match 'Named "(.+?)"') { $Matches[1] } else { $property.Name }
            if ($Arguments.Contains($own)) {
                $value = $Arguments[$own]
                $isText = $property.Value.description -like '*written as JSON text*'
                $said[$property.Name] = if ($isText) { ConvertTo-Text $value } else { , $value }
            }
            elseif ($isStrict) {
                $said[$property.Name] = $null
            }
        }

        $id = 'call_' + [guid]::NewGuid().ToString('n')
        $answer = & $Vendor.Answer $id $Name $said
        $Turns.AddRange(@(& $Vendor.Turns $answer))
        $results = (ConvertTo-Text $answer) | Invoke-MembraneTool -Tool $Tools -AsMessage -AsJson
        $Turns.AddRange(@($results))
        $request = '[' + (@($Turns | ForEach-Object { if ($_ -is [string]) { $_ } else { ConvertTo-Text $_ } }) -join ',') + ']'
        & $Vendor.Result @($request | ConvertFrom-Json) $id
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'A conversation with <Name>' -ForEach $formats {
    It 'searches, uses, and delegates what is not there yet' {
        $connection = New-TestConnection hubspot -Name $Name -AllowMultipleConnections
        $plain = @{ Format = $Format; Dynamic = $true; Connection = $connection; Strict = $Strict }
        $tools = ConvertTo-MembraneTool @plain
        $vendor = $vendors[$Vendor]
        $turns = [System.Collections.ArrayList]::new()

        $found = Invoke-Turn $vendor $tools $turns find_actions @{ intent = 'create a contact' }
        $create = @($found.actions | Where-Object name -Like '*create*contact*')[0]
        $create.inputSchema.properties.email | Should -Not -BeNullOrEmpty
        $contact = Invoke-Turn $vendor $tools $turns run_action @{ action = $create.action; input = @{ email = 'zoë@example.com'; firstName = 'Zoë 🎈 "Z"' } }
        $contact.email | Should -BeExactly 'zoë@example.com'
        $contact.firstName | Should -BeExactly 'Zoë 🎈 "Z"'

        # A wrong input comes back with what to correct.
        $wrong = Invoke-Turn $vendor $tools $turns run_action @{ action = $create.action; input = @{ email = 5 } }
        $wrong.error.problems[0].path | Should -Be 'email'

        $missing = Invoke-Turn $vendor $tools $turns find_actions @{ intent = 'archive a contact'; limit = 20 }
        @($missing.actions | Where-Object name -Like '*archive*').Count | Should -Be 0
        $null = New-MembraneAgentSession -Message "Create an action to archive a contact for connection $($connection.Id)" | Wait-MembraneAgentSession -TimeoutSec 60
        $found = Invoke-Turn $vendor $tools $turns find_actions @{ intent = 'archive a contact'; limit = 20 }
        $archive = @($found.actions | Where-Object name -Like '*archive*')[0]
        (Invoke-Turn $vendor $tools $turns run_action @{ action = $archive.action; input = @{ id = $contact.id } }).id | Should -Be $contact.id
        Remove-MembraneConnection $connection -Confirm:$false
    }

    It 'calls a tool of an action with odd names, values and lists' {
        $connection = New-TestConnection slack -Name $Name -AllowMultipleConnections
        $action = New-MembraneAction -Name 'Create odd' -Key create-odd -Connection $connection -Type run-javascript -Config @{ code = 'module.exports = ({ input }) => input' } -InputSchema @{
            type = 'object'; required = @('First Name')
            properties = [ordered]@{
                'First Name' = @{ type = 'string'; pattern = '^(?!x)' }
                '$top' = @{ type = 'integer' }
                tags = @{ type = 'array' }
                source = @{ type = 'string'; enum = @('web', 'fair'); allowCustom = $true }
                shell = @{ type = 'string'; enum = @('', 'bash') }
                none = @{ type = 'string'; enum = @() }
                to = @{ '$ref' = '#addr' }
            }
            '$defs' = @{ addr = @{ '$anchor' = 'addr'; type = 'object'; properties = @{ 'the street' = @{ type = 'string' } } } }
        }
        $tool = Get-MembraneAction $action | ConvertTo-MembraneTool $Format -Strict:$Strict
        $turns = [System.Collections.ArrayList]::new()
        $toolName = if ($tool.function) { $tool.function.name } else { $tool.name }
        $to = (Get-ToolParameter $tool).properties.to
        $street = @($to.properties.PSObject.Properties)[0].Name
        Clear-TestRequest
        $null = Invoke-Turn $vendors[$Vendor] $tool $turns $toolName ([ordered]@{ 'First Name' = 'Ada'; '$top' = 5; tags = @('a', 'b'); source = 'a friend'; shell = ''; none = 'any'; to = @{ $street = 'Via 1' } })
        $sent = @(Get-TestRequest | Where-Object path -Like '*/run')[-1].body | ConvertFrom-Json | ForEach-Object input
        @($sent.PSObject.Properties.Name) | Should -Be 'First Name', '$top', 'tags', 'source', 'shell', 'none', 'to'
        $sent.'First Name' | Should -Be 'Ada'
        $sent.'$top' | Should -Be 5
        $sent.tags | Should -Be 'a', 'b'
        $sent.source | Should -Be 'a friend'
        $sent.to.'the street' | Should -Be 'Via 1'

        # What the tool takes and the action does not is told under the name that the action has, and nothing is sent.
        Clear-TestRequest
        $wrong = Invoke-Turn $vendors[$Vendor] $tool $turns $toolName ([ordered]@{ 'First Name' = 'xAda' })
        $wrong.error.problems[0].path | Should -Match 'First Name'
        @(Get-TestRequest | Where-Object path -Like '*/run').Count | Should -Be 0
        Remove-MembraneConnection $connection -Confirm:$false
    }
}

Describe 'Very many tools' {
    It 'are said to be more than the vendor takes' {
        $connection = New-TestConnection hubspot -Name Many -AllowMultipleConnections
        $many = foreach ($number in 1..129) {
            New-MembraneAction -Name "Make $number" -Key "make-$number" -Connection $connection -Type run-javascript -Config @{ code = 'module.exports = ({ input }) => input' }
        }
        $tools = @($many | ConvertTo-MembraneTool OpenAI -WarningVariable warnings -WarningAction SilentlyContinue)
        $tools.Count | Should -Be 129
        "$warnings" | Should -Match '129 tools.*128'
        $null = $many | ConvertTo-MembraneTool Anthropic -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 0
        Remove-MembraneConnection $connection -Confirm:$false
    }
}

Describe 'A call in no known form' {
    It 'is refused with words and runs nothing: <Call>' -ForEach @(
        @{ Call = '{"type":"tool_use","id":"c1","name":"NAME","arguments":{"email":"a@example.com"}}' }
        @{ Call = '{"functionCall":{"name":"NAME","parameters":{"email":"a@example.com"}}}' }
        @{ Call = '{"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"NAME","parameters":{}}}]}' }
        @{ Call = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"NAME","input":{}}}' }
    ) {
        $connection = New-TestConnection hubspot -Name Refused -AllowMultipleConnections
        Clear-TestRequest
        $text = $Call.Replace('NAME', 'hubspot_create-contact')
        $refusal = (Get-TestError { Invoke-MembraneTool $text -Connection $connection -ErrorAction Stop }).Exception
        $refusal.ParameterName | Should -Be 'InputObject'
        $refusal.Message | Should -Match 'arguments|not a tool call'
        @(Get-TestRequest | Where-Object path -Like '*/run').Count | Should -Be 0
        Remove-MembraneConnection $connection -Confirm:$false
    }
}
