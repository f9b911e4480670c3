using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace Membrane.Client.Json;

/// <summary>Dictionaries of any kind.</summary>
internal static class DictionaryEntries
{
    /// <summary>The entries. A dictionary with types enumerates pairs, unless it is asked as this does.</summary>
    public static IEnumerable<DictionaryEntry> Entries(this IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return entry;
        }
    }

    /// <summary>The name that a key is in JSON: the text that it is as a value, whatever the culture.</summary>
    public static string NameOf(object key) =>
        SimpleValue.TextOf(key) ?? Convert.ToString(key, CultureInfo.InvariantCulture) ?? string.Empty;
}
