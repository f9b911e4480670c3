using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.Data;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Data;

/// <summary>The base of the commands for records: which collection of which connection.</summary>
public abstract class MembraneRecordCommand : MembranePagingCommand
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
    public IDictionary? CollectionParameter { get; set; }

    /// <summary>The connection that is meant, where it is not the one of the object that was given.</summary>
    private protected abstract ConnectionReference? ConnectionOrNull { get; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isConnectionNamed = MyInvocation.BoundParameters.ContainsKey("Connection");
    }

    /// <summary>The collection that the parameters, or the record itself, point to.</summary>
    /// <exception cref="MembraneInputException">Nothing says which collection, or of which connection.</exception>
    private protected CollectionPointer Point(DataRecord? record = null)
    {
        string key = Collection?.IdOrKey ?? record?.CollectionKey ?? throw Missing(
            nameof(Collection), "Nothing says which data collection is meant.", "Pass its key with -Collection; Get-MembraneDataCollection shows what a connection has.");
        string? connectionId = isConnectionNamed ? null : record?.ConnectionId ?? Collection?.Collection?.ConnectionId;
        return new CollectionPointer(
            connectionId ?? ResolveId(ConnectionOrNull) ?? throw Missing("Connection", "Nothing says which connection is meant.", "Pass its id or key with -Connection."),
            key)
        {
            Parameters = CollectionParameter is not null
                ? Client.Data.MakeParameters(Dictionaries.Pairs(CollectionParameter))
                : record?.CollectionParameters ?? Collection?.Collection?.CollectionParameters,
        };
    }

    private static MembraneInputException Missing(string parameterName, string message, string advice) => new(ErrorIds.InvalidInput, parameterName, message, advice);
}
