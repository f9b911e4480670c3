using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.PowerShell.Common;

/// <summary>Hashtables of parameters as pairs.</summary>
internal static class Dictionaries
{
    /// <summary>Returns the pairs in the order of the hashtable.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Pairs(IDictionary? values) =>
        values is null
            ? []
            : values.Entries().Select(static entry => new KeyValuePair<string, object?>(Name(entry.Key), entry.Value)).ToArray();

    /// <summary>Returns the pairs by name, or null without a hashtable.</summary>
    public static IReadOnlyDictionary<string, object?>? Map(IDictionary? values) =>
        values?.Entries().ToDictionary(static entry => Name(entry.Key), static entry => (object?)entry.Value);

    /// <summary>Returns the pairs as text.</summary>
    /// <exception cref="MembraneInputException">A value is null, a list or an object.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> TextPairs(IDictionary? values, string parameterName) =>
        values is null
            ? []
            : values.Entries().Select(entry => new KeyValuePair<string, string>(Name(entry.Key), Text(entry, parameterName))).ToArray();

    private static string Name(object key) => DictionaryEntries.NameOf(Bare.Value(key) ?? string.Empty);

    private static string Text(DictionaryEntry entry, string parameterName)
    {
        var value = Bare.Value(entry.Value);
        return value is string or System.ValueType or System.Uri or System.Version
            ? System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"The value of '{Name(entry.Key)}' in {parameterName} is not text.",
                "Pass text, a number or a boolean."
            );
    }
}
