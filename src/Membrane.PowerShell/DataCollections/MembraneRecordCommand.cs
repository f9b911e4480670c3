using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>The base of the commands that read records: which collection of which connection.</summary>
public abstract class MembraneRecordCommand : MembraneApiCommand
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

    /// <summary>The connection that is meant, where it is not the one of the object that was given.</summary>
    private protected abstract ConnectionReference? ConnectionOrNull { get; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isConnectionNamed = MyInvocation.BoundParameters.ContainsKey("Connection");
    }

    /// <inheritdoc cref="RecordPlace.Point"/>
    private protected CollectionPointer Point(DataRecordReference? record = null) =>
        RecordPlace.Point(this, Collection, CollectionParameter, ConnectionOrNull, isConnectionNamed, record);
}
