using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Actions;

/// <summary>Which actions a connection offers, and on which records they work.</summary>
internal sealed class ActionCandidates
{
    private readonly WorkspaceStore store;
    private readonly object gate = new();
    private readonly Dictionary<string, HashSet<string>> collectionsOfApp = new(StringComparer.Ordinal);
    private long version = -1;

    public ActionCandidates(WorkspaceStore store) => this.store = store;

    /// <summary>The actions of a connection: of each key the version of the narrowest layer.</summary>
    public IReadOnlyList<Element> For(Element connection, Principal caller)
    {
        var chosen = new Dictionary<string, Element>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (Element action in store.All(Collections.Actions, action => Offers(connection, action) && caller.Sees(action)))
        {
            string slot = (action.Key ?? action.Id) + "\n" + action.InstanceKey;
            if (!chosen.TryGetValue(slot, out Element? present))
                order.Add(slot);
            else if (Layers.Of(action) <= Layers.Of(present))
                continue;

            chosen[slot] = action;
        }

        return order.Select(slot => chosen[slot]).ToArray();
    }

    /// <summary>Whether an action can run on a connection.</summary>
    public static bool Offers(Element connection, Element action)
    {
        if (action.IsArchived)
            return false;

        return Layers.Of(action) switch
        {
            Layer.Connection => action.ConnectionId == connection.Id,
            Layer.Integration => action.IntegrationId == connection.IntegrationId,
            _ => true,
        };
    }

    /// <summary>
    /// The collection an action works on. What lists or changes things works on the collection that another action
    /// of the app fills, when its noun ends with that one's: <c>list-user-repositories</c> shows what
    /// <c>create-repository</c> has made.
    /// </summary>
    public string CollectionOf(Element action, Element connection)
    {
        ActionPlan plan = action.Plan;
        if (action.Text("_collection") is { } named)
            return named;

        HashSet<string> filled = FilledBy(connection);
        string collection = plan.Collection;
        while (!filled.Contains(collection))
        {
            int dash = collection.IndexOf('-');
            if (dash < 0)
                return plan.Collection;

            collection = collection.Substring(dash + 1);
        }

        return collection;
    }

    private HashSet<string> FilledBy(Element connection)
    {
        string app = connection.IntegrationId ?? connection.Id;
        lock (gate)
        {
            long current = store.Version(Collections.Actions);
            if (current != version)
            {
                collectionsOfApp.Clear();
                version = current;
            }

            if (!collectionsOfApp.TryGetValue(app, out HashSet<string>? filled))
            {
                filled = new HashSet<string>(
                    store.All(Collections.Actions, action => action.ConnectionId is null && Offers(connection, action))
                        .Where(action => action.Plan.Verb is ActionVerb.Create or ActionVerb.Upsert)
                        .Select(action => action.Plan.Collection),
                    StringComparer.Ordinal);
                collectionsOfApp.Add(app, filled);
            }

            return filled;
        }
    }
}
