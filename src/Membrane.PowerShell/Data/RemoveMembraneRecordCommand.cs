using System.Management.Automation;
using Membrane.Client.Data;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Data;

/// <summary>Deletes records of a data collection in the app (POST …/data/{dataCollectionKey}/delete).</summary>
[Cmdlet(VerbsCommon.Remove, "MembraneRecord", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DataRecord))]
public sealed class RemoveMembraneRecordCommand : MembraneRecordCommand
{
    /// <summary>The record: the object or its id.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "RecordId")]
    [ReferenceTransformation(typeof(DataRecordReference), RefusesOthers = true)]
    public DataRecordReference? Record { get; set; }

    /// <summary>The connection: the object, its id or its key. Not needed for a record that comes from one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>Emit the record as it was before.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Record?.IdOrKey;

    private protected override ConnectionReference? ConnectionOrNull => Connection;

    /// <inheritdoc/>
    protected override void Process()
    {
        string id = Record!.IdOrKey;
        CollectionPointer pointer = Point(Record.Record);
        if (!ShouldProcess($"{Record.Words} in {pointer.Key} of {pointer.ConnectionId}", "Delete record"))
        {
            return;
        }

        DataRecord? before = PassThru ? Record.Record ?? Await(token => Client.Data.FindByIdAsync(pointer, id, null, token)) : null;
        Await(token => Client.Data.DeleteAsync(pointer, id, token));
        if (before is not null)
        {
            WriteObject(before);
        }
    }
}
