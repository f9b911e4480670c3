function {{Name}} {
    <#
    .SYNOPSIS
        {{Synopsis}}

    .DESCRIPTION
        {{Description}}

{{ParameterHelp}}
    .PARAMETER InputObject
{{#TakesWhole}}
        The input. Each object of the pipeline is one run.
{{/TakesWhole}}
{{^TakesWhole}}
        A row: an object with properties, a hashtable or a row of a table; each is one run. Its members are the properties of the input with the same names. Empty ones are left out. What is given by name holds for all rows.
{{/TakesWhole}}

{{#TakesMore}}
    .PARAMETER AdditionalInput
        Further properties of the input, by the names that the app has for them.

{{/TakesMore}}
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
    .EXAMPLE
        {{Example}}
    #>
    [CmdletBinding(PositionalBinding = $false{{Binding}})]
{{^Reads}}
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSShouldProcess', '', Justification = 'Invoke-MembraneAction asks, row by row.')]
{{/Reads}}
{{#OutputType}}
    [OutputType({{OutputType}})]
{{/OutputType}}
{{#TakesCredentials}}
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', '', Justification = 'The app takes it as text.')]
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingUsernameAndPasswordParams', '', Justification = 'The app takes them apart.')]
{{/TakesCredentials}}
    param(
{{Parameters}}
{{#TakesWhole}}
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)]
{{/TakesWhole}}
{{^TakesWhole}}
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'Row')]
{{/TakesWhole}}
        [AllowNull()]
        [object] $InputObject,

{{#TakesMore}}
        [Parameter()]
        [System.Collections.IDictionary] $AdditionalInput,

{{/TakesMore}}
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
    )

    begin {
        $membraneOptions = Get-AppOption -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Command @{
            Name = {{QuotedName}}
            Action = {{Action}}
            Words = {{Words}}
{{#HasOutput}}
            TypeName = {{TypeName}}
            ItemsProperty = {{ItemsProperty}}
{{/HasOutput}}
{{#CursorInput}}
            Cursor = @{ CursorProperty = {{CursorProperty}}; CursorInput = {{CursorInput}} }
            OnePage = {{OnePage}}
{{/CursorInput}}
{{#TakesWhole}}
            TakesWhole = $true
{{/TakesWhole}}
{{^TakesWhole}}
            Parameters = [ordered]@{
{{PropertyNames}}
            }
{{/TakesWhole}}
        }
{{#Reads}}
        $WhatIfPreference = $false
        $ConfirmPreference = 'None'
{{/Reads}}
{{#Removes}}
        if ($ConfirmPreference -ne 'None') { $ConfirmPreference = 'Low' }
{{/Removes}}
        $membrane = { Membrane\Invoke-MembraneAction @membraneOptions }.GetSteppablePipeline($MyInvocation.CommandOrigin)
        $membrane.Begin($true, $ExecutionContext)
    }

    process {
        # Left early, by an error or because a command downstream has enough: nothing stays under way.
        $isDone = $false
        try {
{{#TakesWhole}}
            $membrane.Process($InputObject)
{{/TakesWhole}}
{{^TakesWhole}}
            if ($PSCmdlet.ParameterSetName -eq 'Row') { $membrane.Process($InputObject) } else { $membrane.Process(@{}) }
{{/TakesWhole}}
            $isDone = $true
        }
        finally {
            if (-not $isDone) { $membrane.Dispose() }
        }
    }

    end { $membrane.End() }
}
