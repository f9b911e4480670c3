using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Actions;

/// <summary>On which data collection an action works, and which data collections an app has.</summary>
internal sealed class ActionCollections(WorkspaceStore store)
{
    private const int CachedConnections = 1_000;

    private readonly Dictionary<string, (long Version, HashSet<string> Keys)> collectionsOfConnection = new(StringComparer.Ordinal);
    private readonly object gate = new();
    private readonly Dictionary<string, HashSet<string>> collectionsOfApp = new(StringComparer.Ordinal);
    private long version = -1;

    /// <summary>
    /// The collection an action works on. What lists or changes things works on the collection that another action
    /// of the app fills, when its noun ends with that one's: <c>list-user-repositories</c> shows what
    /// <c>create-repository</c> has made.
    /// </summary>
    public string Of(StoredElement action, StoredElement connection)
    {
        var plan = action.Plan;
        var filled = FilledBy(connection);
        var collection = plan.Collection;
        while (!filled.Contains(collection))
        {
            var dash = collection.IndexOf('-');
            if (dash < 0)
            {
                return plan.Collection;
            }

            collection = collection.Substring(dash + 1);
        }

        return collection;
    }

    /// <summary>Returns the keys of the collections that the connection's actions work on or that hold records, in order.</summary>
    public IReadOnlyList<string> All(StoredElement connection, Func<IEnumerable<StoredElement>> actions)
    {
        var prefix = Collections.Records(connection.Id, "");
        return OfActions(connection, actions)
            .Concat(store.Names(prefix).Where(name => store.Count(name) > 0).Select(name => name.Substring(prefix.Length)))
            .Concat(
                store
                    .All(Collections.DataSources, source => LayerCandidates.Offers(connection, source))
                    .Select(source => source.Text("collectionKey"))
                    .OfType<string>()
            )
            .Distinct(StringComparer.Ordinal)
            .OrderBy(key => key, StringComparer.Ordinal)
            .ToArray();
    }

    /// <summary>Returns whether the connection has the collection.</summary>
    public bool Has(StoredElement connection, string key, Func<IEnumerable<StoredElement>> actions) =>
        store.Count(Collections.Records(connection.Id, key)) > 0 || All(connection, actions).Contains(key);

    private HashSet<string> OfActions(StoredElement connection, Func<IEnumerable<StoredElement>> actions)
    {
        lock (gate)
        {
            if (collectionsOfConnection.TryGetValue(connection.Id, out var known) && known.Version == store.Version(Collections.Actions))
            {
                return known.Keys;
            }
        }

        var current = store.Version(Collections.Actions);
        var keys = new HashSet<string>(
            actions().Where(action => action.Plan.Verb != ActionVerb.Perform).Select(action => Of(action, connection)),
            StringComparer.Ordinal
        );
        lock (gate)
        {
            if (collectionsOfConnection.Count >= CachedConnections)
            {
                collectionsOfConnection.Clear();
            }

            collectionsOfConnection[connection.Id] = (current, keys);
        }

        return keys;
    }

    private HashSet<string> FilledBy(StoredElement connection)
    {
        var app = connection.IntegrationId ?? connection.Id;
        lock (gate)
        {
            var current = store.Version(Collections.Actions);
            if (current != version)
            {
                collectionsOfApp.Clear();
                version = current;
            }

            if (!collectionsOfApp.TryGetValue(app, out var filled))
            {
                filled = new HashSet<string>(
                    store
                        .All(Collections.Actions, action => action.ConnectionId is null && LayerCandidates.Offers(connection, action))
                        .Where(action => action.Plan.Verb is ActionVerb.Create or ActionVerb.Upsert)
                        .Select(action => action.Plan.Collection),
                    StringComparer.Ordinal
                );
                collectionsOfApp.Add(app, filled);
            }

            return filled;
        }
    }
}
