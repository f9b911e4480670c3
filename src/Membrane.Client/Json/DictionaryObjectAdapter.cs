using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Json;

/// <summary>
/// JSON objects as dictionaries that keep the order of their members; objects of other types are written by System.Text.Json.
/// </summary>
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
    public T CreatePart<T>(T model)
        where T : MembraneModel => model;

    /// <inheritdoc/>
    public IReadOnlyList<T> CreateParts<T>(IList<T> models)
        where T : MembraneModel => new ReadOnlyCollection<T>(models);

    /// <summary>Returns the value, and an object of the caller's own type as the JSON that System.Text.Json makes of it.</summary>
    public object? Unwrap(object? value) =>
        value
            is null
                or IConvertible
                or IEnumerable
                or JsonElement
                or JsonNode
                or Delegate
                or SecureString
                or UnreadableValue
                or UnwritableObject
        || HasForm(value)
            ? value
            : SerializedObject.Write(value);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value) => null;

    private static bool HasForm(object value) =>
        value.GetType() == typeof(object)
        || SimpleValue.TextOf(value) is not null
        || SimpleValue.DigitsOf(value) is not null
        || TableRow.Columns(value) is not null;
}
