using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Tenants;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Tenants of the workspace, which the API calls customers. A manager's token is needed.</summary>
public class TenantsClient
{
    private const string Path = "customers";
    private const string Advice = "Tenants are managed by the workspace: sign in as its manager, or act for one tenant.";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected TenantsClient() => transport = null!;

    internal TenantsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists tenants (<c>GET /customers</c>).</summary>
    public virtual Listing<Tenant> List(TenantFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new TenantFilter();
        return transport.List(
            () =>
                ApiRequest
                    .Get(Path)
                    .WithSecretAnswer()
                    .Query("search", filter.Search)
                    .Query("isTest", filter.IsTest)
                    .Query("isActive", filter.IsActive)
                    .Query("includeArchived", filter.IncludeArchived ? true : null)
                    .WhenDenied(Advice),
            TenantReader.Page,
            options
        );
    }

    /// <summary>Gets a tenant by its id, or by your own id for it (<c>GET /customers/{id}</c>).</summary>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    public virtual Task<Tenant> GetAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        WithIdAsync(
            idOrKey,
            id => transport.SendAsync(Request(ApiRequest.Get, id), TenantReader.One, cancellationToken),
            cancellationToken
        );

    /// <summary>Creates a tenant (<c>POST /customers</c>).</summary>
    /// <exception cref="MembraneInputException">The name is empty.</exception>
    public virtual Task<Tenant> CreateAsync(TenantChange tenant, CancellationToken cancellationToken = default) =>
        PrepareCreate(tenant)(cancellationToken);

    /// <summary>The creation of a tenant, with what is to be sent written already: to be called once, on any thread.</summary>
    /// <exception cref="MembraneInputException">The name is empty.</exception>
    internal Func<CancellationToken, Task<Tenant>> PrepareCreate(TenantChange tenant)
    {
        if (string.IsNullOrWhiteSpace(tenant.Name))
        {
            throw new MembraneInputException(ErrorIds.InvalidInput, nameof(tenant.Name), "A tenant needs a name.", "Pass one.");
        }

        var request = Body(ApiRequest.Post(Path).WithSecretAnswer().WhenDenied(Advice), tenant);
        return cancellationToken => transport.SendAsync(request, TenantReader.One, cancellationToken);
    }

    /// <summary>Changes a tenant (<c>PATCH /customers/{id}</c>).</summary>
    /// <exception cref="MembraneInputException">Nothing is to be changed.</exception>
    public virtual Task<Tenant> UpdateAsync(string idOrKey, TenantChange change, CancellationToken cancellationToken = default) =>
        PrepareUpdate(change)(idOrKey, cancellationToken);

    /// <summary>The change of any number of tenants, with what is to be sent written already: to be called on any thread.</summary>
    /// <exception cref="MembraneInputException">Nothing is to be changed.</exception>
    internal Func<string, CancellationToken, Task<Tenant>> PrepareUpdate(TenantChange change)
    {
        if (change.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(change.Name),
                "Nothing says what to change.",
                "Pass at least one of Name, TenantKey, Fields, Credentials and AiCreditsRolling30DayLimit."
            );
        }

        var written = Body(ApiRequest.Patch(Path), change);
        return (idOrKey, cancellationToken) =>
            WithIdAsync(
                idOrKey,
                id =>
                    transport.SendAsync(
                        Request(ApiRequest.Patch, id).Content(written.Body!, written.BodyType),
                        TenantReader.One,
                        cancellationToken
                    ),
                cancellationToken
            );
    }

    /// <summary>Archives a tenant (<c>DELETE /customers/{id}</c>).</summary>
    public virtual Task RemoveAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        WithIdAsync(
            idOrKey,
            async id =>
            {
                await transport.SendAsync(Request(ApiRequest.Delete, id), cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    /// <summary>Restores an archived tenant (<c>POST /customers/{id}/restore</c>).</summary>
    public virtual Task RestoreAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        WithIdAsync(
            idOrKey,
            async id =>
            {
                await transport.SendAsync(Request(ApiRequest.Post, id, "restore").Repeatable(), cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    private static ApiRequest Request(Func<string[], ApiRequest> make, string id, params string[] more) =>
        make([Path, id, .. more]).WithSecretAnswer().WhenDenied(Advice);

    private ApiRequest Body(ApiRequest request, TenantChange tenant) =>
        request.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteText("name", tenant.Name);
            writer.WriteText("internalId", tenant.InternalId);
            writer.WriteValue("fields", tenant.Fields, transport.Objects, nameof(tenant.Fields));
            writer.WriteValue("credentials", tenant.Credentials, transport.Objects, nameof(tenant.Credentials));
            if (tenant.RemoveAiCreditsLimit)
            {
                writer.WriteNull("aiCreditsRolling30DayLimit");
            }
            else
            {
                writer.WriteValue(
                    "aiCreditsRolling30DayLimit",
                    tenant.AiCreditsRolling30DayLimit,
                    transport.Objects,
                    nameof(tenant.AiCreditsRolling30DayLimit)
                );
            }

            writer.WriteEndObject();
        });

    // The path takes the internal id; people know their own.
    private async Task<T> WithIdAsync<T>(string idOrKey, Func<string, Task<T>> call, CancellationToken cancellationToken)
    {
        var selector = Selector.Check(idOrKey, "Tenant");
        try
        {
            return await call(selector).ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            if (await FindByKeyAsync(selector, cancellationToken).ConfigureAwait(false) is not { } id || id == selector)
            {
                throw;
            }

            return await call(id).ConfigureAwait(false);
        }
    }

    // Whether a search looks at keys is not documented, so what it does not find is looked for in the whole list.
    private async Task<string?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        await FindByKeyAsync(key, new TenantFilter { Search = key, IncludeArchived = true }, cancellationToken).ConfigureAwait(false)
        ?? await FindByKeyAsync(key, new TenantFilter { IncludeArchived = true }, cancellationToken).ConfigureAwait(false);

    private async Task<string?> FindByKeyAsync(string key, TenantFilter filter, CancellationToken cancellationToken)
    {
        await foreach (var tenant in List(filter).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(tenant.InternalId, key, StringComparison.Ordinal))
            {
                return tenant.Id;
            }
        }

        return null;
    }
}
