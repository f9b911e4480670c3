using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.DataCollections;

/// <summary>Deletes records of a data collection in the app (POST …/data/{dataCollectionKey}/delete).</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "MembraneRecord",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = OnlineHelp.Pages + "Remove-MembraneRecord.md"
)]
[OutputType(typeof(DataRecord))]
public sealed class RemoveMembraneRecordCommand : MembraneRecordChangeCommand
{
    /// <summary>The record: the object or its id.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "RecordId")]
    [ReferenceTransformation(typeof(DataRecordReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DataRecordReference? Record { get; set; }

    /// <summary>Emit the record as it was before.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Record?.IdOrKey;

    private protected override string Activity => "Deleting records";

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([Record!], static record => record.IdOrKey, Remove);

    private void Remove(DataRecordReference reference)
    {
        var id = reference.IdOrKey;
        var pointer = Point(reference);
        if (!ShouldProcess($"{reference.Words} in {pointer.Key} of {pointer.ConnectionId}", "Delete record"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        var data = Batch.Client.Data;
        Batch.Submit(
            id,
            async token =>
            {
                var before = PassThru
                    ? reference.Live<DataRecord>() ?? await data.FindByIdAsync(pointer, id, null, token).ConfigureAwait(false)
                    : null;
                await data.DeleteAsync(pointer, id, token).ConfigureAwait(false);
                return before;
            },
            KeyOf(pointer, id)
        );
    }
}
