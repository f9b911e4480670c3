using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Connections;
using Membrane.Client.Transport;

namespace Membrane.Client.Apps;

/// <summary>Finds the app that a person means: by id or key of an integration, connector or app, by its name, or by its address.</summary>
internal sealed class AppFinder
{
    private const int LookedThrough = 100;
    private const int Shown = 5;

    private readonly IntegrationsClient integrations;
    private readonly ConnectorsClient connectors;
    private readonly ExternalAppsClient apps;
    private readonly ConnectionsClient connections;

    internal AppFinder(IntegrationsClient integrations, ConnectorsClient connectors, ExternalAppsClient apps, ConnectionsClient connections)
    {
        this.integrations = integrations;
        this.connectors = connectors;
        this.apps = apps;
        this.connections = connections;
    }

    /// <summary>The app that is meant. No request is sent for an address.</summary>
    /// <exception cref="MembraneException">No app (NotFound) or several (Ambiguous) fit.</exception>
    public async Task<AppTarget> FindAsync(string text, CancellationToken cancellationToken = default)
    {
        if (AppAddress.IsOne(text))
        {
            return new AppTarget { Name = text, AppUrl = AppAddress.Check(text, "App") };
        }

        var app = Selector.Check(text, "App");
        return await TryAsync(() => integrations.GetAsync(app, cancellationToken), AppTarget.Of).ConfigureAwait(false)
            ?? await TryAsync(() => connectors.GetAsync(app, null, cancellationToken), AppTarget.Of).ConfigureAwait(false)
            ?? await TryAsync(() => apps.GetAsync(app, cancellationToken), AppTarget.Of).ConfigureAwait(false)
            ?? await FindByNameAsync(app, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The connections to an app that there are; none for an address.</summary>
    public async Task<IReadOnlyList<Connection>> FindConnectionsAsync(AppTarget target, CancellationToken cancellationToken = default)
    {
        if (!target.CanBeRequested && target.ExternalAppId is null)
        {
            return [];
        }

        var filter = new ConnectionFilter
        {
            IntegrationId = target.IntegrationId,
            ConnectorId = target.IntegrationId is null ? target.ConnectorId : null,
            ExternalAppId = target.CanBeRequested ? null : target.ExternalAppId,
        };
        return await ListAsync(connections.List(filter, new ListingOptions { First = LookedThrough }), cancellationToken)
            .ConfigureAwait(false);
    }

    private static async Task<AppTarget?> TryAsync<T>(Func<Task<T>> get, Func<T, AppTarget> describe)
    {
        try
        {
            return describe(await get().ConfigureAwait(false));
        }
        catch (MembraneApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<T>> ListAsync<T>(Listing<T> listing, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        await foreach (var item in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            items.Add(item);
        }

        return items;
    }

    // What the workspace has set up itself comes before what is there for everybody.
    private async Task<AppTarget> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var options = new ListingOptions { First = LookedThrough };
        var similar = new List<AppTarget>();
        Func<Task<IEnumerable<AppTarget>>>[] sources =
        [
            async () =>
                (
                    await ListAsync(integrations.List(new IntegrationFilter { Search = name }, options), cancellationToken)
                        .ConfigureAwait(false)
                ).Select(AppTarget.Of),
            async () =>
                (
                    await ListAsync(connectors.List(new ConnectorFilter { Search = name }, options), cancellationToken)
                        .ConfigureAwait(false)
                ).Select(AppTarget.Of),
            async () =>
                (
                    await ListAsync(apps.List(new ExternalAppFilter { Search = name }, options), cancellationToken).ConfigureAwait(false)
                ).Select(AppTarget.Of),
        ];
        foreach (var list in sources)
        {
            var found = (await list().ConfigureAwait(false)).ToArray();
            var exact = found.Where(target => string.Equals(target.Name, name, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (exact.Length > 0)
            {
                var ids = exact.Select(static target => target.IntegrationId ?? target.ConnectorId ?? target.ExternalAppId);
                return exact.Length == 1
                    ? exact[0]
                    : throw new MembraneException(
                        ErrorIds.Ambiguous,
                        $"'{name}' is the name of {exact.Length} things that can be connected: {string.Join(", ", ids)}.",
                        "Name one of them by its id."
                    );
            }

            similar.AddRange(found);
        }

        var names = similar.Select(static target => target.Name).Distinct(StringComparer.OrdinalIgnoreCase).Take(Shown).ToArray();
        throw new MembraneException(
            ErrorIds.NotFound,
            names.Length == 0
                ? $"There is nothing to connect that is called '{name}'."
                : $"There is nothing to connect that is called '{name}'. There is: {string.Join(", ", names)}.",
            "Search for it, pass the address of the app, or have an agent build a connector for it."
        )
        {
            Topic = "App",
        };
    }
}
