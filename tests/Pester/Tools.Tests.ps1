BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    $chat = New-TestConnection slack -Name 'Chat'
    $tools = Get-MembraneConnection | Get-MembraneAction | ConvertTo-MembraneTool OpenAI
    $create = @($tools | Where-Object { $_.function.name -like '*create-contact' })[0].function.name

    function New-Call([string] $Id, [string] $Name, $Arguments) {
        [pscustomobject]@{ id = $Id; type = 'function'; function = [pscustomobject]@{ name = $Name; arguments = ($Arguments | ConvertTo-Json -Compress -Depth 9) } }
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Describing actions as tools' {
    It 'has a tool for each action, within the rules of names' {
        $actions = @(Get-MembraneConnection | Get-MembraneAction)
        $tools.Count | Should -Be $actions.Count
        foreach ($name in $tools.function.name) { $name | Should -Match '^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$' }
        @($tools.function.name | Sort-Object -Unique).Count | Should -Be $tools.Count
    }

    It 'says the same in any order' {
        $names = @(Get-MembraneConnection | Get-MembraneAction | Sort-Object -Property Id -Descending | ConvertTo-MembraneTool OpenAI).function.name
        $names | Sort-Object | Should -Be ($tools.function.name | Sort-Object)
    }

    It 'has exactly the members that <Format> takes' -ForEach @(
        @{ Format = 'OpenAI'; Members = 'type', 'function' }
        @{ Format = 'OpenAIResponses'; Members = 'type', 'name', 'description', 'parameters', 'strict' }
        @{ Format = 'Anthropic'; Members = 'name', 'description', 'input_schema' }
        @{ Format = 'Gemini'; Members = 'name', 'description', 'parameters' }
        @{ Format = 'Mcp'; Members = 'name', 'title', 'description', 'inputSchema' }
    ) {
        $tool = Get-MembraneAction create-contact -Connection $crm | ConvertTo-MembraneTool $Format
        ($tool | ConvertTo-Json -Depth 30 | ConvertFrom-Json).PSObject.Properties.Name | Should -Be $Members
    }

    It 'is written as the value of tools with -AsJson' {
        $json = Get-MembraneAction create-contact -Connection $crm | ConvertTo-MembraneTool Anthropic -AsJson
        $json | Should -BeOfType string
        @($json | ConvertFrom-Json)[0].input_schema.type | Should -Be 'object'
        $gemini = Get-MembraneAction create-contact -Connection $crm | ConvertTo-MembraneTool Gemini -AsJson | ConvertFrom-Json
        @($gemini)[0].functionDeclarations[0].parameters.type | Should -Be 'OBJECT'
    }

    It 'closes objects in strict mode, which is OpenAI''s alone' {
        $tool = Get-MembraneAction create-contact -Connection $crm | ConvertTo-MembraneTool OpenAI -Strict
        $tool.function.strict | Should -BeTrue
        $tool.function.parameters.additionalProperties | Should -BeFalse
        (Get-TestError { Get-MembraneAction create-contact -Connection $crm | ConvertTo-MembraneTool Gemini -Strict -ErrorAction Stop }).Exception.ParameterName | Should -Be 'Strict'
    }

    It 'marks an action that two connections have, and says on which it runs' {
        $other = New-TestConnection slack -Name 'Other chat' -AllowMultipleConnections
        $two = $chat, $other | Get-MembraneAction | ConvertTo-MembraneTool Anthropic | Where-Object name -like 'slack_post-message*'
        @($two).Count | Should -Be 2
        foreach ($tool in $two) { $tool.name | Should -Match '^slack_post-message_[0-9a-f]{8}$' }
        @($two.description | Sort-Object -Unique).Count | Should -Be 2
        Remove-MembraneConnection $other -Confirm:$false
    }

    It 'shows name and description' {
        ($tools | Out-String -Width 200) | Should -Match 'hubspot_create-contact'
    }
}

