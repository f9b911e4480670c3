using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;

namespace Membrane.Client.Tools;

/// <summary>
/// Finds what can become tools, and the word for the app that is part of each name. An action rarely has it; then the integration
/// does, which is read once.
/// </summary>
internal sealed class ToolTargets(MembraneClient client, IObjectAdapter objects)
{
    private readonly Dictionary<string, string?> apps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Connection?> connections = new(StringComparer.Ordinal);

    /// <summary>Finds the actions of connections, each with its connection.</summary>
    /// <param name="sources">The connections.</param>
    /// <param name="isWanted">Whether an action is wanted; null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async Task<IReadOnlyList<ToolTarget>> ListAsync(
        IEnumerable<Connection> sources,
        Func<MembraneAction, bool>? isWanted,
        CancellationToken cancellationToken
    )
    {
        var targets = new List<ToolTarget>();
        foreach (var connection in sources)
        {
            connections[connection.Id!] = connection;
            await foreach (
                var action in client
                    .Actions.List(new ActionFilter { ConnectionId = connection.Id })
                    .WithCancellation(cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                if (isWanted is null || isWanted(action))
                {
                    targets.Add(await MakeAsync(action, cancellationToken).ConfigureAwait(false));
                }
            }
        }

        return targets;
    }

    /// <summary>Finds the connection that an action belongs to or was found on.</summary>
    public async Task<ToolTarget> MakeAsync(MembraneAction action, CancellationToken cancellationToken)
    {
        var connectionId = action.ConnectionId ?? action.FoundOnConnectionId;
        var app = await FindAppAsync(action, connectionId, cancellationToken).ConfigureAwait(false);
        var connection = connectionId is not null && connections.TryGetValue(connectionId, out var known) ? known : null;
        return new ToolTarget(action, connectionId, string.IsNullOrWhiteSpace(connection?.Name) ? connection?.Key : connection!.Name, app);
    }

    private async Task<string?> FindAppAsync(MembraneAction action, string? connectionId, CancellationToken cancellationToken)
    {
        var said =
            NonEmpty(action.IntegrationKey) ?? NonEmpty(objects.Unwrap(ObjectMembers.Member(action.Integration, "key", objects)) as string);
        if (said is not null)
        {
            return said;
        }

        var integrationId = NonEmpty(action.IntegrationId);
        if (integrationId is null && connectionId is not null)
        {
            if (!connections.TryGetValue(connectionId, out var connection))
            {
                connection = await TryAsync(() => client.Connections.GetAsync(connectionId, cancellationToken)).ConfigureAwait(false);
                connections.Add(connectionId, connection);
            }

            integrationId = NonEmpty(connection?.IntegrationId);
        }

        if (integrationId is null)
        {
            return null;
        }

        if (!apps.TryGetValue(integrationId, out var app))
        {
            app = NonEmpty(
                (await TryAsync(() => client.Integrations.GetAsync(integrationId, cancellationToken)).ConfigureAwait(false))?.Key
            );
            apps.Add(integrationId, app);
        }

        return app;
    }

    // Without access to the integration, names do without that word.
    private static async Task<T?> TryAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
