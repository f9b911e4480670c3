BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $runbooks = Join-Path $PSScriptRoot '../../docs/samples/runbooks' | Resolve-Path
    $scratch = (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) "membrane-runbooks-$([guid]::NewGuid())")).FullName
    $variables = @{
        MembraneWorkspaceKey = 'emulator-workspace'
        MembraneWorkspaceSecret = 'emulator-development-secret-not-for-production-0123456789abcdef0'
        HubspotKey = 'key-of-hubspot'
    }

    # Begins jobs in one process that plays the host, with a home that cannot be written to.
    function Start-Runbook {
        param([object[]] $Job)
        $id = [guid]::NewGuid()
        $jobs = Join-Path $scratch "$id.jobs.json"
        $result = Join-Path $scratch "$id.result.json"
        ConvertTo-Json -Depth 6 -InputObject @($Job | ForEach-Object { @{ Runbook = Join-Path $runbooks $_.Runbook; Parameters = $_.Parameters; Variables = $variables } }) |
            Set-Content -LiteralPath $jobs
        $start = [System.Diagnostics.ProcessStartInfo]::new($env:MEMBRANE_TEST_ENGINE)
        $start.UseShellExecute = $false
        foreach ($argument in '-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/Support/Invoke-AutomationHost.ps1", '-Jobs', $jobs, '-Result', $result) { $start.ArgumentList.Add($argument) }
        $start.Environment['MEMBRANE_API_URL'] = "$($script:Emulator.ApiUri)"
        @{ Process = [System.Diagnostics.Process]::Start($start); Result = $result }
    }

    function Invoke-Runbook {
        param([object[]] $Job)
        $started = Start-Runbook $Job
        $started.Process.WaitForExit()
        $started.Process.ExitCode | Should -Be 0
        $result = Get-Content -LiteralPath $started.Result -Raw | ConvertFrom-Json
        $result.PeakMegabytes | Should -BeLessThan 400
        foreach ($one in $result.Jobs) { $one.StreamLength | Should -BeLessThan 200kb }
        $script:Peak = [Math]::Max($script:Peak, [double]$result.PeakMegabytes)
        $result.Jobs
    }

    function Get-Contact {
        param([string] $Context = 'default')
        @(Get-MembraneRecord -Connection hubspot -Collection contacts -Context $Context)
    }

    # A place for files that are put there and fetched again, as blobs are.
    function Start-BlobStore {
        $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $address = "http://127.0.0.1:$($probe.LocalEndpoint.Port)/"
        $probe.Stop()
        $listener = [System.Net.HttpListener]::new()
        $listener.Prefixes.Add($address)
        $listener.Start()
        $shell = [powershell]::Create().AddScript({
            param($listener)
            $blobs = @{}
            while ($listener.IsListening) {
                try { $context = $listener.GetContext() } catch { break }
                $name = $context.Request.Url.AbsolutePath
                if ($context.Request.HttpMethod -eq 'PUT') {
                    $bytes = [System.IO.MemoryStream]::new()
                    $context.Request.InputStream.CopyTo($bytes)
                    $blobs[$name] = $bytes.ToArray()
                    $context.Response.StatusCode = if ($context.Request.Headers['x-ms-blob-type'] -eq 'BlockBlob') { 201 } else { 400 }
                }
                elseif ($blobs.ContainsKey($name)) { $context.Response.OutputStream.Write($blobs[$name], 0, $blobs[$name].Length) }
                else { $context.Response.StatusCode = 404 }
                $context.Response.Close()
            }
        }).AddArgument($listener)
        $null = $shell.BeginInvoke()
        @{ Address = $address; Listener = $listener }
    }

    $script:Peak = 0
}

AfterAll {
    Write-Host "Runbooks: at most $([int]$script:Peak) MB"
    Stop-TestWorkspace
    Remove-Item -LiteralPath $scratch -Recurse -Force -ErrorAction Ignore
}

