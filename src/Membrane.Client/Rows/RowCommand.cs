using System.Collections.Generic;

namespace Membrane.Client.Rows;

/// <summary>What a native command knows of its rows before the first one comes.</summary>
internal sealed class RowCommand
{
    /// <summary>The properties that have a parameter, by the names of their parameters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>What was given by name, by property: it holds for all rows.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Arguments { get; init; } = [];

    /// <summary>Further properties for all rows, as they are.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> AdditionalInput { get; init; } = [];
}
