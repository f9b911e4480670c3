using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Data;

/// <summary>A data collection: the object or its key.</summary>
public sealed class DataCollectionReference : ElementReference
{
    private DataCollectionReference(string key, object? source)
        : base(key, source)
    {
    }

    /// <summary>The collection that was given; null where text was given.</summary>
    internal DataCollection? Collection => Source as DataCollection;

    internal static DataCollectionReference? From(object value) => value switch
    {
        string text => new DataCollectionReference(text, null),
        DataCollection { Key: { } key } collection => new DataCollectionReference(key, collection),
        _ => null,
    };
}
