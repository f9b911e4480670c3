using System.Collections;
using System.Collections.Generic;

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
}
