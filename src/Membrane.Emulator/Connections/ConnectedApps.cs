using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.English;
using Membrane.Emulator.Actions;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Connections;

/// <summary>Apps that are connected without a person, with records to try things on.</summary>
internal sealed class ConnectedApps(
    WorkspaceStore store,
    ConnectionService connecting,
    Records records,
    ActionCollections collections,
    SampleRecords samples
)
{
    /// <summary>The apps that can be connected: their keys with their names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All =>
        [
            .. Integrations
                .Where(static app => app.Key is not null)
                .Select(static app => new KeyValuePair<string, string>(app.Key!, app.Name)),
        ];

    private StoredElement[] Integrations => store.All(Collections.Integrations, static one => !one.IsArchived && one.TenantId is null);

    /// <summary>Connects apps for a tenant: each once, however often it is named.</summary>
    /// <param name="names">Keys or names of apps, in any case.</param>
    /// <param name="findTenant">Returns the id of the tenant, which is made known only when all apps are found.</param>
    /// <returns>The ids of the connections.</returns>
    /// <exception cref="ArgumentException">There is no such app.</exception>
    public IReadOnlyList<string> Connect(IEnumerable<string> names, Func<string> findTenant)
    {
        var integrations = names.Select(Find).GroupBy(static one => one.Id).Select(static group => group.First()).ToArray();
        var tenantId = findTenant();
        return integrations.Select(integration => Connect(integration, tenantId).Id).ToArray();
    }

    private StoredElement Find(string name)
    {
        var wanted = name.Trim();
        var apps = Integrations;
        return Array.Find(apps, app => string.Equals(app.Key, wanted, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(apps, app => string.Equals(app.Name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(Unknown(wanted, [.. apps.Select(static app => app.Key).OfType<string>()]));
    }

    private static string Unknown(string name, IReadOnlyList<string> keys)
    {
        const int fewApps = 12;
        var near = NearName.FindSeveral(name, keys);
        var hint =
            near.Count > 0 ? $" Did you mean {string.Join(" or ", near.Select(static key => $"'{key}'"))}?"
            : keys.Count <= fewApps ? $" It has {string.Join(", ", keys)}."
            : $" It has {keys.Count} apps.";
        return $"There is no app '{name}' in the catalog of the emulator.{hint}";
    }

    private StoredElement Connect(StoredElement integration, string tenantId)
    {
        var connection = store.Change(transaction =>
        {
            var present = transaction
                .All(Collections.Connections)
                .Where(one => one.TenantId == tenantId && one.IntegrationId == integration.Id && !one.IsArchived)
                .OrderByDescending(static one => one.Body.Flag("connected"))
                .FirstOrDefault();
            if (present is not null && present.Body.Flag("connected"))
            {
                return present;
            }

            if (present?.OpenRequestId is { } requestId)
            {
                return connecting.Allow(transaction, requestId, null, ConnectionEnding.Ready);
            }

            var body = connecting.Draft(transaction, connecting.OfIntegration(integration), tenantId, null, connected: true);
            connecting.MarkConnected(body, new JsonObject { ["accessToken"] = transaction.NewId("token") });
            return transaction.Put(Collections.Connections, body);
        });
        Fill(connection, Principal.Tenant(tenantId));
        return connection;
    }

    // Only what is empty: records that were made or removed on purpose are left alone.
    private void Fill(StoredElement connection, Principal caller)
    {
        var keys = collections.All(connection, () => LayerCandidates.Of(store, ElementKinds.Action, connection, caller));
        if (keys.Any(key => store.Count(Collections.Records(connection.Id, key)) > 0))
        {
            return;
        }

        foreach (var key in keys)
        {
            foreach (var fields in samples.Of(CollectionNames.Singular(key)))
            {
                records.Create(connection.Id, key, fields);
            }
        }
    }
}
