using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>The base of the commands that change records, several at a time: which collection of which connection.</summary>
public abstract class MembraneRecordChangeCommand : MembraneBulkCommand
{
    private bool isConnectionNamed;

    /// <summary>The data collection: the object or its key, such as contacts.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("CollectionKey", "DataCollection")]
    [ReferenceTransformation(typeof(DataCollectionReference))]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public DataCollectionReference? Collection { get; set; }

    /// <summary>Parameters of the collection, where it has some: values by name.</summary>
    [Parameter]
    [Alias("CollectionParameters")]
    [DictionaryTransformation]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? CollectionParameter { get; set; }

    /// <summary>The connection: the object, its id or its key. Not needed for a collection or record that comes from one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isConnectionNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Connection));
    }

    /// <inheritdoc cref="RecordPlace.Point"/>
    private protected CollectionPointer Point(DataRecordReference? record = null) =>
        RecordPlace.Point(this, Collection, CollectionParameter, Connection, isConnectionNamed, record);

    /// <summary>What two changes have in common that must not be made at the same time.</summary>
    private protected static string KeyOf(CollectionPointer pointer, string id) => string.Join("\n", pointer.ConnectionId, pointer.Key, id);
}
