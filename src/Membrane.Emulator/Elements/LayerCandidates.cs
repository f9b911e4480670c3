using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>What a connection or an integration offers of a layered kind.</summary>
internal static class LayerCandidates
{
    /// <summary>Returns what the connection offers: of each key the version of the narrowest layer.</summary>
    public static IReadOnlyList<StoredElement> Of(WorkspaceStore store, ElementKind kind, StoredElement connection, Principal caller) =>
        Narrowest(store.All(kind.Collection, element => Offers(connection, element) && caller.Sees(element)));

    /// <summary>Returns what the integration offers: of each key its own version before the universal one.</summary>
    public static IReadOnlyList<StoredElement> OfIntegration(
        WorkspaceStore store,
        ElementKind kind,
        StoredElement integration,
        Principal caller
    ) =>
        Narrowest(
            store.All(
                kind.Collection,
                element =>
                    !element.IsArchived
                    && element.ConnectionId is null
                    && caller.Sees(element)
                    && (element.IntegrationId is null || element.IntegrationId == integration.Id)
            )
        );

    /// <summary>
    /// Returns what an instance at the connection follows: the element with the id, or of those with the key the one of the narrowest
    /// layer above the connection; null when there is none.
    /// </summary>
    public static StoredElement? ParentAt(
        WorkspaceStore store,
        ElementKind kind,
        StoredElement connection,
        Principal caller,
        string selector
    ) =>
        store
            .All(
                kind.Collection,
                element =>
                    (element.Id == selector || element.Key == selector)
                    && element.ConnectionId is null
                    && Offers(connection, element)
                    && caller.Sees(element)
            )
            .OrderByDescending(element => element.Id == selector)
            .ThenByDescending(Layers.Of)
            .FirstOrDefault();

    /// <summary>Returns whether the element can be used on the connection.</summary>
    public static bool Offers(StoredElement connection, StoredElement element)
    {
        if (element.IsArchived)
        {
            return false;
        }

        return Layers.Of(element) switch
        {
            Layer.Connection => element.ConnectionId == connection.Id,
            Layer.Integration => element.IntegrationId == connection.IntegrationId,
            _ => true,
        };
    }

    /// <summary>
    /// The caller's own connection on which the element can be used, one that is connected first; null when there is none.
    /// </summary>
    public static StoredElement? ConnectionFor(WorkspaceStore store, StoredElement element, Principal caller) =>
        store
            .All(
                Collections.Connections,
                connection => connection.TenantId == caller.TenantId && !connection.IsArchived && Offers(connection, element)
            )
            .OrderByDescending(connection => connection.Body.Flag("connected"))
            .FirstOrDefault();

    private static List<StoredElement> Narrowest(IEnumerable<StoredElement> elements)
    {
        var chosen = new Dictionary<string, StoredElement>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var element in elements)
        {
            var slot = (element.Key ?? element.Id) + "\n" + element.InstanceKey;
            if (!chosen.TryGetValue(slot, out var present))
            {
                order.Add(slot);
            }
            else if (Layers.Of(element) <= Layers.Of(present))
            {
                continue;
            }

            chosen[slot] = element;
        }

        return order.ConvertAll(slot => chosen[slot]);
    }
}
