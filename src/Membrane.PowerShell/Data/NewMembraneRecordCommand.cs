using System.Management.Automation;
using Membrane.Client.Data;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Data;

/// <summary>
/// Creates records in a data collection, one for each input (POST …/data/{dataCollectionKey}/create). The service answers
/// with the id; pipe the record to Get-MembraneRecord to read its fields.
/// </summary>
[Cmdlet(VerbsCommon.New, "MembraneRecord", SupportsShouldProcess = true)]
[OutputType(typeof(DataRecord))]
public sealed class NewMembraneRecordCommand : MembraneRecordCommand
{
    /// <summary>The fields: a hashtable or any object with properties; of a record from elsewhere, its fields.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [ValidateNotNull]
    public PSObject? Fields { get; set; }

    /// <summary>The connection: the object, its id or its key. Not needed for a collection that comes from one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Fields;

    private protected override ConnectionReference? ConnectionOrNull => Connection;

    /// <inheritdoc/>
    protected override void Process()
    {
        CollectionPointer pointer = Point();
        object? fields = Fields!.BaseObject is DataRecord record ? record.Fields : Fields;
        if (ShouldProcess($"{pointer.Key} of {pointer.ConnectionId}", "Create record"))
        {
            WriteObject(Await(token => Client.Data.CreateAsync(pointer, fields!, token)));
        }
    }
}
