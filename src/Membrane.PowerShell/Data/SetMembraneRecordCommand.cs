using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.Data;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Data;

/// <summary>Updates fields of records (POST …/data/{dataCollectionKey}/update).</summary>
[Cmdlet(VerbsCommon.Set, "MembraneRecord", SupportsShouldProcess = true)]
[OutputType(typeof(DataRecord))]
public sealed class SetMembraneRecordCommand : MembraneRecordCommand
{
    /// <summary>The record: the object or its id.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "RecordId")]
    [ReferenceTransformation(typeof(DataRecordReference), RefusesOthers = true)]
    public DataRecordReference? Record { get; set; }

    /// <summary>The fields to change: a hashtable or any object with properties. Without it, all fields of the record object as they are now.</summary>
    [Parameter]
    [ValidateNotNull]
    public PSObject? Fields { get; set; }

    /// <summary>The connection: the object, its id or its key. Not needed for a record that comes from one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>Read the record again and emit it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Record?.IdOrKey;

    private protected override ConnectionReference? ConnectionOrNull => Connection;

    /// <inheritdoc/>
    protected override void Process()
    {
        string id = Record!.IdOrKey;
        object fields = Fields ?? Record.Record?.Fields ?? throw new MembraneInputException(
            ErrorIds.InvalidInput, nameof(Fields), "Nothing says what to change.", "Pass the fields with -Fields, or a record whose Fields were changed.");
        CollectionPointer pointer = Point(Record.Record);
        if (!ShouldProcess($"{Record.Words} in {pointer.Key} of {pointer.ConnectionId}", "Update record"))
        {
            return;
        }

        Await(token => Client.Data.UpdateAsync(pointer, id, fields, token));
        if (PassThru)
        {
            WriteObject(Await(token => Client.Data.FindByIdAsync(pointer, id, null, token)));
        }
    }
}