Describe 'Running what a model asked for' {
    AfterEach { Clear-TestFault; Clear-TestRequest }

    It 'answers a chat message of OpenAI, each call once and in order' {
        Add-TestFault @{ match = @{ path = '*/run' }; delayMs = 400; times = 1 }
        $message = [pscustomobject]@{
            role = 'assistant'
            content = $null
            tool_calls = @(1..6 | ForEach-Object { New-Call "call_$_" $create @{ email = "tool$_@example.com" } })
        }
        $answers = @($message | Invoke-MembraneTool -Tool $tools)
        $answers.tool_call_id | Should -Be (1..6 | ForEach-Object { "call_$_" })
        $answers.role | Select-Object -Unique | Should -Be 'tool'
        1..6 | ForEach-Object { ($answers[$_ - 1].content | ConvertFrom-Json).email | Should -Be "tool$_@example.com" }
    }

    It 'answers <Name> in its own form' -ForEach @(
        @{ Name = 'the responses of OpenAI'; Call = '{"type":"function_call","id":"fc_1","call_id":"c1","name":"NAME","arguments":"{\"email\":\"a@example.com\"}"}'; Check = { $_.type -eq 'function_call_output' -and $_.call_id -eq 'c1' -and ($_.output | ConvertFrom-Json).email -eq 'a@example.com' } }
        @{ Name = 'Anthropic'; Call = '{"type":"message","role":"assistant","content":[{"type":"text","text":"Now."},{"type":"tool_use","id":"c1","name":"NAME","input":{"email":"a@example.com"}}]}'; Check = { $_.type -eq 'tool_result' -and $_.tool_use_id -eq 'c1' -and -not $_.is_error -and ($_.content | ConvertFrom-Json).email -eq 'a@example.com' } }
        @{ Name = 'Gemini'; Call = '{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"NAME","args":{"email":"a@example.com"}}}]}}]}'; Check = { $_.functionResponse.response.output.email -eq 'a@example.com' } }
        @{ Name = 'MCP'; Call = '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"NAME","arguments":{"email":"a@example.com"}}}'; Check = { $_.jsonrpc -eq '2.0' -and $_.id -eq 7 -and $_.result.isError -eq $false -and $_.result.structuredContent.email -eq 'a@example.com' } }
    ) {
        $json = $Call.Replace('NAME', $create)
        $answer = @($json | Invoke-MembraneTool -Tool $tools)
        $answer.Count | Should -Be 1
        $answer | Where-Object $Check | Should -Not -BeNullOrEmpty -Because ($answer | ConvertTo-Json -Depth 9)
        # The same call as an object.
        ($json | ConvertFrom-Json) | Invoke-MembraneTool -Tool $tools | Where-Object $Check | Should -Not -BeNullOrEmpty
    }

    It 'gathers the answers in one message where the API wants that' {
        $message = @{ role = 'assistant'; content = @(1..2 | ForEach-Object { @{ type = 'tool_use'; id = "t$_"; name = $create; input = @{ email = "m$_@example.com" } } }) }
        $answer = @(Invoke-MembraneTool $message -Tool $tools -AsMessage)
        $answer.Count | Should -Be 1
        $answer[0].role | Should -Be 'user'
        $answer[0].content.tool_use_id | Should -Be 't1', 't2'
        $text = Invoke-MembraneTool $message -Tool $tools -AsMessage -AsJson
        ($text | ConvertFrom-Json).content.Count | Should -Be 2
    }

    It 'tells the model what is wrong with its input, and runs nothing' {
        $answer = New-Call 'c1' $create @{ email = 5 } | Invoke-MembraneTool -Tool $tools -ErrorAction Stop
        $failure = ($answer.content | ConvertFrom-Json).error
        $failure.id | Should -Be 'InvalidActionInput'
        $failure.problems[0].path | Should -Be 'email'
        @(Get-TestRequest | Where-Object path -like '*/run').Count | Should -Be 0
    }

    It 'answers with the error of the service' {
        Add-TestFault @{ match = @{ path = '*/run' }; status = 400; body = @{ type = 'bad_request'; key = 'broken'; message = 'Not today.' } }
        $answer = Invoke-MembraneTool @{ type = 'tool_use'; id = 't1'; name = $create; input = @{ email = 'x@example.com' } } -Tool $tools -ErrorAction Stop
        $answer.is_error | Should -BeTrue
        $answer.content | Should -Match 'Not today'
    }

    It 'says when it may have been done all the same' {
        Add-TestFault @{ match = @{ path = '*/run' }; drop = 'after' }
        $answer = New-Call 'c1' $create @{ email = 'lost@example.com' } | Invoke-MembraneTool -Tool $tools
        ($answer.content | ConvertFrom-Json).error.mayHaveBeenDone | Should -BeTrue
    }

    It 'answers a call whose arguments cannot be read, or that names no tool' {
        $broken = '{"id":"c1","type":"function","function":{"name":"NAME","arguments":"{\"email\":"}}'.Replace('NAME', $create)
        ((Invoke-MembraneTool $broken -Tool $tools).content | ConvertFrom-Json).error.message | Should -Match 'not valid JSON'
        ((New-Call 'c2' 'nothing' @{} | Invoke-MembraneTool -Tool $tools).content | ConvertFrom-Json).error.id | Should -Be 'NotFound'
    }

    It 'reaches nothing but the tools that were given' {
        $given = Get-MembraneAction create-contact -Connection $crm | ConvertTo-MembraneTool OpenAI
        $list = Get-MembraneAction list-contacts -Connection $crm
        foreach ($name in @($list.Id, $list.Key, 'hubspot_list-contacts', 'HUBSPOT_CREATE-CONTACT', 'hubspot_create-contact ', '../create-contact', 'find_actions', 'run_action')) {
            $answer = New-Call 'c1' $name @{} | Invoke-MembraneTool -Tool $given
            ($answer.content | ConvertFrom-Json).error.id | Should -Be 'NotFound' -Because $name
        }

        @(Get-TestRequest | Where-Object path -like '*/run').Count | Should -Be 0
    }

    It 'knows the tools of a connection by their names, in another process too' {
        $answer = New-Call 'c1' 'hubspot_create-contact' @{ email = 'byname@example.com' } | Invoke-MembraneTool -Connection $crm
        ($answer.content | ConvertFrom-Json).email | Should -Be 'byname@example.com'
        $read = $tools | ConvertTo-Json -Depth 30 | ConvertFrom-Json | Where-Object { $_.function.name -eq 'hubspot_create-contact' }
        $answer = New-Call 'c1' 'hubspot_create-contact' @{ email = 'read@example.com' } | Invoke-MembraneTool -Tool $read -Connection $crm
        ($answer.content | ConvertFrom-Json).email | Should -Be 'read@example.com'
        (New-Call 'c1' 'hubspot_list-contacts' @{} | Invoke-MembraneTool -Tool $read -Connection $crm).content | Should -Match 'NotFound'
        (Get-TestError { New-Call 'c1' 'x' @{} | Invoke-MembraneTool -Tool $read -ErrorAction Stop }).Exception.ParameterName | Should -Be 'Connection'
    }

    It 'must be told which tools there are' {
        (Get-TestError { New-Call 'c1' $create @{} | Invoke-MembraneTool -ErrorAction Stop }).Exception.ParameterName | Should -Be 'Tool'
    }

    It 'runs nothing with -WhatIf' {
        @(New-Call 'c1' $create @{ email = 'w@example.com' } | Invoke-MembraneTool -Tool $tools -WhatIf).Count | Should -Be 0
        @(Get-TestRequest | Where-Object path -like '*/run').Count | Should -Be 0
    }

    It 'takes back the nulls of strict mode' {
        $strict = Get-MembraneAction create-contact -Connection $crm | ConvertTo-MembraneTool OpenAI -Strict
        $arguments = [ordered]@{}
        foreach ($name in $strict.function.parameters.required) { $arguments[$name] = $null }
        $arguments['email'] = 'strict@example.com'
        $answer = New-Call 'c1' $strict.function.name $arguments | Invoke-MembraneTool -Tool $strict
        ($answer.content | ConvertFrom-Json).email | Should -Be 'strict@example.com'
    }

    It 'counts an input that cannot be read, in its place' {
        $first = @{ choices = @(@{ message = @{ tool_calls = @(New-Call c1 $create @{ email = 'tool1@example.com' }) } }) } | ConvertTo-Json -Depth 9
        $third = $first.Replace('tool1@', 'tool3@')
        $answers = @($first, '{bad', $third | Invoke-MembraneTool -Tool $tools -SummaryVariable account -ErrorVariable problems -ErrorAction SilentlyContinue)
        $answers.Count | Should -Be 2
        $problems.Exception.InputIndex | Should -Be @(1)
        "$($account.Total) $($account.Succeeded) $($account.Failed + $account.NotSent)" | Should -Be '3 2 1'
    }

    It 'refuses what is no call' {
        (Get-TestError { Invoke-MembraneTool 'hello' -Tool $tools -ErrorAction Stop }).Exception.ErrorId | Should -Be 'InvalidJson'
        (Get-TestError { Invoke-MembraneTool @{ a = 1 } -Tool $tools -ErrorAction Stop }).Exception.ErrorId | Should -Be 'InvalidInput'
        @(Invoke-MembraneTool @{ role = 'assistant'; content = 'Done.' } -Tool $tools).Count | Should -Be 0
    }
}

