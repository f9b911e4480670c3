<#
.SYNOPSIS
    Runs an action that may not exist yet: Membrane Agent is asked to build what is missing.
.DESCRIPTION
    Finds the action of a connection by its key. If there is none, an agent session is started that builds it, and waited
    for; then the action runs with the given input.

    Started again while the agent still works, the job does not ask a second time: it looks for the session with the same
    prompt that is under way, and waits for that one.

    Automation variables: MembraneWorkspaceKey, MembraneWorkspaceSecret (encrypted).
.PARAMETER TenantKey
    On whose behalf.
.PARAMETER Connection
    The connection: its key or id, or the key of its app.
.PARAMETER ActionKey
    The key of the action.
.PARAMETER Description
    What the action is to do, for the agent: "archive a contact".
.PARAMETER InputJson
    The input of the action, as JSON.
.PARAMETER TimeoutSec
    How long to wait for the agent, in seconds. A cloud job gets three hours in all.
.OUTPUTS
    The output of the action.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $TenantKey,

    [Parameter(Mandatory = $true)]
    [string] $Connection,

    [Parameter(Mandatory = $true)]
    [string] $ActionKey,

    [Parameter(Mandatory = $true)]
    [string] $Description,

    [string] $InputJson = '{}',

    [ValidateRange(1, 10000)]
    [int] $TimeoutSec = 3600
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Find-Action { Get-MembraneAction -Connection $target -Search $ActionKey | Where-Object Key -eq $ActionKey | Select-Object -First 1 }

try {
    Connect-Membrane -WorkspaceKey (Get-AutomationVariable -Name MembraneWorkspaceKey) -WorkspaceSecret (Get-AutomationVariable -Name MembraneWorkspaceSecret) -TenantKey $TenantKey
    $target = Get-MembraneConnection $Connection
    $action = Find-Action
    if (-not $action) {
        $prompt = "Create an action to $Description for connection $($target.Id)"
        $session = Get-MembraneAgentSession -From (Get-Date).AddDays(-1) |
            Where-Object { $_.Prompt -eq $prompt -and $_.Status -in 'queued', 'starting', 'running' } |
            Select-Object -First 1
        if (-not $session) { $session = New-MembraneAgentSession -Agent action-building -Prompt $prompt }
        $session = $session | Wait-MembraneAgentSession -TimeoutSec $TimeoutSec
        Write-Verbose "The agent: $($session.Summary)"
        $action = Find-Action
        if (-not $action) { throw "The agent built no action '$ActionKey': $($session.Summary)" }
    }

    $action | Invoke-MembraneAction -Connection $target -InputJson $InputJson -ExpandOutput
}
finally {
    Disconnect-Membrane -All
}
