using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Paging;
using Membrane.Client.Transport;
using Membrane.Client.Waiting;

namespace Membrane.Client.Connections;

/// <summary>Connections: authenticated links between a tenant and an external app.</summary>
public sealed class ConnectionsArea
{
    private const string Path = "connections";
    private readonly ApiTransport transport;

    internal ConnectionsArea(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists connections (<c>GET /connections</c>).</summary>
    public Listing<Connection> List(ConnectionFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new ConnectionFilter();
        return new Listing<Connection>(
            (size, cursor, cancellationToken) => transport.SendAsync(
                ApiRequest.Get(Path)
                    .Query("limit", size)
                    .Query("cursor", cursor)
                    .Query("search", filter.Search)
                    .Query("integrationId", filter.IntegrationId)
                    .Query("integrationKey", filter.IntegrationKey)
                    .Query("connectorId", filter.ConnectorId)
                    .Query("externalAppId", filter.ExternalAppId)
                    .Query("tenantId", filter.TenantId)
                    .Query("connected", filter.Connected)
                    .Query("isTest", filter.IsTest)
                    .Query("includeArchived", filter.IncludeArchived ? true : null),
                ConnectionMap.Page,
                cancellationToken),
            options);
    }

    /// <summary>Gets a connection by id or key (<c>GET /connections/{id}</c>).</summary>
    /// <exception cref="MembraneApiException">There is none (NotFound).</exception>
    public Task<Connection> GetAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get(Path, Selector.Check(idOrKey, "Connection")), ConnectionMap.One, cancellationToken);

    /// <summary>Waits until a connection is no longer being built (<c>GET /connections/{id}?wait=true</c>).</summary>
    /// <exception cref="MembraneTimeoutException">Time is up.</exception>
    public Task<Connection> WaitAsync(string idOrKey, WaitOptions<Connection>? options = null, CancellationToken cancellationToken = default)
    {
        string checkedId = Selector.Check(idOrKey, "Connection");
        return Waiter.ForAnswerAsync(
            (seconds, token) => transport.SendAsync(ApiRequest.Get(Path, checkedId).Wait(seconds), ConnectionMap.One, token),
            static connection => !string.Equals(connection.State, "BUILDING", StringComparison.OrdinalIgnoreCase),
            options ?? new WaitOptions<Connection>(),
            cancellationToken);
    }
}
