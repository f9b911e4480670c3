using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Connectors;
using Membrane.Client.Paging;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Connectors: pre-built adapters for external apps.</summary>
public class ConnectorsClient
{
    private const string Path = "connectors";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected ConnectorsClient() => transport = null!;

    internal ConnectorsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists connectors (<c>GET /connectors</c>).</summary>
    public virtual Listing<Connector> List(ConnectorFilter? filter = null, ListingOptions? options = null) =>
        transport.List(
            () =>
                ApiRequest
                    .Get(Path)
                    .Query("search", filter?.Search)
                    .Query("externalAppId", filter?.ExternalAppId)
                    .Query("includeArchived", filter?.IncludeArchived == true ? true : null),
            ConnectorReader.Page,
            options
        );

    /// <summary>Gets a connector by id or key (<c>GET /connectors/{idOrKey}</c>).</summary>
    /// <param name="idOrKey">The id or key.</param>
    /// <param name="version">The version; null for the current one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    public virtual Task<Connector> GetAsync(string idOrKey, string? version = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            ApiRequest.Get(Path, Selector.Check(idOrKey, "Connector")).Query("version", version),
            ConnectorReader.One,
            cancellationToken
        );
}
