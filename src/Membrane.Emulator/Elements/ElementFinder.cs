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
    /// <summary>The element, archived or not.</summary>
    /// <exception cref="ApiException">404 when there is none, 400 when a key fits several.</exception>
    public StoredElement Find(ElementKind kind, string selector, Principal caller)
    {
        if (store.Find(kind.Collection, selector) is { } byId)
        {
            return caller.Sees(byId) ? byId : throw NotFound(kind, selector);
        }

        var fitting = store.FindByKey(kind.Collection, selector).Where(caller.Sees).ToArray();
        if (fitting.Length == 0)
        {
            fitting = store.All(kind.Collection, element => element.Uuid == selector && caller.Sees(element));
        }

        return One(kind, selector, fitting);
    }

    /// <summary>As <see cref="Find"/>, and not archived.</summary>
    public StoredElement FindCurrent(ElementKind kind, string selector, Principal caller)
    {
        var element = Find(kind, selector, caller);
        return element.IsArchived ? throw NotFound(kind, selector) : element;
    }

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

        var fitting = store.FindByKey(kind.Collection, selector).Where(caller.Sees).ToArray();
        if (fitting.Length == 0)
        {
            fitting = store.All(kind.Collection, element => element.Uuid == selector && caller.Sees(element));
        }

        return One(kind, selector, Narrow(fitting, scope()));
    }

    /// <summary>The version of a key that counts in the scope: connection before integration before universal.</summary>
    public static StoredElement[] Narrow(IEnumerable<StoredElement> candidates, LayerScope scope)
    {
        var fitting = candidates.Where(scope.Holds).ToArray();
        if (fitting.Any(element => !element.IsArchived))
        {
            fitting = fitting.Where(element => !element.IsArchived).ToArray();
        }

        if (!scope.Picks)
        {
            return fitting;
        }

        var narrowest = fitting.Length == 0 ? 0 : fitting.Max(element => (int)Layers.Of(element));
        return fitting.Where(element => (int)Layers.Of(element) == narrowest).ToArray();
    }

    public static ApiException NotFound(ElementKind kind, string selector) =>
        ApiException.NotFound($"There is no {kind.Words} '{UrlEncoding.Shorten(selector)}'.");

    private static StoredElement One(ElementKind kind, string selector, StoredElement[] fitting)
    {
        if (fitting.Length > 1)
        {
            var current = fitting.Where(element => !element.IsArchived).ToArray();
            fitting = current.Length > 0 ? current : fitting.Skip(fitting.Length - 1).ToArray();
        }

        return fitting.Length switch
        {
            0 => throw NotFound(kind, selector),
            1 => fitting[0],
            _ => throw ApiException.BadRequest(
                $"The key '{UrlEncoding.Shorten(selector)}' fits {fitting.Length} {kind.Words}s: name an integration or a connection as "
                    + $"well."
            ),
        };
    }
}
