BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $hubspot = New-TestConnection hubspot -Name 'CRM'
    $schema = @{
        type = 'object'
        properties = @{
            email = @{ type = 'string' }
            age = @{ type = 'integer'; minimum = 0 }
            contacts = @{ type = 'array'; items = @{ type = 'object'; properties = @{ phone = @{ type = 'string' } }; required = @('phone') } }
        }
        required = @('email')
    }
    $strict = New-MembraneAction 'Create strict' $hubspot -Key create-strict -InputSchema $schema
}

AfterAll { Stop-TestWorkspace }

Describe 'Test-MembraneActionInput' {
    It 'names each wrong field with its path' {
        $test = Test-MembraneActionInput $strict -InputObject @{ age = 'old'; contacts = @(@{ phone = '1' }, @{ name = 'x' }) }
        $test | Should -BeOfType ([Membrane.ActionInputTest])
        $test.IsValid | Should -BeFalse
        ($test.Problems.Path | Sort-Object) | Should -Be @('age', 'contacts[1].phone', 'email')
        ($test.Problems | Where-Object Path -eq 'contacts[1].phone').Pointer | Should -Be '/contacts/1/phone'
        ($test.Problems | Where-Object Path -eq 'age').Message | Should -BeLike "*'age'*whole number*old*"
    }

    It 'says yes to what fits: hashtable, object, JSON, and with -Quiet' {
        (Test-MembraneActionInput $strict -InputObject @{ email = 'a'; age = 3 }).IsValid | Should -BeTrue
        ([pscustomobject]@{ email = 'a' } | Test-MembraneActionInput $strict).IsValid | Should -BeTrue
        (Test-MembraneActionInput $strict -InputJson '{"email":"a"}').IsValid | Should -BeTrue
        Test-MembraneActionInput $strict -InputObject @{ email = 'a' } -Quiet | Should -BeTrue
        Test-MembraneActionInput $strict -Quiet | Should -BeFalse
    }

    It 'asks for an action that is only named once, for all inputs' {
        Clear-TestRequest
        $tests = 1..5 | ForEach-Object { @{ email = "$_" } } | Test-MembraneActionInput create-strict $hubspot
        $tests.InputIndex | Should -Be @(0, 1, 2, 3, 4)
        @(Get-TestRequest).Count | Should -Be 1
        Clear-TestRequest
        $null = Test-MembraneActionInput $strict -InputObject @{}
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'says why it could not check' {
        Add-TestFault @{ match = @{ path = '/actions/act_odd' }; status = 200; body = @{ id = 'act_odd'; name = 'Odd'; inputSchema = @{ '$ref' = 'https://elsewhere.example/schema.json' } } }
        $test = Test-MembraneActionInput act_odd -InputObject @{ a = 1 }
        Clear-TestFault
        $test.IsValid | Should -BeTrue
        $test.NotCheckedBecause | Should -BeLike '*ref*'
    }

    It 'knows nothing of an action that is not there' {
        (Get-TestError { Test-MembraneActionInput no-such-action -InputObject @{ nonsense = 1 } -Quiet -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'numbers each input, also one that cannot be read' {
        $tests = @{ name = 'a' }, $null, @{ name = 'b' }, ([pscustomobject]@{ run = { 1 } }), @{ name = 'c' } | Test-MembraneActionInput $strict -ErrorVariable problems -ErrorAction SilentlyContinue
        $tests.InputIndex | Should -Be 0, 2, 4
        $problems.Exception.InputIndex | Should -Be 1, 3
    }
}

Describe 'Invoke-MembraneAction, checking its input' {
    It 'runs nothing for an input that does not fit, and names the fields' {
        Clear-TestRequest
        $problem = Get-TestError { $strict | Invoke-MembraneAction -InputObject @{ age = 'old' } -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidActionInput,*'
        $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $problem.Exception | Should -BeOfType ([Membrane.MembraneActionInputException])
        $problem.Exception | Should -BeOfType ([Membrane.MembraneInputException])
        $problem.Exception.Problems.Path | Should -Contain 'email'
        $problem.Exception.Outcome | Should -Be 'NotSent'
        "$problem" | Should -BeLike '*Create strict*age*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'goes on with the next input, and asks for the schema once' {
        Clear-TestRequest
        $rows = @(@{ email = 'a@example.com' }, @{ age = 1 }, @{ email = 'b@example.com' })
        $runs = $rows | Invoke-MembraneAction create-strict $hubspot -Ordered -ErrorVariable problem -ErrorAction SilentlyContinue
        $runs.InputIndex | Should -Be @(0, 2)
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidActionInput,*'
        $problem[0].TargetObject.age | Should -Be 1
        @(Get-TestRequest | Where-Object path -eq '/actions/create-strict').Count | Should -Be 1
        (Get-TestChange).Count | Should -Be 2
    }

    It 'leaves it to the service with -SkipInputCheck' {
        Clear-TestRequest
        $problem = Get-TestError { $strict | Invoke-MembraneAction -InputObject @{ age = 1 } -SkipInputCheck -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'runs with a schema that it does not understand, and says so in verbose output only' {
        Add-TestFault @{ match = @{ method = 'GET'; path = '/actions/create-contact' }; status = 200; body = @{ id = 'x'; name = 'Odd'; inputSchema = @{ '$ref' = 'https://elsewhere.example/schema.json' } } }
        $all = 1..2 | ForEach-Object { @{ email = "$_@example.com" } } | Invoke-MembraneAction create-contact $hubspot -Verbose 4>&1
        Clear-TestFault
        @($all | Where-Object { $_ -is [Membrane.ActionRun] }).Count | Should -Be 2
        @($all | Where-Object { "$_" -like '*not checked here*' }).Count | Should -Be 1
    }
}

Describe 'Invoke-MembraneAction by /act' {
    It 'runs a saved action by object, key and id, with data for the run log' {
        Clear-TestRequest
        $run = $strict | Invoke-MembraneAction -InputObject @{ email = 'act@example.com' } -UseAct -Meta @{ batch = 7 }
        $run.Output.email | Should -Be 'act@example.com'
        $run.ActionRunId | Should -Not -BeNullOrEmpty
        $sent = (Get-TestChange)[0]
        $sent.path | Should -Be '/act'
        $body = $sent.body | ConvertFrom-Json
        $body.id | Should -Be $strict.Id
        $body.connectionId | Should -Be $hubspot.Id
        $body.meta.batch | Should -Be 7
        (Get-MembraneActionRunLog $run.ActionRunId).Meta.batch | Should -Be 7
        (Invoke-MembraneAction create-strict $hubspot -InputObject @{ email = 'b@example.com' } -UseAct).Output.email | Should -Be 'b@example.com'
    }

    It 'keeps data on the run log without it, too' {
        $run = $strict | Invoke-MembraneAction -InputObject @{ email = 'm@example.com' } -Meta @{ batch = 8 }
        (Get-MembraneActionRunLog $run.ActionRunId).Meta.batch | Should -Be 8
    }

    It 'sends a request to the app''s API' {
        Clear-TestRequest
        $run = Invoke-MembraneAction -Connection $hubspot -Api @{ method = 'POST'; path = '/contacts'; body = @{ email = 'api@example.com' }; query = @{ dry = $false; n = 1 }; headers = @{ 'X-Note' = 'hi' } }
        $run | Should -BeOfType ([Membrane.ActionRun])
        $run.ActionId | Should -Be 'POST /contacts'
        $body = (Get-TestChange)[0].body | ConvertFrom-Json
        $body.api.method | Should -Be 'POST'
        $body.api.body.email | Should -Be 'api@example.com'
        $body.api.query.n | Should -Be 1
        $body.api.headers.'X-Note' | Should -Be 'hi'
        $body.connectionId | Should -Be $hubspot.Id
        $null = Invoke-MembraneAction -Connection $hubspot -Api @{ url = '/contacts' } -ExpandOutput
        ((Get-TestChange)[-1].body | ConvertFrom-Json).api.method | Should -Be 'GET'
    }

    It 'sends code, and shows the service''s error' {
        Clear-TestRequest
        $problem = Get-TestError { Invoke-MembraneAction -Connection $hubspot -Code 'export default () => 1' -InputObject @{ a = 1 } -ErrorAction Stop }
        $problem.Exception.Type | Should -Be 'custom_code'
        $problem.Exception.Message | Should -BeLike '*dotnet tool install*Membrane.Emulator*'
        $body = (Get-TestChange)[0].body | ConvertFrom-Json
        $body.code | Should -Be 'export default () => 1'
        $body.input.a | Should -Be 1
    }

    It 'refuses a request that is none, before any request: <Why>' -ForEach @(
        @{ Why = 'unknown member'; Api = @{ path = '/x'; verb = 'GET' }; Names = '*verb*' }
        @{ Why = 'unknown method'; Api = @{ path = '/x'; method = 'FETCH' }; Names = '*method*FETCH*' }
        @{ Why = 'no path'; Api = @{ method = 'GET' }; Names = '*path*' }
        @{ Why = 'path twice'; Api = @{ path = '/x'; url = '/y' }; Names = '*path*twice*' }
        @{ Why = 'newline in a header'; Api = @{ path = '/x'; headers = @{ 'X-A' = "a`r`nX-B: c" } }; Names = '*headers.X-A*line break*' }
        @{ Why = 'bad name of a header'; Api = @{ path = '/x'; headers = @{ "X A`n" = 'a' } }; Names = '*headers*' }
        @{ Why = 'an object in the query'; Api = @{ path = '/x'; query = @{ a = @{} } }; Names = '*query.a*' }
        @{ Why = 'a text'; Api = 'GET /x'; Names = '*hashtable*' }
    ) {
        Clear-TestRequest
        $problem = Get-TestError { Invoke-MembraneAction -Connection $hubspot -Api $Api -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidInput,*'
        "$problem $($problem.ErrorDetails.RecommendedAction)" | Should -BeLike $Names
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'changes nothing with -WhatIf' {
        Clear-TestRequest
        Invoke-MembraneAction -Connection $hubspot -Api @{ path = '/x' } -WhatIf
        Invoke-MembraneAction -Connection $hubspot -Code 'x' -WhatIf
        $strict | Invoke-MembraneAction -InputObject @{ email = 'a' } -UseAct -WhatIf
        Get-TestChange | Should -BeNullOrEmpty
    }
}

Describe 'Get-MembraneActionRunLog' {
    BeforeAll {
        $good = $strict | Invoke-MembraneAction -InputObject @{ email = 'log@example.com' }
        $failed = Get-TestError { Invoke-MembraneAction get-contact $hubspot -InputObject @{ id = 'no-such' } -ErrorAction Stop }
    }

    It 'gets the record of a run, of an error, and by id' {
        $log = $good | Get-MembraneActionRunLog
        $log | Should -BeOfType ([Membrane.ActionRunLog])
        $log.Status | Should -Be 'success'
        $log.Input.email | Should -Be 'log@example.com'
        $log.CreatedAt | Should -BeOfType ([DateTimeOffset])
        (Get-MembraneActionRunLog $good.ActionRunId).Id | Should -Be $good.ActionRunId
        $failure = $failed | Get-MembraneActionRunLog
        $failure.Status | Should -Be 'error'
        $failure.Error.Message | Should -Not -BeNullOrEmpty
        ($failed.Exception | Get-MembraneActionRunLog).Id | Should -Be $failure.Id
        (Get-MembraneActionRunLog -ActionRunLog $failed).Id | Should -Be $failure.Id
    }

    It 'gets the record of an error that came out of a job, and that of a file' {
        $module = (Resolve-Path $env:MEMBRANE_TEST_MODULE).Path
        $uri = $Emulator.ApiUri
        $token = New-MembraneToken -TenantKey ada -AsPlainText
        $null = Start-Job {
            Import-Module $using:module
            Connect-Membrane -ApiUri $using:uri -Token $using:token
            Invoke-MembraneAction get-contact hubspot -InputObject @{ id = 'no-such-in-job' }
            Invoke-MembraneAction get-contact hubspot -InputObject @{ wrong = 1 }
        } | Receive-Job -Wait -AutoRemoveJob -ErrorVariable problem -ErrorAction SilentlyContinue
        ($problem[0] | Get-MembraneActionRunLog).Input.id | Should -Be 'no-such-in-job'
        ($problem[0].Exception | Get-MembraneActionRunLog).Input.id | Should -Be 'no-such-in-job'
        ($problem[0].Exception.SerializedRemoteException | Get-MembraneActionRunLog).Input.id | Should -Be 'no-such-in-job'
        "$(Get-TestError { $problem[1] | Get-MembraneActionRunLog -ErrorAction Stop })" | Should -BeLike '*names no run of an action*'
        foreach ($one in $failed, $problem[0]) {
            $file = Join-Path $TestDrive 'error.xml'
            $one | Export-Clixml -LiteralPath $file -Depth 3
            (Import-Clixml -LiteralPath $file | Get-MembraneActionRunLog).Status | Should -Be 'error'
        }
    }

    It 'gets the record one pipe after the failure' {
        Invoke-MembraneAction get-contact $hubspot -InputObject @{ id = 'no-such-either' } -ErrorAction SilentlyContinue
        ($Error[0] | Get-MembraneActionRunLog).Input.id | Should -Be 'no-such-either'
    }

    It 'gets the details, whose unknown fields are ordinary properties' {
        $details = $failed | Get-MembraneActionRunLog -Details
        $details.Id | Should -Be $failed.Exception.ActionRunId
        $details.request | Should -Not -BeNullOrEmpty
        $details.response | Should -Not -BeNullOrEmpty
    }

    It 'lists with filters' {
        (Get-MembraneActionRunLog -Status error).Status | Select-Object -Unique | Should -Be 'error'
        (Get-MembraneActionRunLog -Connection hubspot -Status success -First 1).ConnectionId | Should -Be $hubspot.Id
        (Get-MembraneActionRunLog -Action $strict).Id | Should -Contain $good.ActionRunId
        Get-MembraneActionRunLog -From ([DateTimeOffset]::Now.AddDays(1)) | Should -BeNullOrEmpty
        @(Get-MembraneActionRunLog -To ([DateTimeOffset]::Now.AddDays(1))).Count | Should -BeGreaterThan 1
        (Get-MembraneActionRunLog -First 1 | Out-String) | Should -Match 'Status'
    }

    It 'lists by the key of an action, and by the id of one that is gone' {
        (Get-MembraneActionRunLog -Action create-strict -Connection hubspot).Id | Should -Contain $good.ActionRunId
        Clear-TestRequest
        $null = Get-MembraneActionRunLog -Action act_gone
        (Get-TestRequest)[-1].query | Should -BeLike '*actionId=act_gone*'
    }

    It 'leads back to the connection' {
        ($good | Get-MembraneActionRunLog | Get-MembraneConnection).Id | Should -Be $hubspot.Id
    }

    It 'says when an error names no run' {
        $other = Get-TestError { $strict | Invoke-MembraneAction -InputObject @{} -ErrorAction Stop }
        Clear-TestRequest
        "$(Get-TestError { $other | Get-MembraneActionRunLog -ErrorAction Stop })" | Should -BeLike '*names no run*'
        "$(Get-TestError { $strict | Get-MembraneActionRunLog -ErrorAction Stop })" | Should -BeLike '*of type Action*'
        (Get-TestError { Get-MembraneActionRunLog -Status unknown }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}
