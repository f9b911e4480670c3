using System;
using System.Collections.Generic;

namespace Membrane.Client.Json;

/// <summary>JSON objects as dictionaries that keep the order of their members.</summary>
internal sealed class DictionaryObjectAdapter : IObjectAdapter
{
    /// <summary>The one instance.</summary>
    public static DictionaryObjectAdapter Instance { get; } = new();

    /// <inheritdoc/>
    public object CreateObject(IReadOnlyList<KeyValuePair<string, object?>> members)
    {
        // A Dictionary that nothing was removed from enumerates in the order of insertion.
        var dictionary = new Dictionary<string, object?>(members.Count);
        foreach (var member in members)
        {
            dictionary[member.Key] = member.Value;
        }

        return dictionary;
    }

    /// <inheritdoc/>
    public MembraneModel? CreateModel(Type type) => null;

    /// <inheritdoc/>
    public void ShowUnknownFields(MembraneModel model, IReadOnlyDictionary<string, object?> fields)
    {
        // GetUnknownFields shows them.
    }

    /// <inheritdoc/>
    public object? Unwrap(object? value) => value;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value) => null;
}
