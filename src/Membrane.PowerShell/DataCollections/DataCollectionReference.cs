using System.Collections.Generic;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.DataCollections;

/// <summary>A data collection: the object or its key.</summary>
public sealed class DataCollectionReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "a data collection (the object or its key)",
        static (id, source) => new DataCollectionReference(id, source)
    )
    {
        Ids = [new IdRule(nameof(DataCollection), nameof(DataCollection.Key))],
    };

    private DataCollectionReference(string key, GivenObject? source)
        : base(key, source) { }

    /// <summary>The connection that the collection was asked of; null where text was given.</summary>
    internal string? ConnectionId => Source?.Text(nameof(DataCollection.ConnectionId));

    /// <summary>The parameters that it was asked for with.</summary>
    internal IReadOnlyDictionary<string, string>? Parameters =>
        KeptParameters.Read(Source?.Get(nameof(DataCollection.CollectionParameters)));
}
