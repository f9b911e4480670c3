# Plays the sandbox of Azure Automation: jobs side by side in one process, each in a runspace of its own, nobody to ask,
# no profile, variables by Get-AutomationVariable. Writes what came of the jobs, and what memory it took, as JSON.
param([string] $Jobs, [string] $Result)

$ErrorActionPreference = 'Stop'

# A home that cannot be written to, not even by the superuser. Set here: PowerShell itself need not be tried.
$env:HOME = $env:USERPROFILE = if ($IsLinux) { '/sys' } else { Join-Path $PSScriptRoot 'no-such-home' }
$started = foreach ($job in Get-Content -LiteralPath $Jobs -Raw | ConvertFrom-Json -AsHashtable) {
    $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $state.ImportPSModule($env:MEMBRANE_TEST_MODULE)
    $state.Variables.Add([System.Management.Automation.Runspaces.SessionStateVariableEntry]::new('AutomationVariables', $job.Variables, 'What the account keeps'))
    $state.Commands.Add([System.Management.Automation.Runspaces.SessionStateFunctionEntry]::new('Get-AutomationVariable', '
        param([Parameter(Mandatory = $true)] [string] $Name)
        if (-not $AutomationVariables.ContainsKey($Name)) { throw "There is no Automation variable ''$Name''." }
        $AutomationVariables[$Name]'))
    $shell = [powershell]::Create($state)
    $null = $shell.AddCommand($job.Runbook).AddParameters($job.Parameters)
    @{ Shell = $shell; Output = [System.Management.Automation.PSDataCollection[psobject]]::new() }
}

$nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
$nothing.Complete()
foreach ($one in $started) { $one.Running = $one.Shell.BeginInvoke($nothing, $one.Output) }
$results = foreach ($one in $started) {
    $failure = $null
    try { $one.Shell.EndInvoke($one.Running) }
    catch { $failure = "$($_.Exception.InnerException ?? $_.Exception)" }
    $streams = $one.Shell.Streams
    @{
        Failure = $failure
        Output = @($one.Output)
        Errors = @($streams.Error | ForEach-Object { "$_" })
        Warnings = @($streams.Warning | ForEach-Object { "$_" })
        StreamLength = (@($one.Output; $streams.Error; $streams.Warning; $streams.Verbose; $streams.Information) | Out-String).Length
    }
    $one.Shell.Dispose()
}

$peak = if (Test-Path /proc/self/status) { [long]((Get-Content /proc/self/status | Select-String '^VmHWM:\s+(\d+) kB').Matches.Groups[1].Value) / 1024 }
@{ Jobs = @($results); PeakMegabytes = $peak } | ConvertTo-Json -Depth 6 | Set-Content -LiteralPath $Result
