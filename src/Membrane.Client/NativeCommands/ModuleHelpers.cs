namespace Membrane.Client.NativeCommands;

/// <summary>The parts of the script that are the same for every app.</summary>
internal static class ModuleHelpers
{
    /// <summary>What the commands share.</summary>
    public const string Text = """
        # Takes what cells of a table say: text for numbers and truth, and nothing where a cell is empty. What is empty is bound as
        # something valid here and left out of the input later. Values in another case are the ones that the app knows.
        class AppCell : System.Management.Automation.ArgumentTransformationAttribute {
            [object[]] $Values

            AppCell([object[]] $values) { $this.Values = $values }

            [object] Transform([System.Management.Automation.EngineIntrinsics] $engine, [object] $data) {
                $value = if ($data -is [psobject] -and $data.PSObject.BaseObject -is [string]) { $data.PSObject.BaseObject } else { $data }
                if ($null -eq $value -or ($value -is [string] -and $value.Trim().Length -eq 0)) { return $this.Values[0] }
                if ($value -isnot [string]) { return $data }
                if ($this.Values[0] -is [bool]) {
                    if ($value.Trim() -in 'true', 'yes', '1') { return $true }
                    if ($value.Trim() -in 'false', 'no', '0') { return $false }
                    return $data
                }

                foreach ($known in $this.Values) {
                    if ($known -is [string] -and $known -eq $value) { return $known }
                }

                return $data
            }
        }

        # What the run of an action is told, with everything that Invoke-MembraneAction does for many inputs.
        function Open-AppAction {
            param($Cmdlet, [System.Collections.IDictionary] $Bound, [hashtable] $Action)

            $options = @{ Action = $Action.Action; Connection = $script:AppConnection; WhatIf = $false; Confirm = $false }
            foreach ($name in 'Connection', 'Context', 'ThrottleLimit', 'Ordered', 'CheckpointPath', 'CheckpointKey', 'ResumeFailed', 'RetryUnknown') {
                if ($Bound.ContainsKey($name)) { $options[$name] = $Bound[$name] }
            }

            # A module does not see the preferences of the script that calls it.
            foreach ($name in 'ErrorAction', 'Verbose', 'Debug') {
                if ($Bound.ContainsKey($name)) { $options[$name] = $Bound[$name] }
            }

            if (-not $Bound.ContainsKey('ErrorAction')) { $options['ErrorAction'] = $Cmdlet.SessionState.PSVariable.GetValue('ErrorActionPreference') }
            if ($Bound.ContainsKey('SummaryVariable')) { $options['SummaryVariable'] = 'membraneSummary' }
            if (-not $Bound['AsRun']) {
                $options['ExpandOutput'] = $true
                if ($Action.TypeName) { $options['OutputTypeName'] = $Action.TypeName }
                if ($Action.ItemsProperty) { $options['ExpandProperty'] = $Action.ItemsProperty }
            }

            # All pages, one after the other, unless the caller says how much or where from.
            if ($Action.Cursor -and -not $Bound['AsRun'] -and -not $Bound.ContainsKey('CheckpointPath') -and -not ($Action.OnePage | Where-Object { $Bound.ContainsKey($_) })) { $options += $Action.Cursor }

            $named = @{}
            foreach ($name in $Bound.Keys) { $named[$name] = $true }
            @{ Action = $Action; Named = $named; Options = $options; Pipeline = $null }
        }

        # One input: what was bound, by the names that the app has for it.
        function Send-AppInput {
            param([hashtable] $Run, [System.Collections.IDictionary] $Bound, $Item)

            if ($Bound.ContainsKey('InputObject')) {
                $content = $Item
            }
            else {
                $content = [System.Collections.Specialized.OrderedDictionary]::new([System.StringComparer]::Ordinal)
                foreach ($property in $Run.Action.Properties) {
                    $name, $key, $kind = $property
                    if (-not $Bound.ContainsKey($name) -or (-not $Run.Named.ContainsKey($name) -and (Test-AppCell -Item $Item -Name $name -Key $key))) { continue }
                    $content[$key] = switch ($kind) {
                        'Switch' { [bool] $Bound[$name] }
                        'Date' { , @($Bound[$name] | ForEach-Object { $_.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture) }) }
                        'Time' { , @($Bound[$name] | ForEach-Object { $_.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.FFFFFFFZ', [cultureinfo]::InvariantCulture) }) }
                        default { , $Bound[$name] }
                    }

                    if ($kind -in 'Date', 'Time' -and $Bound[$name] -isnot [array]) { $content[$key] = $content[$key][0] }
                }

                if ($Bound.ContainsKey('AdditionalInput')) {
                    foreach ($key in $Bound['AdditionalInput'].Keys) { $content[[string] $key] = $Bound['AdditionalInput'][$key] }
                }
            }

            $isDone = $false
            try {
                $Run.Pipeline.Process($content)
                $isDone = $true
            }
            finally {
                # Left early, by an error or because a command downstream has enough: nothing stays under way.
                if (-not $isDone) { $Run.Pipeline.Dispose() }
            }
        }

        # Whether a property that was bound from the pipeline is an empty cell.
        function Test-AppCell {
            param($Item, [string] $Name, [string] $Key)

            if ($null -eq $Item) { return $false }
            $property = $Item.PSObject.Properties[$Name]
            if ($null -eq $property -and $Key) { $property = $Item.PSObject.Properties[$Key] }
            $null -ne $property -and ($null -eq $property.Value -or ($property.Value -is [string] -and $property.Value.Trim().Length -eq 0))
        }

        """;

    /// <summary>What a command that changes something takes over from the script that calls it, which a module does not see by itself.</summary>
    public const string Preferences = """
                if (-not $PSBoundParameters.ContainsKey('WhatIf')) { $WhatIfPreference = $PSCmdlet.SessionState.PSVariable.GetValue('WhatIfPreference') }
                if (-not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = $PSCmdlet.SessionState.PSVariable.GetValue('ConfirmPreference') }

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
                How many objects of the pipeline are worked on at once at the most, 1 to 256. Without it, 8.

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
