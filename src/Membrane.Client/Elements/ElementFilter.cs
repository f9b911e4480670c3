using System.Collections.Generic;

namespace Membrane.Client;

/// <summary>Which elements are wanted. Null means any.</summary>
public sealed class ElementFilter
{
    /// <summary>Text in the name or key, for types that can be searched.</summary>
    public string? Search { get; set; }

    /// <summary>Whether archived elements are listed too, for types that have any.</summary>
    public bool IncludeArchived { get; set; }

    /// <summary>The layer, integration or connection, for types that have layers.</summary>
    public ElementScope Scope { get; set; } = new();

    /// <summary>Further query parameters of the type's list, by their own names.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Query { get; set; } = [];
}
