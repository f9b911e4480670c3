# A service that limits the rate of requests and, like the real one, does not say when to come back.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    $crm = New-TestConnection hubspot -Name 'CRM'
    function Get-RunStatus { @(Get-TestRequest | Where-Object path -like '*/run').status }
    function Add-RateLimit([int] $PerSecond, [string] $Path = '*/run', [string] $RetryAfter = 'none') {
        Add-TestFault @{ match = @{ path = $Path }; requestsPerSecond = $PerSecond; retryAfter = $RetryAfter }
    }

    function Add-FullStop([string] $Path = '*/run', [hashtable] $Headers = @{}) {
        Add-TestFault @{ match = @{ path = $Path }; status = 429; headers = $Headers }
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Rate limits without Retry-After' {
    BeforeEach { Clear-TestRequest }
    AfterEach { Clear-TestFault }

    It 'is the answer of the emulator without the header' {
        Add-MembraneEmulatorFault -Path '*/self' -RequestsPerSecond 1 -RetryAfter None
        $answers = 1..2 | ForEach-Object { Invoke-WebRequest "$($Emulator.ApiUri)self" -SkipHttpErrorCheck }
        $limited = @($answers | Where-Object StatusCode -eq 429)
        $limited.Count | Should -BeGreaterThan 0
        $limited[0].Headers.Keys | Should -Not -Contain 'Retry-After'
    }

    It 'tries one input four times, says once that it waits, and gives up' {
        Add-FullStop
        Invoke-MembraneAction create-contact $crm -InputObject @{ email = 'one@example.com' } -WarningVariable warnings -ErrorVariable problems -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Get-RunStatus | Should -Be @(429, 429, 429, 429)
        $warnings.Count | Should -Be 1
        $warnings[0].Message | Should -BeLike '*limits the rate*'
        $problems.FullyQualifiedErrorId | Should -BeLike 'RateLimitExceeded,*'
        $problems.CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $problems.Exception.Outcome | Should -Be 'NotSent'
    }

    It 'tries a list and a read as often as an input' {
        foreach ($parameters in @{}, @{ Connection = $crm.Id }) {
            Clear-TestFault
            Clear-TestRequest
            Add-FullStop '*/connections*'
            $problem = $null
            $said = @()
            try { Get-MembraneConnection @parameters -ErrorAction Stop -WarningAction SilentlyContinue -WarningVariable said } catch { $problem = $_ }
            @(Get-TestRequest | Where-Object path -like '*/connections*').status | Should -Be @(429, 429, 429, 429)
            $problem.FullyQualifiedErrorId | Should -BeLike 'RateLimitExceeded,*'
            $problem.CategoryInfo.Category | Should -Be 'LimitsExceeded'
            $said.Count | Should -Be 1
        }
    }

    It 'waits for one input as long as the parameter says, where it is there' {
        Add-FullStop
        Invoke-MembraneAction create-contact $crm -InputObject @{ email = 'one@example.com' } -MaxRateLimitWaitSec 0 -ErrorVariable problems -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Get-RunStatus | Should -Be @(429)
        $problems.FullyQualifiedErrorId | Should -BeLike 'RateLimitExceeded,*'
        $problems.CategoryInfo.Category | Should -Be 'LimitsExceeded'
    }

    It 'slows a batch down, loses nothing, and says so once' {
        Add-RateLimit 20
        $runs = 1..60 | ForEach-Object { @{ email = "slow$_@example.com" } } | Invoke-MembraneAction create-contact $crm -ThrottleLimit 16 -SummaryVariable summary -WarningVariable warnings -WarningAction SilentlyContinue
        $runs.Count | Should -Be 60
        $summary.Succeeded | Should -Be 60
        @(Get-RunStatus | Where-Object { $_ -eq 429 }).Count | Should -BeGreaterThan 0
        $warnings.Count | Should -Be 1
    }

    It 'asks a service that stays limited less and less often, until the time of the batch is over' {
        Add-FullStop
        1..20 | ForEach-Object { @{ email = "late$_@example.com" } } | Invoke-MembraneAction create-contact $crm -ThrottleLimit 4 -MaxRateLimitWaitSec 3 -SummaryVariable summary -ErrorVariable problems -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 20
        $problems | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'RateLimitExceeded,*'; $_.CategoryInfo.Category | Should -Be 'LimitsExceeded' }
        $summary.NotSent | Should -Be 20
        # Without the backoff each of the first four alone would ask six times.
        @(Get-RunStatus).Count | Should -BeLessThan 40
    }

    It 'does not wait for a Retry-After that is longer than the parameter allows' {
        Add-FullStop -Headers @{ 'Retry-After' = '3600' }
        1..5 | ForEach-Object { @{ email = "hour$_@example.com" } } | Invoke-MembraneAction create-contact $crm -ThrottleLimit 1 -ErrorVariable problems -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 5
        @(Get-RunStatus).Count | Should -Be 1
    }

    It 'has the parameter on every command with -ThrottleLimit that works on a batch' {
        $commands = Get-Command -Module Membrane -ParameterName ThrottleLimit | Where-Object Name -ne 'Start-MembraneMcpServer'
        $commands.Count | Should -BeGreaterThan 15
        $commands | Where-Object { -not $_.Parameters.ContainsKey('MaxRateLimitWaitSec') } | Should -BeNullOrEmpty
    }

    It 'has its id and category also where it ended <What>' -ForEach @(
        @{ What = 'an agent session'; Path = '/agent/sessions/*'; Body = @{ id = 'x1'; status = 'failed'; state = 'idle' }; Member = 'error'; Line = { Wait-MembraneAgentSession x1 } }
        @{ What = 'a connection request'; Path = '/connection-requests/*'; Body = @{ requestId = 'x1'; status = 'error' }; Member = 'resultError'; Line = { Wait-MembraneConnectionRequest x1 } }
        @{ What = 'a flow run'; Path = '/flow-runs/*'; Body = @{ id = 'x1'; state = 'failed' }; Member = 'errors'; Line = { Wait-MembraneFlowRun x1 } }
    ) {
        $limit = @{ type = 'bad_request'; key = 'rate_limit_exceeded'; message = 'Slow down' }
        $Body[$Member] = $limit
        if ($Member -eq 'errors') { $Body[$Member] = @($limit) }
        Add-TestFault @{ match = @{ path = $Path }; status = 200; body = $Body }
        $problem = @(& { $ErrorActionPreference = 'Continue'; $null = . $Line } 2>&1)[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'RateLimitExceeded,*'
        $problem.CategoryInfo.Category | Should -Be 'LimitsExceeded'
    }

    It 'refuses a time that is none' {
        { Invoke-MembraneAction create-contact $crm -MaxRateLimitWaitSec -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
