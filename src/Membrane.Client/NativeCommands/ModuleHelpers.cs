namespace Membrane.Client.NativeCommands;

/// <summary>The parts of the script that are the same for every app.</summary>
internal static class ModuleHelpers
{
    /// <summary>What the commands share.</summary>
    public const string Text = """
        # What Invoke-MembraneAction is told: the action, and what this call of its command was told. Rows are bound there.
        function Get-AppOption {
            param($Cmdlet, [System.Collections.IDictionary] $Bound, [hashtable] $Command)

            # A module does not see the preferences of the script that calls it.
            foreach ($preference in $AppPreferences.Keys) {
                if (-not $Bound.ContainsKey($AppPreferences[$preference])) { Set-Variable -Name $preference -Value $Cmdlet.SessionState.PSVariable.GetValue($preference) -Scope 1 -WhatIf:$false -Confirm:$false }
            }

            $Command.Cmdlet = $Cmdlet
            $Command.Bound = $Bound
            $options = @{ Action = $Command.Action; Connection = $AppConnection; AppCommand = $Command }
            foreach ($name in 'Connection', 'Context', 'ThrottleLimit', 'Ordered', 'SummaryVariable', 'CheckpointPath', 'CheckpointKey', 'ResumeFailed', 'RetryUnknown') {
                if ($Bound.ContainsKey($name)) { $options[$name] = $Bound[$name] }
            }

            if (-not $Bound['AsRun']) {
                $options['ExpandOutput'] = $true
                if ($Command.TypeName) { $options['OutputTypeName'] = $Command.TypeName }
                if ($Command.ItemsProperty) { $options['ExpandProperty'] = $Command.ItemsProperty }
            }

            # All pages, one after the other, unless the caller says how much or where from.
            if ($Command.Cursor -and -not $Bound['AsRun'] -and -not $Bound.ContainsKey('CheckpointPath') -and -not ($Command.OnePage | Where-Object { $Bound.ContainsKey($_) })) { $options += $Command.Cursor }
            $options
        }

        """;

    /// <summary>The preferences of a caller, with the parameters that say the same.</summary>
    public const string Preferences = """
        $AppPreferences = [ordered]@{
            ErrorActionPreference = 'ErrorAction'; WarningPreference = 'WarningAction'; InformationPreference = 'InformationAction'; ProgressPreference = 'ProgressAction'
            VerbosePreference = 'Verbose'; DebugPreference = 'Debug'; WhatIfPreference = 'WhatIf'; ConfirmPreference = 'Confirm'
        }

        """;

    /// <summary>Tells PowerShell of the types that the commands emit, for as long as the module is there.</summary>
    public const string Types = """
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

        """;

    /// <summary>The parameters that every command has.</summary>
    public const string CommonParameters = """
                [Parameter()]
                [object] $Connection,

                [Parameter()]
                [object] $Context,

                [Parameter()]
                [ValidateRange(1, 256)]
                [int] $ThrottleLimit,

                [Parameter()]
                [switch] $Ordered,

                [Parameter()]
                [string] $SummaryVariable,

                [Parameter()]
                [string] $CheckpointPath,

                [Parameter()]
                [string] $CheckpointKey,

                [Parameter()]
                [switch] $ResumeFailed,

                [Parameter()]
                [switch] $RetryUnknown,

                [Parameter()]
                [switch] $AsRun

        """;

    /// <summary>Their help.</summary>
    public const string CommonHelp = """
            .PARAMETER Connection
                The connection to run on: the object, its id or its key. Without it, the one that the commands were made from.

            .PARAMETER Context
                The sign-in to use: a context or its name. Without it, the default context of this session.

            .PARAMETER ThrottleLimit
                How many objects of the pipeline are worked on at once at the most, 1 to 256. Without it, 8. So -PipelineVariable of a command before this one does not have the row of a result: match them by the InputIndex of -AsRun.

            .PARAMETER Ordered
                Emit results in the order of the input, not as they come.

            .PARAMETER SummaryVariable
                The name of a variable for the account of all inputs.

            .PARAMETER CheckpointPath
                A file that keeps what became of each input. The same command started again with the same file goes on where the first one ended.

            .PARAMETER CheckpointKey
                The property of the input that tells inputs apart in the checkpoint file. Without it, their content does.

            .PARAMETER ResumeFailed
                Run inputs again that had failed in an earlier run with the same checkpoint file.

            .PARAMETER RetryUnknown
                Running twice does no harm: a run whose answer is lost is repeated.

            .PARAMETER AsRun
                Emit the run with its whole output, not what is in it.

        """;
}
