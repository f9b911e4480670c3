BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
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
