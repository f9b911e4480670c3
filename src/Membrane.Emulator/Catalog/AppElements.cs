using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Catalog;

/// <summary>What an app is made of in the workspace: external app, connector, integration.</summary>
internal static class AppElements
{
    /// <summary>Since when the elements of a catalog exist.</summary>
    private static readonly string Beginning = EmulatorJson.Time(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Before everything that is made later, however large the catalog is.</summary>
    private const long FirstSequence = -(1L << 40);

    /// <summary>Returns everything that a catalog brings, with ids that follow from its names alone.</summary>
    public static IEnumerable<JournalEntry> Of(IEnumerable<CatalogApp> apps)
    {
        var sequence = FirstSequence;
        var slugs = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var app in apps)
        {
            var slug = Unique(slugs, app.Slug);
            var appId = IdSource.Derived("app", slug);
            var connectorId = IdSource.Derived("cnt", slug);
            var integrationId = IdSource.Derived("int", slug);
            yield return Entry(
                Collections.ExternalApps,
                ref sequence,
                ExternalApp(appId, slug, IdSource.DerivedUuid("app/" + slug), app.Name, app.Url, connectorId, app.Categories)
            );
            yield return Entry(
                Collections.Connectors,
                ref sequence,
                Connector(connectorId, slug, IdSource.DerivedUuid("connector/" + slug), app.Name, appId, app.Categories, app.Actions.Count)
            );
            yield return Entry(
                Collections.Integrations,
                ref sequence,
                Integration(
                    integrationId,
                    slug,
                    IdSource.DerivedUuid("integration/" + slug),
                    app.Name,
                    app.Url,
                    connectorId,
                    appId,
                    app.Categories,
                    app.Actions.Count,
                    Beginning
                )
            );
            var keys = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var action in app.Actions)
            {
                var key = Unique(keys, action.Key);
                yield return Entry(Collections.Actions, ref sequence, Action(slug, key, action, integrationId, appId));
            }
        }
    }

    public static JsonObject ExternalApp(
        string id,
        string key,
        string uuid,
        string name,
        string? url,
        string connectorId,
        IEnumerable<string> categories
    ) =>
        new()
        {
            ["id"] = id,
            ["key"] = key,
            ["uuid"] = uuid,
            ["name"] = name,
            ["isReadOnly"] = true,
            ["appUri"] = url ?? "",
            ["logoUri"] = Logo(key),
            ["defaultConnectorId"] = connectorId,
            ["categories"] = Strings(categories),
            ["popularity"] = 0,
            ["isPublic"] = true,
            ["hasAuth"] = true,
            ["hasData"] = true,
        };

    public static JsonObject Connector(
        string id,
        string key,
        string uuid,
        string name,
        string appId,
        IReadOnlyCollection<string> categories,
        int operations
    )
    {
        var connector = new JsonObject
        {
            ["id"] = id,
            ["key"] = key,
            ["uuid"] = uuid,
            ["name"] = name,
            ["logoUri"] = Logo(key),
            ["externalAppId"] = appId,
            ["categories"] = Strings(categories),
            ["isPublic"] = true,
            ["popularity"] = 0,
            ["baseUri"] = "emulator://connectors/" + key,
            ["revision"] = Revision.Of(uuid),
            ["operationsCount"] = operations,
            ["hasOperations"] = operations > 0,
            ["hasData"] = true,
            ["hasTest"] = true,
            ["isReadOnly"] = true,
            ["version"] = "1.0.0",
            ["type"] = AuthType(categories),
        };
        if (UsesApiKey(categories))
        {
            connector["credentialsSchema"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["apiKey"] = new JsonObject
                    {
                        ["type"] = "string",
                        ["title"] = "API key",
                        ["minLength"] = 1,
                    },
                },
                ["required"] = new JsonArray("apiKey"),
            };
        }

        return connector;
    }

    public static JsonObject Integration(
        string id,
        string key,
        string uuid,
        string name,
        string? url,
        string connectorId,
        string appId,
        IReadOnlyCollection<string> categories,
        int operations,
        string createdAt
    ) =>
        new()
        {
            ["id"] = id,
            ["name"] = name,
            ["uuid"] = uuid,
            ["key"] = key,
            ["state"] = ElementState.Ready,
            ["revision"] = Revision.Of(uuid),
            ["createdAt"] = createdAt,
            ["updatedAt"] = createdAt,
            ["logoUri"] = Logo(key),
            ["appUri"] = url,
            ["connectorId"] = connectorId,
            ["connectorVersion"] = "1.0.0",
            ["externalAppId"] = appId,
            ["hasOperations"] = operations > 0,
            ["operationsCount"] = operations,
            ["hasData"] = true,
            ["hasMissingParameters"] = false,
            ["authType"] = AuthType(categories),
        };

    /// <summary>Apps without a category take an API key, the others OAuth: both kinds can be tried.</summary>
    public static bool UsesApiKey(IReadOnlyCollection<string> categories) => categories.Count == 0;

    private static JsonObject Action(string slug, string key, CatalogAction action, string integrationId, string appId)
    {
        var uuid = IdSource.DerivedUuid("action/" + slug + "/" + key);
        var body = new JsonObject
        {
            ["id"] = IdSource.Derived("act", slug + "/" + key),
            ["name"] = action.Name,
            ["uuid"] = uuid,
            ["key"] = key,
            ["state"] = ElementState.Ready,
            ["revision"] = Revision.Of(uuid),
            ["createdAt"] = Beginning,
            ["updatedAt"] = Beginning,
            ["integrationId"] = integrationId,
            ["externalAppId"] = appId,
            ["type"] = "connector-operation",
            ["config"] = new JsonObject { ["operationKey"] = action.Key },
        };
        if (action.Description is not null)
        {
            body["description"] = action.Description;
        }

        if (key != action.Key)
        {
            body.PlanKey = action.Key;
        }

        return body;
    }

    private static string AuthType(IReadOnlyCollection<string> categories) => UsesApiKey(categories) ? "client-credentials" : "oauth2";

    private static string Logo(string key) => "/logos/" + Uri.EscapeDataString(key) + ".svg";

    private static JsonArray Strings(IEnumerable<string> texts) => new(texts.Select(text => (JsonNode)text).ToArray());

    private static JournalEntry Entry(string collection, ref long sequence, JsonObject body)
    {
        foreach (var empty in body.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            body.Remove(empty);
        }

        var element = new StoredElement(collection, ++sequence, EmulatorJson.Freeze(body));
        return new JournalEntry(collection, element.Id, element);
    }

    /// <summary>Returns the name, or with a number when it was there already.</summary>
    private static string Unique(Dictionary<string, int> seen, string name)
    {
        seen.TryGetValue(name, out var count);
        seen[name] = ++count;
        return count == 1 ? name : FormattableString.Invariant($"{name}-{count}");
    }
}