Describe 'Sync-Crm.ps1' {
    BeforeEach {
        Start-TestWorkspace
        $null = New-MembraneConnection -IntegrationKey hubspot -Credentials @{ apiKey = 'k' }
        $csv = Join-Path $scratch "$([guid]::NewGuid()).csv"
        1..200 | ForEach-Object { [pscustomobject]@{ email = "p$_@example.com"; firstName = "Zoë $_" } } | Export-Csv -LiteralPath $csv -Encoding utf8
        $parameters = @{ Source = $csv; TenantKey = 'ada'; CheckpointPath = Join-Path $scratch "$([guid]::NewGuid()).checkpoint" }
    }

    It 'brings every row over once, also when it is started again' {
        (Invoke-Runbook @{ Runbook = 'Sync-Crm.ps1'; Parameters = $parameters }).Output.Succeeded | Should -Be 200
        $again = Invoke-Runbook @{ Runbook = 'Sync-Crm.ps1'; Parameters = $parameters }
        $again.Failure | Should -BeNullOrEmpty
        $again.Output.Skipped | Should -Be 200
        @(Get-Contact | ForEach-Object { $_.Fields.email } | Sort-Object -Unique).Count | Should -Be 200
        @(Get-Contact).Count | Should -Be 200
        (Get-Contact)[0].Fields.firstName | Should -BeLike 'Zoë *'
    }

    It 'killed at any moment, goes on where it was and does nothing twice' {
        # The first sixty go through, the others are held back: the job is under way for as long as it takes to kill it.
        Add-TestFault @{ match = @{ path = '/actions/*' }; times = 60 }
        Add-TestFault @{ match = @{ path = '/actions/*' }; delayMs = 600000 }
        $started = Start-Runbook @{ Runbook = 'Sync-Crm.ps1'; Parameters = $parameters }
        while (@(Get-Contact).Count -lt 20) { Start-Sleep -Milliseconds 50; if ($started.Process.HasExited) { throw 'It ended too early.' } }
        $started.Process.Kill()
        $started.Process.WaitForExit()
        $before = @(Get-Contact).Count
        $before | Should -BeLessThan 200
        Clear-TestFault

        $again = Invoke-Runbook @{ Runbook = 'Sync-Crm.ps1'; Parameters = $parameters }

        $emails = @(Get-Contact | ForEach-Object { $_.Fields.email })
        @($emails | Sort-Object -Unique).Count | Should -Be $emails.Count
        $again.Output.Skipped | Should -BeGreaterThan 0
        # What was under way when the job was killed is reported, and not done again.
        $again.Output.Total | Should -Be 200
        $again.Output.Succeeded + $again.Output.Skipped + $again.Output.Unknown | Should -Be 200
        $emails.Count | Should -BeGreaterOrEqual (200 - $again.Output.Unknown)
        if ($again.Output.Unknown) { $again.Failure | Should -BeLike '*outcome is unknown*' }
    }

    It 'keeps the checkpoint in a blob between two sandboxes' {
        . "$PSScriptRoot/Support/Azurite.ps1"
        if (-not (Find-Azurite)) { Set-ItResult -Skipped -Because 'there is no Azurite (npm ci --prefix tests/azurite)'; return }
        $azurite = Start-Azurite -Folder (Join-Path $scratch 'azurite')
        try {
            $null = Invoke-Storage PUT "$($azurite.Address)/checkpoints?restype=container"
            $parameters.Remove('CheckpointPath')
            $parameters.CheckpointUri = "$($azurite.Address)/checkpoints/ada?$(Get-StorageSignedQuery checkpoints)"
            $first = Invoke-Runbook @{ Runbook = 'Sync-Crm.ps1'; Parameters = $parameters }
            $first.Failure | Should -BeNullOrEmpty
            $first.Output.Succeeded | Should -Be 200

            $again = Invoke-Runbook @{ Runbook = 'Sync-Crm.ps1'; Parameters = $parameters }
            $again.Output.Skipped | Should -Be 200
            @(Get-Contact).Count | Should -Be 200
        }
        finally { Stop-Azurite $azurite }
    }

    It 'ends with an error that counts what went wrong' {
        $rows = [pscustomobject]@{ email = 'fine@example.com'; firstName = 'Ada' }, [pscustomobject]@{ email = ''; firstName = 'Nobody' }
        $rows | Export-Csv -LiteralPath $csv
        Add-TestFault @{ match = @{ path = '/actions/*' }; status = 500; times = 1 }
        $job = Invoke-Runbook @{ Runbook = 'Sync-Crm.ps1'; Parameters = $parameters }
        $job.Output.Total | Should -Be 2
        $job.Failure | Should -BeLike '*Start the job again*'
        $job.Warnings.Count | Should -BeGreaterThan 0
    }

    It 'of two tenants in one process never sees the other one''s context' {
        Connect-Membrane -Emulator -TenantKey bob -Name bob
        $null = New-MembraneConnection -IntegrationKey hubspot -Credentials @{ apiKey = 'k' } -Context bob
        $other = Join-Path $scratch "$([guid]::NewGuid()).csv"
        1..150 | ForEach-Object { [pscustomobject]@{ email = "b$_@example.org" } } | Export-Csv -LiteralPath $other
        $jobs = Invoke-Runbook @(
            @{ Runbook = 'Sync-Crm.ps1'; Parameters = $parameters }
            @{ Runbook = 'Sync-Crm.ps1'; Parameters = @{ Source = $other; TenantKey = 'bob'; CheckpointPath = Join-Path $scratch "$([guid]::NewGuid()).checkpoint" } }
        )
        @($jobs.Failure | Where-Object { $_ }) | Should -BeNullOrEmpty
        @(Get-Contact).Count | Should -Be 200
        @(Get-Contact | Where-Object { $_.Fields.email -notlike 'p*' }) | Should -BeNullOrEmpty
        @(Get-Contact -Context bob).Count | Should -Be 150
        @(Get-Contact -Context bob | Where-Object { $_.Fields.email -notlike 'b*' }) | Should -BeNullOrEmpty
    }
}

