using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.ActionRunLogs;
using Membrane.Client.Paging;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>The records of the runs of actions.</summary>
public class ActionRunLogsClient
{
    private const string Path = "action-run-logs";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected ActionRunLogsClient() => transport = null!;

    internal ActionRunLogsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists runs (<c>GET /action-run-logs</c>).</summary>
    public virtual Listing<ActionRunLog> List(ActionRunLogFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new ActionRunLogFilter();
        return transport.List(
            () =>
                ApiRequest
                    .Get(Path)
                    .Query("actionId", filter.ActionId)
                    .Query("connectionId", filter.ConnectionId)
                    .Query("integrationId", filter.IntegrationId)
                    .Query("externalAppId", filter.ExternalAppId)
                    .Query("tenantId", filter.TenantId)
                    .Query("status", filter.Status)
                    .Query("from", filter.From)
                    .Query("to", filter.To),
            ActionRunLogReader.Page,
            options
        );
    }

    /// <summary>Gets a run (<c>GET /action-run-logs/{id}</c>).</summary>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    public virtual Task<ActionRunLog> GetAsync(string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get(Path, Selector.Check(id, "ActionRunLog")), ActionRunLogReader.One, cancellationToken);

    /// <summary>
    /// Gets all that is kept of a run, such as the requests to the app (<c>GET /action-run-logs/{id}/details</c>).
    /// The vendor documents no fields for it: those of the record are typed, all others are kept.
    /// </summary>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    public virtual async Task<ActionRunLog> GetDetailsAsync(string id, CancellationToken cancellationToken = default)
    {
        var details = await transport
            .SendAsync(ApiRequest.Get(Path, Selector.Check(id, "ActionRunLog"), "details"), ActionRunLogReader.One, cancellationToken)
            .ConfigureAwait(false);
        details.Id ??= id;
        return details;
    }
}
