using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Integrations;
using Membrane.Client.Paging;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Integrations: external apps as they are set up in the workspace.</summary>
public class IntegrationsClient
{
    private const string Path = "integrations";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected IntegrationsClient() => transport = null!;

    internal IntegrationsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists integrations (<c>GET /integrations</c>).</summary>
    public virtual Listing<Integration> List(IntegrationFilter? filter = null, ListingOptions? options = null) =>
        transport.List(
            () =>
                ApiRequest
                    .Get(Path)
                    .Query("search", filter?.Search)
                    .Query("connectorId", filter?.ConnectorId)
                    .Query("connectors", filter?.IncludeConnectors == true ? 1 : null)
                    .Query("externalApps", filter?.IncludeExternalApps == true ? 1 : null)
                    .Query("includeArchived", filter?.IncludeArchived == true ? true : null),
            IntegrationReader.Page,
            options
        );

    /// <summary>Gets an integration by id, uuid or key (<c>GET /integrations/{idOrKey}</c>).</summary>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    public virtual Task<Integration> GetAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get(Path, Selector.Check(idOrKey, "Integration")), IntegrationReader.One, cancellationToken);
}
