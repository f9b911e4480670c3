using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>Finds one element by id, key or uuid, among those that the caller can see.</summary>
internal sealed class ElementFinder(WorkspaceStore store)
{
    /// <summary>Finds the element, archived or not.</summary>
    /// <exception cref="ApiException">404 when there is none, 400 when a key fits several.</exception>
    public StoredElement Find(ElementKind kind, string selector, Principal caller)
    {
        if (store.Find(kind.Collection, selector) is { } byId)
        {
            return caller.Sees(byId) ? byId : throw NotFound(kind, selector);
        }

        var matching = store.FindByKey(kind.Collection, selector).Where(caller.Sees).ToArray();
        if (matching.Length == 0)
        {
            matching = store.All(kind.Collection, element => element.Uuid == selector && caller.Sees(element));
        }

        return One(kind, selector, matching);
    }

    /// <summary>Finds the element as <see cref="Find"/> does, and not archived.</summary>
    public StoredElement FindCurrent(ElementKind kind, string selector, Principal caller)
    {
        var element = Find(kind, selector, caller);
        return element.IsArchived ? throw NotFound(kind, selector) : element;
    }

    /// <summary>Finds a tenant by its id, or by the id that the customer has for it.</summary>
    public StoredElement FindTenant(string selector) =>
        store.Find(Collections.Customers, selector)
        ?? store.All(Collections.Customers, tenant => tenant.Text("internalId") == selector).FirstOrDefault()
        ?? throw NotFound(ElementKinds.Tenant, selector);

    /// <summary>Finds a layered element, its key narrowed by what the query names.</summary>
    public StoredElement FindLayered(ElementKind kind, string selector, OperationRequest request) =>
        FindLayered(kind, selector, request.Caller, () => LayerScope.Of(request, this));

    /// <summary>Finds a layered element, its key narrowed by a scope.</summary>
    public StoredElement FindLayered(ElementKind kind, string selector, Principal caller, LayerScope scope) =>
        FindLayered(kind, selector, caller, () => scope);

    private StoredElement FindLayered(ElementKind kind, string selector, Principal caller, Func<LayerScope> scope)
    {
        if (store.Find(kind.Collection, selector) is { } byId)
        {
            return caller.Sees(byId) ? byId : throw NotFound(kind, selector);
        }

        var matching = store.FindByKey(kind.Collection, selector).Where(caller.Sees).ToArray();
        if (matching.Length == 0)
        {
            matching = store.All(kind.Collection, element => element.Uuid == selector && caller.Sees(element));
        }

        return One(kind, selector, Narrow(matching, scope()));
    }

    /// <summary>Returns the version of a key that counts in the scope: connection before integration before universal.</summary>
    public static StoredElement[] Narrow(IEnumerable<StoredElement> candidates, LayerScope scope)
    {
        var matching = candidates.Where(scope.Contains).ToArray();
        if (matching.Any(element => !element.IsArchived))
        {
            matching = matching.Where(element => !element.IsArchived).ToArray();
        }

        if (!scope.Picks)
        {
            return matching;
        }

        var narrowest = matching.Length == 0 ? 0 : matching.Max(element => (int)Layers.Of(element));
        return matching.Where(element => (int)Layers.Of(element) == narrowest).ToArray();
    }

    public static ApiException NotFound(ElementKind kind, string selector) =>
        ApiException.NotFound($"There is no {kind.DisplayName} '{UrlEncoding.Shorten(selector)}'.");

    private static StoredElement One(ElementKind kind, string selector, StoredElement[] matching)
    {
        if (matching.Length > 1)
        {
            var current = matching.Where(element => !element.IsArchived).ToArray();
            matching = current.Length > 0 ? current : matching.Skip(matching.Length - 1).ToArray();

            // A key alone means what is there for all, not what a connection or a tenant has of it.
            var common = matching.Where(element => element.ConnectionId is null && !ElementInstances.IsInstance(kind, element)).ToArray();
            matching = common.Length > 0 ? common : matching;
        }

        return matching.Length switch
        {
            0 => throw NotFound(kind, selector),
            1 => matching[0],
            _ => throw ApiException.BadRequest(
                $"The key '{UrlEncoding.Shorten(selector)}' matches {matching.Length} {kind.DisplayName}s: "
                    + "name an integration or a connection as well."
            ),
        };
    }
}
