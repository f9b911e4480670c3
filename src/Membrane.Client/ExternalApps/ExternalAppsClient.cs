using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.ExternalApps;
using Membrane.Client.Paging;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>External apps: what can be connected, of the workspace and of the public catalogue.</summary>
public class ExternalAppsClient
{
    private const string Path = "external-apps";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected ExternalAppsClient() => transport = null!;

    internal ExternalAppsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists apps, those of the workspace first (<c>GET /external-apps</c>).</summary>
    public virtual Listing<ExternalApp> List(ExternalAppFilter? filter = null, ListingOptions? options = null) =>
        transport.List(
            () =>
                ApiRequest
                    .Get(Path)
                    .Query("search", filter?.Search)
                    .Query("category", filter?.Category)
                    .Query("isConnected", filter?.IsConnected)
                    .Query("includeArchived", filter?.IncludeArchived == true ? true : null),
            ExternalAppReader.Page,
            options
        );

    /// <summary>Gets an app by id, key or uuid (<c>GET /external-apps/{idOrKeyOrUuid}</c>).</summary>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    public virtual Task<ExternalApp> GetAsync(string idOrKeyOrUuid, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get(Path, Selector.Check(idOrKeyOrUuid, "ExternalApp")), ExternalAppReader.One, cancellationToken);
}
