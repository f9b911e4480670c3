using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.Data;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Data;

/// <summary>
/// Gets the data collections of a connection: all, or those named by key with what they can do
/// (GET /connections/{id}/data, GET /connections/{id}/data/{dataCollectionKey}).
/// </summary>
[Cmdlet(VerbsCommon.Get, "MembraneDataCollection", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(DataCollection))]
public sealed class GetMembraneDataCollectionCommand : MembranePagingCommand
{
    private const string ListSet = "List";
    private const string OneSet = "Collection";

    /// <summary>The collections: objects or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OneSet)]
    [Alias("Key", "CollectionKey")]
    [ReferenceTransformation(typeof(DataCollectionReference))]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public DataCollectionReference[]? Collection { get; set; }

    /// <summary>The connection: the object, its id or its key.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The name of the collections; wildcards are allowed. It is compared here.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Parameters of the collection, where it has some: values by name.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [Alias("CollectionParameters")]
    public IDictionary? CollectionParameter { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => (object?)Collection ?? Connection?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == ListSet)
        {
            string connectionId = Require(ResolveId(Connection));
            WildcardPattern? pattern = Name is null ? null : WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
            Stream(
                options => Client.Data.ListCollections(connectionId, options),
                pattern is null ? null : collection => pattern.IsMatch(collection.Name ?? string.Empty) || pattern.IsMatch(collection.Key ?? string.Empty));
            return;
        }

        foreach (DataCollectionReference collection in Collection!)
        {
            try
            {
                var pointer = new CollectionPointer(Require(Connection is null ? collection.Collection?.ConnectionId : ResolveId(Connection)), collection.IdOrKey)
                {
                    Parameters = CollectionParameter is null ? collection.Collection?.CollectionParameters : Client.Data.MakeParameters(Dictionaries.Pairs(CollectionParameter)),
                };
                WriteObject(Await(token => Client.Data.GetCollectionAsync(pointer, token)));
            }
            catch (MembraneException exception) when (exception is not MembraneSignInException)
            {
                WriteError(exception, collection.IdOrKey);
            }
        }
    }

    private static string Require(string? connectionId) => connectionId ?? throw new MembraneInputException(
        ErrorIds.InvalidInput, nameof(Connection), "Nothing says which connection is meant.", "Pass its id or key with -Connection.");
}
