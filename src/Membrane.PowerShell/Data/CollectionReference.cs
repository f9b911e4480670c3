using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Data;

/// <summary>A data collection: the object or its key.</summary>
public sealed class CollectionReference : ElementReference
{
    private CollectionReference(string key, object? source)
        : base(key, source)
    {
    }

    /// <summary>The collection that was given; null where text was given.</summary>
    internal DataCollection? Collection => Source as DataCollection;

    internal static CollectionReference? From(object value) => value switch
    {
        string text => new CollectionReference(text, null),
        DataCollection { Key: { } key } collection => new CollectionReference(key, collection),
        _ => null,
    };
}
