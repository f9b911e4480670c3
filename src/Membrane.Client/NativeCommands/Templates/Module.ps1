# Commands of {{App}}, made from the actions of a Membrane connection. Do not edit; regenerate with Export-MembraneApp -Update.

param(
    # The connection that the commands run on, unless -Connection names another one.
    [object] $Connection = {{Connection}}
)

$AppConnection = $Connection
$AppPreferences = [ordered]@{
    ErrorActionPreference = 'ErrorAction'; WarningPreference = 'WarningAction'; InformationPreference = 'InformationAction'; ProgressPreference = 'ProgressAction'
    VerbosePreference = 'Verbose'; DebugPreference = 'Debug'; WhatIfPreference = 'WhatIf'; ConfirmPreference = 'Confirm'
}

# Replaces the commands that Import-MembraneApp made in this session.
Get-Module -Name {{Module}} | Where-Object { $_ -ne $ExecutionContext.SessionState.Module } | Remove-Module -Force
$AppTypes = [ordered]@{
{{Types}}
}

foreach ($name in $AppTypes.Keys) {
    $type = [System.Management.Automation.Runspaces.TypeData]::new($name)
    foreach ($property in $AppTypes[$name].Properties) {
        $member = [System.Management.Automation.Runspaces.NotePropertyData]::new($property, $null)
        $member.IsHidden = $true
        $type.Members.Add($property, $member)
    }

    if ($AppTypes[$name].Columns) { $type.DefaultDisplayPropertySet = [System.Management.Automation.Runspaces.PropertySetData]::new([string[]] $AppTypes[$name].Columns) }
    Update-TypeData -TypeData $type -Force
}

$ExecutionContext.SessionState.Module.OnRemove = { $AppTypes.Keys | ForEach-Object { Remove-TypeData -TypeName $_ -ErrorAction Ignore } }

# The parameters of Invoke-MembraneAction: the action, and what the caller of the command passed. Rows are bound there.
function Get-AppOption {
    param($Cmdlet, [System.Collections.IDictionary] $Bound, [hashtable] $Command)

    # A module does not see the preferences of the script that calls it.
    foreach ($preference in $AppPreferences.Keys) {
        if (-not $Bound.ContainsKey($AppPreferences[$preference])) { Set-Variable -Name $preference -Value $Cmdlet.SessionState.PSVariable.GetValue($preference) -Scope 1 -WhatIf:$false -Confirm:$false }
    }

    $Command.Cmdlet = $Cmdlet
    $Command.Bound = $Bound
    $options = @{ Action = $Command.Action; Connection = $AppConnection; AppCommand = $Command }
    foreach ($name in 'Connection', 'Context', 'ThrottleLimit', 'Ordered', 'SummaryVariable', 'TotalCount', 'MaxRateLimitWaitSec', 'ReportPath', 'Force', 'CheckpointPath', 'CheckpointUri', 'CheckpointToken', 'PriorCheckpoint', 'CheckpointKey', 'ResumeFailed', 'RetryUnknown') {
        if ($Bound.ContainsKey($name)) { $options[$name] = $Bound[$name] }
    }

    if (-not $Bound['AsRun']) {
        $options['ExpandOutput'] = $true
        if ($Command.TypeName) { $options['OutputTypeName'] = $Command.TypeName }
        if ($Command.ItemsProperty) { $options['ExpandProperty'] = $Command.ItemsProperty }
    }

    # All pages, one after the other, unless the caller limits the number of objects or says where to start.
    if ($Command.Cursor -and -not $Bound['AsRun'] -and -not $Bound.ContainsKey('CheckpointPath') -and -not $Bound.ContainsKey('CheckpointUri') -and -not ($Command.OnePage | Where-Object { $Bound.ContainsKey($_) })) { $options += $Command.Cursor }
    $options
}

{{Commands}}
{{Aliases}}

Export-ModuleMember -Function {{FunctionNames}} -Alias {{AliasNames}}