Describe 'Tools that the model finds itself' {
    AfterEach { Clear-TestRequest }

    It 'finds an action by intent and runs it' {
        $dynamic = ConvertTo-MembraneTool Anthropic -Dynamic -Connection $crm, $chat
        $dynamic.name | Should -Be 'find_actions', 'run_action'
        $found = Invoke-MembraneTool @{ type = 'tool_use'; id = 't1'; name = 'find_actions'; input = @{ intent = 'create a contact'; connection = ($dynamic[0].input_schema.properties.connection.enum | Where-Object { $_ -in $crm.Id, $crm.Key }) } } -Tool $dynamic
        $action = ($found.content | ConvertFrom-Json).actions[0]
        $action.inputSchema.properties.email | Should -Not -BeNullOrEmpty
        $run = Invoke-MembraneTool @{ type = 'tool_use'; id = 't2'; name = 'run_action'; input = @{ action = $action.action; connection = $action.connection; input = @{ email = 'dynamic@example.com' } } } -Tool $dynamic
        ($run.content | ConvertFrom-Json).email | Should -Be 'dynamic@example.com'
    }

    It 'runs no action of another app, and on no other connection' {
        $post = Get-MembraneAction post-message -Connection $chat
        $answer = Invoke-MembraneTool @{ type = 'tool_use'; id = 't1'; name = 'run_action'; input = @{ action = $post.Id; input = @{ channel = 'x'; text = 'y' } } } -Connection $crm -Dynamic
        $answer.is_error | Should -BeTrue
        $answer = Invoke-MembraneTool @{ type = 'tool_use'; id = 't1'; name = 'run_action'; input = @{ action = $post.Id; connection = $chat.Id; input = @{} } } -Connection $crm -Dynamic
        $answer.is_error | Should -BeTrue
        foreach ($crafted in '../post-message', "$($post.Id)/run?x=", '..') {
            (Invoke-MembraneTool @{ type = 'tool_use'; id = 't1'; name = 'run_action'; input = @{ action = $crafted; input = @{} } } -Connection $crm -Dynamic).is_error | Should -BeTrue
        }

        @(Get-TestRequest | Where-Object path -like '*/run').Count | Should -Be 0
    }

    It 'checks the input of what it finds' {
        $create = Get-MembraneAction create-contact -Connection $crm
        $answer = Invoke-MembraneTool @{ type = 'tool_use'; id = 't1'; name = 'run_action'; input = @{ action = $create.Id; input = @{ email = 5 } } } -Connection $crm -Dynamic
        $answer.content | Should -Match 'InvalidActionInput'
    }
}

Describe 'The guide' {
    It 'runs as it stands, and its recorded model gets its answers' {
        $guide = Get-Content -LiteralPath "$PSScriptRoot/../../docs/guides/powershell-as-your-agents-hands.md" -Raw
        $blocks = @([regex]::Matches($guide, '(?ms)^```powershell\r?\n(.*?)\r?\n```').ForEach({ $_.Groups[1].Value }))
        $blocks.Count | Should -BeGreaterThan 9
        $output = foreach ($block in $blocks | Where-Object { $_ -notmatch '^Connect-Membrane' }) {
            $ErrorActionPreference = 'Stop'
            . ([scriptblock]::Create($block))
        }
        @($output).Count | Should -BeGreaterThan 10
        $results.tool_call_id | Should -Be 'call_1', 'call_2', 'call_3'
        ($results[0].content | ConvertFrom-Json).email | Should -Be 'ada@example.com'
        $results[2].content | Should -Match 'InvalidActionInput'
        $messages.Count | Should -Be 6
        @($few).Count | Should -BeGreaterThan 0
        @(($found.content | ConvertFrom-Json).actions).Count | Should -BeGreaterThan 0
    }
}
