using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Elements;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Requests;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Elements of any type. What the API cannot do with a type is refused before any request (UnsupportedOperation).</summary>
public class ElementsClient
{
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected ElementsClient() => transport = null!;

    internal ElementsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists elements (<c>GET /{path of the type}</c>).</summary>
    /// <exception cref="MembraneInputException">The type cannot be listed, searched or narrowed in that way.</exception>
    public virtual Listing<Element> List(ElementType type, ElementFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new ElementFilter();
        type.Require(ElementAbilities.List, "list");
        RequireIf(!string.IsNullOrEmpty(filter.Search), type, ElementAbilities.Search, "search");
        RequireIf(filter.IncludeArchived, type, ElementAbilities.IncludeArchived, "list archived");
        RequireIf(filter.Scope.Layer is not null, type, ElementAbilities.Scope, "list by layer");
        _ = Narrow(type, filter);
        return transport.List(() => Narrow(type, filter), ElementReader.Page, options, element => element.ElementType = type.Name);
    }

    /// <summary>Gets an element by id or key (<c>GET /{path of the type}/{selector}</c>).</summary>
    public virtual Task<Element> GetAsync(
        ElementType type,
        string idOrKey,
        ElementScope? scope = null,
        CancellationToken cancellationToken = default
    )
    {
        type.Require(ElementAbilities.Get, "read");
        return SendAsync(type, One(ApiRequest.Get, type, idOrKey, scope), cancellationToken);
    }

    /// <summary>Creates an element (<c>POST /{path of the type}</c>).</summary>
    /// <param name="type">The type.</param>
    /// <param name="definition">Its fields: an object.</param>
    /// <param name="cancellationToken">Ends the call; the element may have been created anyway.</param>
    /// <exception cref="MembraneInputException">The definition is not an object.</exception>
    public virtual Task<Element> CreateAsync(ElementType type, object definition, CancellationToken cancellationToken = default) =>
        PrepareCreate(type, definition)(cancellationToken);

    /// <summary>The creation of an element, with what is to be sent written already: to be called once.</summary>
    /// <exception cref="MembraneInputException">The definition is not an object.</exception>
    internal Func<CancellationToken, Task<Element>> PrepareCreate(ElementType type, object definition)
    {
        type.Require(ElementAbilities.Create, "create");
        var request = Body(ApiRequest.Post(type.SingularPath ?? type.Path), definition);
        return cancellationToken => SendAsync(type, request, cancellationToken);
    }

    /// <summary>Changes fields of an element (<c>PATCH /{path of the type}/{selector}</c>).</summary>
    /// <exception cref="MembraneInputException">The definition is not an object, or an empty one.</exception>
    public virtual Task<Element> UpdateAsync(
        ElementType type,
        string idOrKey,
        object definition,
        ElementScope? scope = null,
        CancellationToken cancellationToken = default
    ) => PrepareChange(type, definition, isReplacing: false)(idOrKey, scope, cancellationToken);

    /// <summary>Replaces an element whole (<c>PUT /{path of the type}/{selector}</c>).</summary>
    /// <exception cref="MembraneInputException">The definition is not an object.</exception>
    public virtual Task<Element> ReplaceAsync(
        ElementType type,
        string idOrKey,
        object definition,
        ElementScope? scope = null,
        CancellationToken cancellationToken = default
    ) => PrepareChange(type, definition, isReplacing: true)(idOrKey, scope, cancellationToken);

    /// <summary>The change of any number of elements, with what is to be sent written already.</summary>
    /// <exception cref="MembraneInputException">The definition is not an object, or says nothing to change.</exception>
    internal Func<string, ElementScope?, CancellationToken, Task<Element>> PrepareChange(
        ElementType type,
        object definition,
        bool isReplacing
    )
    {
        type.Require(isReplacing ? ElementAbilities.Replace : ElementAbilities.Update, isReplacing ? "replace" : "update");
        var written = Body(ApiRequest.Patch(type.Path), definition);
        if (!isReplacing)
        {
            ObjectMembers.RequireSome(definition, transport.Objects, "Definition");
        }

        return (idOrKey, scope, cancellationToken) =>
            SendAsync(
                type,
                One(isReplacing ? ApiRequest.Put : ApiRequest.Patch, type, idOrKey, scope).Content(written.Body!, written.BodyType),
                cancellationToken
            );
    }

    /// <summary>Archives an element, or deletes it where the type has no archive (<c>DELETE /{path of the type}/{selector}</c>).</summary>
    public virtual Task RemoveAsync(
        ElementType type,
        string idOrKey,
        ElementScope? scope = null,
        CancellationToken cancellationToken = default
    )
    {
        type.Require(ElementAbilities.Remove, "remove");
        return transport.SendAsync(One(ApiRequest.Delete, type, idOrKey, scope), cancellationToken);
    }

    /// <summary>Restores an archived element (<c>POST /{path of the type}/{selector}/restore</c>).</summary>
    public virtual Task RestoreAsync(
        ElementType type,
        string idOrKey,
        ElementScope? scope = null,
        CancellationToken cancellationToken = default
    )
    {
        type.Require(ElementAbilities.Restore, "restore");
        return transport.SendAsync(One(ApiRequest.Post, type, idOrKey, scope, "restore").Repeatable(), cancellationToken);
    }

    private static void RequireIf(bool isAsked, ElementType type, ElementAbilities ability, string what)
    {
        if (isAsked)
        {
            type.Require(ability, what);
        }
    }

    private static ApiRequest One(
        Func<string[], ApiRequest> make,
        ElementType type,
        string idOrKey,
        ElementScope? scope,
        params string[] more
    )
    {
        var selector = Selector.Check(idOrKey, "Element");
        scope ??= new ElementScope();
        RequireIf(!scope.IsEmpty, type, ElementAbilities.Scope, "narrow down");
        return type.SingularPath is null
            ? scope.Narrow(make([type.Path, selector, .. more]))
            : make([type.SingularPath, .. more]).Query("id", selector);
    }

    // Lists have these filters by the same names also where keys cannot be narrowed; the service refuses those it lacks.
    private ApiRequest Narrow(ElementType type, ElementFilter filter)
    {
        var request = Mark(type, ApiRequest.Get(type.Path));
        filter.Scope.Narrow(request).Query("search", filter.Search).Query("includeArchived", filter.IncludeArchived ? true : null);
        foreach (var parameter in filter.Query)
        {
            foreach (var text in QueryValue.Texts(parameter.Key, parameter.Value, transport.Objects, "Filter"))
            {
                request.Query(parameter.Key, text);
            }
        }

        return request;
    }

    private ApiRequest Body(ApiRequest request, object definition) =>
        ObjectMembers.Of(definition, transport.Objects) is not null
            ? request.Json(writer => JsonValueWriter.Write(writer, definition, transport.Objects, "Definition"))
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Definition",
                "The value of Definition is not an object.",
                "Pass a hashtable, or an object whose properties are the fields."
            );

    private static ApiRequest Mark(ElementType type, ApiRequest request) => type.HasSecrets ? request.WithSecretAnswer() : request;

    private async Task<Element> SendAsync(ElementType type, ApiRequest request, CancellationToken cancellationToken)
    {
        var element = await transport.SendAsync(Mark(type, request), ElementReader.One, cancellationToken).ConfigureAwait(false);
        element.ElementType = type.Name;
        return element;
    }
}
