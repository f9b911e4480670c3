function {{Name}} {
    <#
    .SYNOPSIS
        {{Synopsis}}

    .DESCRIPTION
        {{Description}}

{{ParameterHelp}}
    .PARAMETER InputObject
{{#TakesWhole}}
        The input. Each object of the pipeline starts one run.
{{/TakesWhole}}
{{^TakesWhole}}
        A row: an object with properties, a hashtable or a row of a table; each is one run. Its members become the properties of the input with the same names; empty ones are left out. Parameters that you name apply to all rows.
{{/TakesWhole}}

{{#TakesMore}}
    .PARAMETER AdditionalInput
        Further properties of the input, by the app's own names.

{{/TakesMore}}
    .PARAMETER Connection
        The connection to run on: the object, its id or its key. The default is the connection that the commands were made from.

    .PARAMETER Context
        The sign-in to use: a context or its name. The default is the default context of this session.

    .PARAMETER ThrottleLimit
        How many objects of the pipeline are processed at the same time, 1 to 256. The default is 8. The -PipelineVariable of an earlier command is therefore not the row of a result: match them by the InputIndex of -AsRun.

    .PARAMETER Ordered
        Emit results in the order of the input, not as they complete.

    .PARAMETER SummaryVariable
        The name of a variable that receives the result counts of all inputs.

    .PARAMETER TotalCount
        How many inputs the pipeline is going to bring, where you know it: the progress bar then shows a percentage and the remaining time.

    .PARAMETER MaxRateLimitWaitSec
        How many seconds an input waits at most while the service limits the rate, 0 to 86400. The default is 600.

    .PARAMETER ReportPath
        A file for a report of all inputs, with the extension .html, .csv or .json.

    .PARAMETER Force
        Replace the file of -ReportPath, where it is there already.

    .PARAMETER CheckpointPath
        A file that records the outcome of each input. Run the same command again with the same file to continue where the first run ended.

    .PARAMETER CheckpointUri
        The address of a blob in Azure Storage that records the outcome of each input, in place of a file: with a signature (SAS), or with -CheckpointToken.

    .PARAMETER CheckpointToken
        The token for Azure Storage: text, a SecureString, what Get-AzAccessToken emits, or a script block that emits one of them.

    .PARAMETER PriorCheckpoint
        Checkpoints of other runs of the same batch, such as one with another number of shards. What is completed there is skipped. Wildcards are allowed.

    .PARAMETER CheckpointKey
        The property that identifies an input in the checkpoint. Without it, the content of the input identifies it.

    .PARAMETER ResumeFailed
        Run inputs again that failed in an earlier run with the same checkpoint file.

    .PARAMETER RetryUnknown
        Repeat a run whose response was lost. Use it only where running twice does no harm.

    .PARAMETER AsRun
        Emit the run with its complete output, not only the objects in it.
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
        [ValidateRange(0, [long]::MaxValue)]
        [long] $TotalCount,

        [Parameter()]
        [ValidateRange(0, 86400)]
        [int] $MaxRateLimitWaitSec,

        [Parameter()]
        [string] $ReportPath,

        [Parameter()]
        [switch] $Force,

        [Parameter()]
        [string] $CheckpointPath,

        [Parameter()]
        [uri] $CheckpointUri,

        [Parameter()]
        [object] $CheckpointToken,

        [Parameter()]
        [string[]] $PriorCheckpoint,

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
        # Ended early, by an error or by a command downstream such as Select-Object -First: stop what is running.
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
