namespace Membrane.Client;

/// <summary>Which records are wanted. Null means any.</summary>
public sealed class RecordFilter
{
    /// <summary>Values of fields, in the form that the collection understands: an object.</summary>
    public object? Filter { get; set; }

    /// <summary>Values of fields of the unified model: an object.</summary>
    public object? UnifiedFilter { get; set; }
}
