BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Support/LoopbackServer.ps1"
    Start-TestWorkspace

    # All errors of this file, for what holds of each of them.
    $script:AllErrors = [System.Collections.Generic.List[object]]::new()
    $plainTestError = ${function:Get-TestError}
    function Get-TestError {
        param([scriptblock] $Command)
        $problem = & $plainTestError $Command
        $script:AllErrors.Add($problem)
        $problem
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Errors' {
    AfterEach { Clear-TestFault }

    It '<Case> is <ErrorId>' -ForEach @(
        @{ Case = 'broken JSON'; ErrorId = 'MalformedResponse'; Category = 'InvalidData'; Fault = @{ status = 200; body = '{"items": [' } }
        @{ Case = 'JSON of another shape'; ErrorId = 'MalformedResponse'; Category = 'InvalidData'; Fault = @{ status = 200; body = '"text"' } }
        @{ Case = 'a web page'; ErrorId = 'HtmlResponse'; Category = 'InvalidData'; Fault = @{ status = 200; headers = @{ 'Content-Type' = 'text/html' }; body = '<html><body>Sign in to the proxy</body></html>' } }
        @{ Case = 'an empty body'; ErrorId = 'EmptyResponse'; Category = 'InvalidData'; Fault = @{ status = 200; body = '' } }
        @{ Case = 'a refusal'; ErrorId = 'AccessDenied'; Category = 'PermissionDenied'; Fault = @{ status = 403; body = @{ type = 'bad_request'; key = 'access_denied'; message = 'no' } } }
        @{ Case = 'a failure of the service'; ErrorId = 'ServerError'; Category = 'ResourceUnavailable'; Fault = @{ status = 500; body = @{ type = 'internal'; message = 'oops'; data = @{ errorId = 'err_42' } } } }
        @{ Case = 'a redirect'; ErrorId = 'UnexpectedRedirect'; Category = 'InvalidData'; Fault = @{ status = 302; headers = @{ Location = 'https://evil.example/' }; body = '' } }
        @{ Case = 'a lost connection'; ErrorId = 'ConnectionLost'; Category = 'ConnectionError'; Fault = @{ drop = 'before' } }
        @{ Case = 'half a body'; ErrorId = 'ConnectionLost'; Category = 'ConnectionError'; Fault = @{ drop = 'mid-body' } }
    ) {
        Add-TestFault ($Fault + @{ match = @{ method = 'GET'; path = '/connections' } })
        $problem = Get-TestError { Get-MembraneConnection -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.Exception | Should -BeOfType ([Membrane.MembraneException])
        "$problem" | Should -Not -Match '   at '
    }

    It 'carries what the service says' {
        Add-TestFault @{ match = @{ path = '/connections' }; status = 400; body = @{ type = 'configuration'; key = 'x'; message = 'outer'; data = @{ errorId = 'err_1'; missingField = 'email' }; causedByError = @{ message = 'inner' } } }
        $exception = (Get-TestError { Get-MembraneConnection -ErrorAction Stop }).Exception
        $exception.Type | Should -Be 'configuration'
        $exception.Key | Should -Be 'x'
        $exception.RequestId | Should -Be 'err_1'
        $exception.Details.missingField | Should -Be 'email'
        $exception.CausedBy.Message | Should -Be 'inner'
        [int]$exception.StatusCode | Should -Be 400
    }

    It 'says which command helps with <Case>' -ForEach @(
        @{ Case = 'a web page'; Fault = @{ status = 200; headers = @{ 'Content-Type' = 'text/html' }; body = '<html></html>' }; Advice = '*BodyStart*-ApiUri*-Proxy*Connect-Membrane*' }
        @{ Case = 'a redirect'; Fault = @{ status = 302; headers = @{ Location = 'https://evil.example/' }; body = '' }; Advice = '*-ApiUri*Connect-Membrane*' }
        @{ Case = 'a refusal'; Fault = @{ status = 403; body = @{ type = 'bad_request'; message = 'no' } }; Advice = '*Connect-Membrane*-Manager*' }
        @{ Case = 'a refused token'; Fault = @{ status = 401; body = @{ type = 'bad_request'; message = 'no' } }; Advice = '*Connect-Membrane*' }
        @{ Case = 'a broken connection to the app'; Fault = @{ status = 400; body = @{ type = 'connection'; message = 'no' } }; Advice = '*Connect-MembraneApp -Connection*' }
        @{ Case = 'a run that failed'; Fault = @{ status = 400; body = @{ type = 'action_run'; message = 'no' } }; Advice = '*Get-MembraneActionRunLog*' }
    ) {
        Add-TestFault ($Fault + @{ match = @{ method = 'GET'; path = '/connections' } })
        $problem = Get-TestError { Get-MembraneConnection -ErrorAction Stop }
        $problem.ErrorDetails.RecommendedAction | Should -BeLike $Advice
        $problem.Exception.RecommendedAction | Should -Be $problem.ErrorDetails.RecommendedAction
        ([regex]::Matches($problem.Exception.RecommendedAction, 'Connect-Membrane\b(?!App)')).Count | Should -BeLessOrEqual 1
    }

    It 'says which parameter waits longer' {
        $session = New-MembraneAgentSession 'Build' -Agent connection-building
        Add-TestFault @{ match = @{ method = 'GET'; path = "/agent/sessions/$($session.Id)" }; status = 200; body = @{ id = $session.Id; state = 'busy'; status = 'busy' } }
        (Get-TestError { Wait-MembraneAgentSession $session -TimeoutSec 1 -ErrorAction Stop }).ErrorDetails.RecommendedAction |
            Should -BeLike '*-TimeoutSec*'
    }

    It 'tells a refused connection from others' {
        Connect-Membrane -WorkspaceKey k -WorkspaceSecret s -TenantKey t -ApiUri http://127.0.0.1:9 -Name nowhere
        $problem = Get-TestError { Get-MembraneConnection -Context nowhere -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CannotConnect,*'
        $problem.Exception.Outcome | Should -Be 'NotSent'
        Disconnect-Membrane nowhere
        Select-MembraneContext default
    }

    It 'tells a bad token from an expired one' {
        Connect-Membrane -WorkspaceKey $Emulator.WorkspaceKey -WorkspaceSecret wrong -TenantKey t -ApiUri $Emulator.ApiUri -Name bad
        (Get-TestError { Get-MembraneConnection -Context bad -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotAuthenticated,*'
        $expired = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJhIiwiaWQiOiJiIiwiZXhwIjoxfQ.AAAA'
        Connect-Membrane -Token $expired -ApiUri $Emulator.ApiUri -Name expired
        $problem = Get-TestError { Get-MembraneConnection -Context expired -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'TokenExpired,*'
        ($problem | Format-List * -Force | Out-String) | Should -Not -Match 'eyJ'
        'bad', 'expired' | Disconnect-Membrane
        Select-MembraneContext default
    }

    It 'tries a broken page again without a word' {
        Add-TestFault @{ match = @{ path = '/connections' }; drop = 'before'; times = 1 }
        { Get-MembraneConnection -ErrorAction Stop } | Should -Not -Throw
    }

    It 'ends a command at once that is stopped while the service is silent' {
        Add-TestFault @{ match = @{ path = '/connections' }; delayMs = 600000 }
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context) Import-Module $module; Get-MembraneConnection -Context $context').AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default))
        $running = $shell.BeginInvoke()
        while (-not (Get-TestRequest | Where-Object path -eq '/connections')) { Start-Sleep -Milliseconds 50; if ($running.IsCompleted) { throw 'It ended too early.' } }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }

    It 'says nothing of the token in verbose output' {
        $verbose = Get-MembraneConnection -Verbose 4>&1 | Out-String
        $verbose | Should -Match 'GET /connections'
        $verbose | Should -Not -Match 'eyJ|Bearer'
    }
}

Describe 'What an app says' {
    BeforeAll {
        $connection = New-TestConnection hubspot
        $codes = @{
            service = @{ 401 = 'NotAuthenticated'; 403 = 'AccessDenied'; 429 = 'RateLimitExceeded' }
            app = @{ 401 = 'ConnectionProblem'; 403 = 'AppAccessDenied'; 429 = 'RateLimitExceeded' }
        }
        $categories = @{ 401 = 'AuthenticationError'; 403 = 'PermissionDenied'; 429 = 'LimitsExceeded' }
    }
    AfterEach { Clear-TestFault }

    It 'with <Status> in a failed run is not what the service says with it' -ForEach @{ Status = 401 }, @{ Status = 403 }, @{ Status = 429 } {
        $run = @{ match = @{ path = '/actions/create-contact/run' } }
        Add-TestFault ($run + @{ status = 400; body = @{ type = 'action_run'; message = 'The run failed.'; causedByError = @{ message = 'Slack says no.'; data = @{ status = $Status } } } })
        $ofApp = Get-TestError { Invoke-MembraneAction create-contact $connection @{ email = 'a@x.example' } -ErrorAction Stop }
        Clear-TestFault
        # With a pause that no command waits for.
        Add-TestFault ($run + @{ status = $Status; headers = @{ 'Retry-After' = '7200' }; body = @{ type = 'bad_request'; message = 'The service says no.' } })
        $ofService = Get-TestError { Invoke-MembraneAction create-contact $connection @{ email = 'a@x.example' } -ErrorAction Stop }
        $ofApp.Exception.ErrorId | Should -Be $codes.app[$Status]
        $ofService.Exception.ErrorId | Should -Be $codes.service[$Status]
        $ofApp.CategoryInfo.Category | Should -Be $categories[$Status]
        $ofService.CategoryInfo.Category | Should -Be $categories[$Status]
        $ofApp.ErrorDetails.RecommendedAction | Should -BeLike '*app*'
        $ofApp.ErrorDetails.RecommendedAction | Should -Not -Be $ofService.ErrorDetails.RecommendedAction
        $ofApp.Exception.AppStatus | Should -Be $Status
        $ofService.Exception.AppStatus | Should -BeNullOrEmpty
    }

    It 'with 429 to a request that was passed on has the id of every other 429' {
        Add-TestFault @{ match = @{ path = "/connections/$($connection.Id)/proxy/x" }; status = 429; body = @{ error = 'slow down' } }
        $problem = Get-TestError { Invoke-MembraneAppRequest /x -Connection $connection -ErrorAction Stop }
        $problem.Exception.ErrorId | Should -Be 'RateLimitExceeded'
        $problem.CategoryInfo.Category | Should -Be 'LimitsExceeded'
    }

    It 'is said once, where the service has it in its own message' {
        $problem = Get-TestError { Invoke-MembraneAction get-contact $connection @{ id = 'nobody' } -ErrorAction Stop }
        "$problem" | Should -Not -BeLike '*Caused by*'
    }
}

Describe 'An error as data' {
    AfterEach { Clear-TestFault }

    It 'of every type can be logged as JSON, at any depth that is of use' {
        Add-TestFault @{ match = @{ path = '/connections/a' }; status = 400; body = @{ type = 'configuration'; message = 'outer'; novelty = 1; data = @{ field = 'email' }; causedByError = @{ message = 'inner'; novelty = 2 } } }
        Add-TestFault @{ match = @{ path = '/connections/b' }; status = 200; body = '{' }
        Add-TestFault @{ match = @{ path = '/connections/c' }; drop = 'before' }
        $connection = New-TestConnection hubspot
        $problems = @(
            Get-TestError { Get-MembraneConnection a -ErrorAction Stop }
            Get-TestError { Get-MembraneConnection b -ErrorAction Stop }
            Get-TestError { Get-MembraneConnection c -ErrorAction Stop }
            Get-TestError { Get-MembraneConnection nobody -ErrorAction Stop }
            Get-TestError { Get-MembraneConnection 'x/y' -ErrorAction Stop }
            Get-TestError { Get-MembraneContext none -ErrorAction Stop }
            Get-TestError { Invoke-MembraneAction create-contact $connection @{ email = 5 } -ErrorAction Stop }
            Get-TestError { Get-MembraneAction x -Context ([Membrane.MembraneContext]$null) -ErrorAction Stop }
        ) | Where-Object { $_.Exception -is [Membrane.MembraneException] }
        @($problems.Exception | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique).Count | Should -BeGreaterOrEqual 5
        foreach ($problem in $problems) {
            foreach ($depth in 2..4) {
                $json = $problem | ConvertTo-Json -Depth $depth -WarningAction SilentlyContinue -ErrorAction Stop
                ($json | ConvertFrom-Json).Exception.ErrorId | Should -Be $problem.Exception.ErrorId
            }

            $problem.Exception.Data['job'] = 7
            (($problem | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue) | ConvertFrom-Json).Exception.Data.job | Should -Be 7
            $file = Join-Path $TestDrive 'problem.xml'
            $problem | Export-Clixml -LiteralPath $file -Depth 3
            (Import-Clixml -LiteralPath $file).Exception.ErrorId | Should -Be $problem.Exception.ErrorId
        }

        $json = $problems[0] | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json
        $json.Exception.Error.novelty | Should -Be 1
        $json.Exception.CausedBy.novelty | Should -Be 2
        $json.Exception.Details.field | Should -Be 'email'
    }

    It 'comes whole out of a job' {
        Add-TestFault @{ match = @{ path = '/connections/a' }; status = 400; body = @{ type = 'configuration'; message = 'outer'; novelty = 1 } }
        $problem = Start-Job {
            param($module, $api, $key, $secret)
            Import-Module $module
            Connect-Membrane -ApiUri $api -WorkspaceKey $key -WorkspaceSecret $secret -TenantKey ada
            try { Get-MembraneConnection a -ErrorAction Stop } catch { $_.Exception }
        } -ArgumentList (Resolve-Path $env:MEMBRANE_TEST_MODULE).Path, $Emulator.ApiUri, $Emulator.WorkspaceKey, (ConvertTo-SecureString 'emulator-development-secret-not-for-production-0123456789abcdef0' -AsPlainText -Force) | Receive-Job -Wait -AutoRemoveJob
        $problem.ErrorId | Should -Be 'RequestFailed'
        $problem.Type | Should -Be 'configuration'
    }
}

Describe 'An answer that is no HTTP' {
    It 'shows the token nowhere: <Answer>' -ForEach @(
        @{ Answer = "HTTX TOKEN`r`n`r`n" }
        @{ Answer = "HTTP/1.1 200 OK`r`nBad TOKEN`r`n`r`n" }
        @{ Answer = "HTTP/1.1 200 OK`r`nTransfer-Encoding: chunked`r`n`r`nTOKEN`r`n" }
    ) {
        $token = 'pat-SECRETSECRET0123456789'
        $server = [LoopbackServer]::new($Answer.Replace('TOKEN', $token))
        $kept = Join-Path $TestDrive 'transcript.txt'
        $Error.Clear()
        $null = Start-Transcript $kept
        try {
            Connect-Membrane -Token $token -ApiUri "http://127.0.0.1:$($server.Port)" -Name odd
            $problem = Get-TestError { Invoke-MembraneRequest /x -Method POST -Context odd -Confirm:$false -Verbose -Debug -ErrorAction Stop }
        }
        finally {
            $null = Stop-Transcript
            $server.Dispose()
            Disconnect-Membrane odd
            Select-MembraneContext default
        }

        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectionLost,*'
        $problem.Exception.Outcome | Should -Be 'Unknown'
        $hex = [BitConverter]::ToString([System.Text.Encoding]::ASCII.GetBytes('pat-SECRET'))
        foreach ($seen in (Get-Content -Raw $kept), ($Error | Get-Error | Out-String), [System.Management.Automation.PSSerializer]::Serialize(@($Error), 6), ($Error.Exception | Out-String)) {
            $seen | Should -Match 'valid answer of HTTP'
            $seen | Should -Not -Match "pat-SECRET|$hex"
        }
    }
}

Describe 'An error text' {
    It 'says nothing twice' {
        $AllErrors.Count | Should -BeGreaterThan 30
        foreach ($problem in $AllErrors) {
            $text = "$problem " + $problem.ErrorDetails.RecommendedAction
            $twice = $text -split '(?<=[.:;!?])\s+' | ForEach-Object { $_.Trim(' .:;') } | Where-Object Length -GT 3 | Group-Object | Where-Object Count -GT 1
            $twice.Name | Should -BeNullOrEmpty -Because $text
        }
    }
}
