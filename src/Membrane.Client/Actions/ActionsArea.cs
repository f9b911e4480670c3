using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Transport;

namespace Membrane.Client.Actions;

/// <summary>Actions: single operations on connected apps.</summary>
public sealed class ActionsArea
{
    private const string Path = "actions";
    private readonly ApiTransport transport;

    internal ActionsArea(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists actions, or finds them by intent (<c>GET /actions</c>).</summary>
    public Listing<Action> List(ActionFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new ActionFilter();
        return new Listing<Action>(
            async (size, cursor, cancellationToken) => FoundOn(
                filter.ConnectionId,
                await transport.SendAsync(
                    ApiRequest.Get(Path)
                        .Query("connectionId", filter.ConnectionId)
                        .Query("integrationId", filter.IntegrationId)
                        .Query("integrationKey", filter.IntegrationKey)
                        .Query("search", filter.Search)
                        .Query("intent", filter.Intent)
                        .Query("layer", filter.Layer)
                        .Query("limit", size)
                        .Query("cursor", cursor)
                        .Query("includeArchived", filter.IncludeArchived ? true : null),
                    ActionMap.Page,
                    cancellationToken).ConfigureAwait(false)),
            options);
    }

    /// <summary>Gets an action (<c>GET /actions/{selector}</c>).</summary>
    public async Task<Action> GetAsync(ActionSelector selector, CancellationToken cancellationToken = default)
    {
        Action action = await transport.SendAsync(
            selector.Narrow(ApiRequest.Get(Path, selector.IdOrKey)), ActionMap.One, cancellationToken).ConfigureAwait(false);
        action.FoundOnConnectionId = selector.ConnectionId;
        return action;
    }

    /// <summary>Runs an action (<c>POST /actions/{selector}/run</c>).</summary>
    /// <param name="selector">The action, and the connection to run it on.</param>
    /// <param name="input">The input: anything with a form in JSON; null for none.</param>
    /// <param name="cancellationToken">Ends the call; the action may have been run all the same.</param>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public Task<ActionRun> RunAsync(ActionSelector selector, object? input, CancellationToken cancellationToken = default) =>
        PrepareRun(selector, input).SendAsync(cancellationToken);

    /// <summary>Writes the request of a run without sending it.</summary>
    /// <inheritdoc cref="RunAsync" path="/param"/>
    /// <exception cref="MembraneInputException">The input has no form in JSON.</exception>
    internal PreparedRun PrepareRun(ActionSelector selector, object? input) => new(
        transport,
        selector,
        selector.Narrow(ApiRequest.Post(Path, selector.IdOrKey, "run")).Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteValue("input", input, transport.Objects, "InputObject");
            writer.WriteEndObject();
        }));

    private static Page<Action> FoundOn(string? connectionId, Page<Action> page)
    {
        foreach (Action action in page.Items)
        {
            action.FoundOnConnectionId = connectionId;
        }

        return page;
    }
}
