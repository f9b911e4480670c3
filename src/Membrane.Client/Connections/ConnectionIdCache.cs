using System;
using System.Collections.Concurrent;
using System.Linq;

namespace Membrane.Client.Connections;

/// <summary>Which connection a name was found to mean, for five minutes and for so many names only.</summary>
internal sealed class ConnectionIdCache
{
    private const int MaxNames = 1000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (string Id, DateTimeOffset Until)> names = new(StringComparer.Ordinal);

    /// <summary>The id that was found for a name, or null.</summary>
    public string? Find(string name) => names.TryGetValue(name, out var entry) && entry.Until > DateTimeOffset.UtcNow ? entry.Id : null;

    public void Remember(string name, string id)
    {
        if (names.Count >= MaxNames)
        {
            // A caller that looks up that many names rarely comes back to one, and a second look-up only costs a request.
            names.Clear();
        }

        names[name] = (id, DateTimeOffset.UtcNow + Remembered);
    }

    public void Forget(string name) => names.TryRemove(name, out _);

    /// <summary>Forgets all names of a connection.</summary>
    public void ForgetId(string id)
    {
        foreach (var entry in names.Where(entry => entry.Value.Id == id).ToArray())
        {
            names.TryRemove(entry.Key, out _);
        }
    }
}