Describe 'Watch-Connection.ps1' {
    BeforeEach {
        Start-TestWorkspace
        $good = New-MembraneConnection -Name Good -IntegrationKey hubspot -Credentials @{ apiKey = 'k' }
    }

    It 'says nothing when all is well' {
        $job = Invoke-Runbook @{ Runbook = 'Watch-Connection.ps1'; Parameters = @{ Test = $true } }
        $job.Failure | Should -BeNullOrEmpty
        $job.Output.Count | Should -Be 0
    }

    It 'names what does not work, and sends it through a connection' {
        $bad = New-MembraneConnection -Name Bad -IntegrationKey github -Credentials @{ apiKey = 'k' }
        $bad | Disconnect-MembraneConnection -Confirm:$false
        $null = New-MembraneConnection -Name Waiting -IntegrationKey gmail
        $null = New-MembraneConnection -IntegrationKey slack -Credentials @{ accessToken = 'k' }
        $job = Invoke-Runbook @{ Runbook = 'Watch-Connection.ps1'; Parameters = @{ Test = $true; TenantKey = 'ada'; Connection = 'slack'; Message = @{ channel = '#ops' } } }
        $job.Failure | Should -BeNullOrEmpty
        $job.Output.Connection | Sort-Object | Should -Be 'Bad', 'Waiting'
        $message = Get-MembraneRecord -Connection slack -Collection messages | Select-Object -Last 1
        $message.Fields.channel | Should -Be '#ops'
        $message.Fields.text | Should -BeLike '2 connections do not work:*Bad*'
        $good.Id | Should -Not -BeIn $job.Output.Id
    }

    It 'posts to a webhook' {
        $null = New-MembraneConnection -Name Waiting -IntegrationKey gmail
        $store = Start-BlobStore
        try {
            # The store refuses what is no blob: the request came, and its refusal is not hidden.
            (Invoke-Runbook @{ Runbook = 'Watch-Connection.ps1'; Parameters = @{ WebhookUri = "$($store.Address)hook" } }).Failure | Should -Match '404'
        }
        finally { $store.Listener.Close() }
    }
}

