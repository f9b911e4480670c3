using System;
using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.DataCollections;

/// <summary>
/// Creates records in a data collection, one for each input (POST …/data/{dataCollectionKey}/create). The service answers
/// with the id; pipe the record to Get-MembraneRecord to read its fields.
/// </summary>
[Cmdlet(VerbsCommon.New, "MembraneRecord", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "New-MembraneRecord.md")]
[OutputType(typeof(DataRecord))]
public sealed class NewMembraneRecordCommand : MembraneRecordChangeCommand
{
    /// <summary>The fields: a hashtable or any object with properties; of a record from elsewhere, its fields.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Fields { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Fields;

    private protected override string Activity => "Creating records";

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([Fields], static fields => fields, Create);

    private void Create(PSObject? input)
    {
        // As an item of the batch, so that a row that is nothing is counted, too.
        RequireInput(input, nameof(Fields), isNamed: true);
        var pointer = Point();
        var fields =
            input!.BaseObject is string text && text.TrimStart().StartsWith("{", StringComparison.Ordinal)
                ? JsonArgument.Parse(text, nameof(Fields))
                : RecordFields.Of(input, nameof(Fields))!;
        var create = Batch.Client.Data.PrepareCreate(pointer, fields);
        if (ShouldProcess($"{pointer.Key} of {pointer.ConnectionId}", "Create record"))
        {
            Batch.Submit(input, async token => await create(token).ConfigureAwait(false));
        }
        else
        {
            Batch.Decline(ErrorTarget);
        }
    }
}
