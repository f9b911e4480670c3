using System.Management.Automation;
using Membrane.Client.Transport;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.DataCollections;

/// <summary>Updates fields of records (POST …/data/{dataCollectionKey}/update).</summary>
[Cmdlet(VerbsCommon.Set, "MembraneRecord", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Set-MembraneRecord.md")]
[OutputType(typeof(DataRecord))]
public sealed class SetMembraneRecordCommand : MembraneRecordChangeCommand
{
    /// <summary>The record: the object or its id.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "RecordId")]
    [ReferenceTransformation(typeof(DataRecordReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DataRecordReference? Record { get; set; }

    /// <summary>
    /// The fields to change: a hashtable or any object with properties; of a record, its fields. Without it, all fields of the record object
    /// as they are now.
    /// </summary>
    [Parameter(Position = 2)]
    [ValidateNotNull]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Fields { get; set; }

    /// <summary>Read the record again and emit it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Record?.IdOrKey;

    private protected override string Activity => "Updating records";

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([Record!], static record => record.IdOrKey, Update);

    private void Update(DataRecordReference reference)
    {
        var id = reference.IdOrKey;
        var fields =
            RecordFields.Of(Fields, nameof(Fields))
            ?? reference.Fields
            ?? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Fields),
                "Nothing says what to change.",
                "Pass the fields with -Fields, or a record whose Fields were changed."
            );
        var pointer = Point(reference);
        var data = Batch.Client.Data;
        var update = data.PrepareUpdate(pointer, id, fields);
        if (!ShouldProcess($"{reference.Words} in {pointer.Key} of {pointer.ConnectionId}", "Update record"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        Batch.Submit(
            id,
            async token =>
            {
                await update(token).ConfigureAwait(false);
                return PassThru ? await ReadBack.ReadAsync(() => data.FindByIdAsync(pointer, id, null, token)).ConfigureAwait(false) : null;
            },
            KeyOf(pointer, id)
        );
    }
}