Describe 'Initialize-Tenant.ps1' {
    BeforeEach { Start-TestWorkspace }

    It 'makes what is missing, once' {
        $csv = Join-Path $scratch "$([guid]::NewGuid()).csv"
        'tenantKey,name,app,secret', 'acme,Acme Ltd,hubspot,HubspotKey', 'acme,Acme Ltd,slack,', 'birch,Birch & Söhne,hubspot,NoSuchVariable' | Set-Content -LiteralPath $csv -Encoding utf8
        $job = Invoke-Runbook @{ Runbook = 'Initialize-Tenant.ps1'; Parameters = @{ Path = $csv } }
        $job.Output[0].Status | Should -Be 'connected'
        $job.Output[1].Status | Should -Be 'waits for a person'
        $job.Output[2].Status | Should -BeLike 'failed: *NoSuchVariable*'
        $job.Output[1].Page | Should -BeLike 'http*'
        $job.Failure | Should -BeLike '*1 of 3 rows failed*'

        # The person signs in, the variable is made, and the job is started again.
        $null = Invoke-WebRequest -Uri $job.Output[1].Page -Method Post -Body @{ decision = 'allow' } -UseBasicParsing
        (Get-Content -LiteralPath $csv -Raw).Replace('NoSuchVariable', 'HubspotKey') | Set-Content -LiteralPath $csv -Encoding utf8
        $again = Invoke-Runbook @{ Runbook = 'Initialize-Tenant.ps1'; Parameters = @{ Path = $csv } }
        $again.Failure | Should -BeNullOrEmpty
        $again.Output.Status | Should -Be 'connected before', 'connected before', 'connected'
        Connect-Membrane -Emulator -Manager -Name manager
        @(Get-MembraneTenant -Context manager | Where-Object Name -in 'Acme Ltd', 'Birch & Söhne').Count | Should -Be 2
        @(Get-MembraneConnection -Context manager).Count | Should -Be 3
    }

    It 'changes nothing when a row is incomplete' {
        $csv = Join-Path $scratch "$([guid]::NewGuid()).csv"
        'tenantKey,name,app', 'acme,Acme Ltd,hubspot', ',Nobody,slack' | Set-Content -LiteralPath $csv
        (Invoke-Runbook @{ Runbook = 'Initialize-Tenant.ps1'; Parameters = @{ Path = $csv } }).Failure | Should -BeLike '*nothing was changed*'
        Connect-Membrane -Emulator -Manager -Name manager
        @(Get-MembraneTenant -Context manager | Where-Object Name -eq 'Acme Ltd') | Should -BeNullOrEmpty
    }
}

Describe 'Request-Action.ps1' {
    BeforeEach {
        Start-TestWorkspace
        $null = New-MembraneConnection -IntegrationKey hubspot -Credentials @{ apiKey = 'k' }
        $parameters = @{ TenantKey = 'ada'; Connection = 'hubspot'; ActionKey = 'list-carrier-pigeons'; Description = 'list carrier pigeons' }
    }

    It 'has the agent build what is missing, and runs it' {
        $job = Invoke-Runbook @{ Runbook = 'Request-Action.ps1'; Parameters = $parameters }
        $job.Failure | Should -BeNullOrEmpty
        $job.Output | Should -BeNullOrEmpty -Because 'there are none yet'
        @(Get-MembraneActionRunLog).Count | Should -Be 1
        @(Get-MembraneAgentSession).Count | Should -Be 1
        # The second time it is there.
        (Invoke-Runbook @{ Runbook = 'Request-Action.ps1'; Parameters = $parameters }).Failure | Should -BeNullOrEmpty
        @(Get-MembraneAgentSession).Count | Should -Be 1
    }

    It 'started twice, asks the agent once' {
        $null = New-MembraneAgentSession -Agent action-building -Prompt "Create an action to list carrier pigeons for connection $((Get-MembraneConnection hubspot).Id)"
        (Invoke-Runbook @{ Runbook = 'Request-Action.ps1'; Parameters = $parameters }).Failure | Should -BeNullOrEmpty
        @(Get-MembraneAgentSession).Count | Should -Be 1
    }
}
