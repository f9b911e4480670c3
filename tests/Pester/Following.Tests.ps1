# Get-MembraneActionRunLog -Follow: each run once, the oldest first, and on after a failure.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Start-TestWorkspace
    Connect-Membrane -Emulator -TenantKey ada -WithApp hubspot
    $connection = Get-MembraneConnection hubspot
    function New-TestContact([int[]] $Number) {
        $Number | ForEach-Object { @{ email = "f$_@example.com" } } | Invoke-MembraneAction create-contact hubspot -ThrottleLimit 4
    }

    # In a session of its own, as in a second console.
    function Start-Following([hashtable] $Parameters) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $context, $parameters) Import-Module $module; Get-MembraneActionRunLog -Follow -Context $context @parameters')
        $null = $shell.AddArgument($env:MEMBRANE_TEST_MODULE).AddArgument((Get-MembraneContext default)).AddArgument($Parameters)
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        @{ Shell = $shell; Output = $output; Running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output) }
    }

    function Wait-For([scriptblock] $Condition) {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($watch.Elapsed.TotalSeconds -gt 60) { throw "It did not come about: $Condition" }
            Start-Sleep -Milliseconds 50
        }
    }
}

AfterAll { Stop-TestWorkspace }

Describe 'Get-MembraneActionRunLog -Follow' {
    It 'emits what comes from now on, each once, also those of one time, and goes on after a failure' {
        $null = New-TestContact (1..3)
        Clear-TestRequest
        $following = Start-Following @{ Connection = $connection.Id }
        try {
            # Both reads of what is there already have been answered.
            Wait-For { @(Get-TestRequest | Where-Object path -EQ '/action-run-logs').Count -ge 2 }
            $runs = [System.Collections.Generic.List[string]]::new()
            @(New-TestContact (10..40)).ActionRunId | ForEach-Object { $runs.Add($_) }
            Wait-For { $following.Output.Count -ge 31 }
            Add-TestFault @{ match = @{ path = '/action-run-logs' }; status = 500; times = 2 }
            @(New-TestContact (50..54)).ActionRunId | ForEach-Object { $runs.Add($_) }
            Wait-For { $following.Output.Count -ge 36 }
            # To look through a collection that is still written to would wait for its end: it is taken out.
            $logs = $following.Output.ReadAll()
            $logs.Count | Should -Be 36
            $logs.Id | Sort-Object | Should -Be ($runs | Sort-Object)
            $times = @($logs.CreatedAt)
            for ($index = 1; $index -lt 31; $index++) { $times[$index] | Should -BeGreaterOrEqual $times[$index - 1] }
            $warnings = $following.Shell.Streams.Warning.ReadAll()
            $warnings.Count | Should -Be 1
            $warnings[0].Message | Should -BeLike '*tried again*'
            $following.Shell.Streams.Error.Count | Should -Be 0
        }
        finally {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $following.Shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
            $following.Shell.Dispose()
            Clear-TestFault
        }
    }

    It 'begins with what is there since -From, ends with -First, and refuses -To' {
        $since = [datetimeoffset]::UtcNow.AddHours(-1)
        $all = @(Get-MembraneActionRunLog -From $since)
        $all.Count | Should -BeGreaterThan 10
        $oldest = $all[-1..-5].Id
        (Get-MembraneActionRunLog -Follow -From $since | Select-Object -First 5).Id | Should -Be $oldest
        (Get-MembraneActionRunLog -Follow -From $since -First 3 -Skip 2).Id | Should -Be $oldest[2..4]
        (Get-TestError { Get-MembraneActionRunLog -Follow -To ([datetimeoffset]::UtcNow) -ErrorAction Stop }).Exception.Message | Should -BeLike '*-To*-Follow*'
        Add-TestFault @{ match = @{ path = '/action-run-logs' }; status = 403; times = 1; body = @{ type = 'access_denied'; message = 'No.' } }
        (Get-TestError { Get-MembraneActionRunLog -Follow -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AccessDenied*'
    }
}
