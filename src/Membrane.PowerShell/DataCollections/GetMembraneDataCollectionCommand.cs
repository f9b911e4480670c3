using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>
/// Gets the data collections of a connection: all, or those named by key with what they can do
/// (GET /connections/{id}/data, GET /connections/{id}/data/{dataCollectionKey}).
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneDataCollection",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneDataCollection.md"
)]
[OutputType(typeof(DataCollection))]
public sealed class GetMembraneDataCollectionCommand : MembraneApiCommand
{
    private const string ListSet = "List";
    private const string OneSet = "Collection";

    /// <summary>The collections: objects, which are read again, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = OneSet)]
    [Alias("Key", "CollectionKey")]
    [ReferenceTransformation(typeof(DataCollectionReference))]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public DataCollectionReference[]? Collection { get; set; }

    /// <summary>The connection: the object, its id or its key.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ListSet)]
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The name of the collections; wildcards are allowed. It is compared here.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Parameters of the collection, where it has some: values by name.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [Alias("CollectionParameters")]
    [DictionaryTransformation]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? CollectionParameter { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => (object?)Collection ?? Connection?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var output = new ListOutput(this);
        if (ParameterSetName == ListSet)
        {
            List(output);
            return;
        }

        output.RefusePart();
        GetNamed();
    }

    private void List(ListOutput output)
    {
        var name = NamePattern.Read(Name, nameof(Name));
        var connectionId = Require(this.ResolveId(Connection), "Pass its id or key with -Connection.");
        output.Write(
            options => Client.Data.ListCollections(connectionId, options),
            name,
            static collection => collection.Name,
            static collection => collection.Key
        );
    }

    private void GetNamed() =>
        ForEach(
            Collection!,
            collection =>
            {
                var pointer = new CollectionPointer(
                    Require(
                        Connection is null ? collection.ConnectionId : this.ResolveId(Connection),
                        $"Pass its id or key after the key of the collection. If '{collection.IdOrKey}' is the connection, pass it with "
                            + "-Connection: that lists its data collections."
                    ),
                    collection.IdOrKey
                )
                {
                    Parameters = CollectionParameter is null
                        ? collection.Parameters
                        : Client.Data.MakeParameters(Dictionaries.Pairs(CollectionParameter)),
                };
                WriteObject(Await(token => Client.Data.GetCollectionAsync(pointer, token)));
            }
        );

    private static string Require(string? connectionId, string advice) =>
        connectionId
        ?? throw new MembraneInputException(ErrorIds.InvalidInput, nameof(Connection), "Nothing says which connection is meant.", advice);
}
