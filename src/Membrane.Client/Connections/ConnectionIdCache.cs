using System;
using System.Collections.Concurrent;
using System.Linq;

namespace Membrane.Client.Connections;

/// <summary>Which connection a name was found to mean, for so many names only, and for one command: the next one looks again.</summary>
internal sealed class ConnectionIdCache
{
    private const int MaxNames = 1000;

    private readonly ConcurrentDictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>The id that was found for a name, or null.</summary>
    public string? Find(string name) => names.TryGetValue(name, out var id) ? id : null;

    public void Remember(string name, string id)
    {
        if (names.Count >= MaxNames)
        {
            // A caller that looks up that many names rarely comes back to one, and a second look-up only costs a request.
            names.Clear();
        }

        names[name] = id;
    }

    /// <summary>Forgets all names of a connection.</summary>
    public void ForgetId(string id)
    {
        foreach (var entry in names.Where(entry => entry.Value == id).ToArray())
        {
            names.TryRemove(entry.Key, out _);
        }
    }
}
