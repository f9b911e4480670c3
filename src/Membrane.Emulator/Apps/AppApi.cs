using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Apps;

/// <summary>
/// The own API of every app, as plain REST on the connection's records: <c>/v1/contacts</c> is the collection,
/// <c>/v1/contacts/ID</c> a record.
/// </summary>
internal sealed class AppApi(WorkspaceStore store, Records records, EmulatorClock clock)
{
    private static readonly HashSet<string> Prefixes = new(StringComparer.OrdinalIgnoreCase)
    {
        "api",
        "rest",
        "crm",
        "objects",
        "data",
        "web",
    };

    public AppAnswer Call(StoredElement connection, string method, string path, JsonElement? query, JsonElement? data)
    {
        var plain = path.Split('?')[0];
        var segments = plain
            .Split('/')
            .Where(segment => segment.Length > 0)
            .Select(segment => UrlEncoding.Decode(segment))
            .Where(IsMeaningful)
            .ToArray();
        if (segments.Length == 0)
        {
            return new AppAnswer(
                200,
                new JsonObject
                {
                    ["app"] = store.Find(Collections.Connectors, connection.ConnectorId)?.Name,
                    ["connectionId"] = connection.Id,
                    ["time"] = EmulatorJson.Time(clock.Now),
                }
            );
        }

        var isRecord = segments.Length % 2 == 0;
        var collection = Slug.Of(segments[segments.Length - (isRecord ? 2 : 1)]);
        try
        {
            return isRecord
                ? OnRecord(connection.Id, method.ToUpperInvariant(), collection, segments[segments.Length - 1], data)
                : OnCollection(connection.Id, method.ToUpperInvariant(), collection, query, data);
        }
        catch (ApiException error) when (error.Status is 404 or 400)
        {
            return Problem(error.Status, error.Message);
        }
    }

    private AppAnswer OnCollection(string connectionId, string method, string collection, JsonElement? query, JsonElement? data)
    {
        if (method == "POST")
        {
            return new AppAnswer(201, AppActionRunner.Flat(records.Create(connectionId, collection, Fields(data))));
        }

        if (method != "GET")
        {
            return Problem(405, $"{method} is not possible on '{collection}'.");
        }

        var limit = int.TryParse(query?.Member("limit")?.ToString(), out var wanted)
            ? Math.Max(1, Math.Min(1000, wanted))
            : Records.DefaultPage;
        (var found, var cursor) = records.Page(connectionId, collection, query?.Text("cursor"), limit, _ => true);
        var page = new JsonObject { ["items"] = new JsonArray(found.Select(record => (JsonNode)AppActionRunner.Flat(record)).ToArray()) };
        if (cursor is not null)
        {
            page["cursor"] = cursor;
        }

        return new AppAnswer(200, page);
    }

    private AppAnswer OnRecord(string connectionId, string method, string collection, string id, JsonElement? data)
    {
        switch (method)
        {
            case "GET":
                return new AppAnswer(200, AppActionRunner.Flat(records.Get(connectionId, collection, id)));
            case "PUT":
            case "PATCH":
                return new AppAnswer(200, AppActionRunner.Flat(records.Update(connectionId, collection, id, Fields(data))));
            case "DELETE":
                records.Delete(connectionId, collection, id);
                return new AppAnswer(204, null);
            default:
                return Problem(405, $"{method} is not possible on a record.");
        }
    }

    private static JsonObject Fields(JsonElement? data) =>
        data switch
        {
            { ValueKind: JsonValueKind.Object } fields => EmulatorJson.Edit(fields),
            null => new JsonObject(),
            { } other => new JsonObject { ["value"] = EmulatorJson.ToNode(other) },
        };

    private static AppAnswer Problem(int status, string message) =>
        new(
            status,
            new JsonObject
            {
                ["error"] = new JsonObject { ["code"] = status, ["message"] = message },
            }
        );

    private static bool IsMeaningful(string segment) =>
        !Prefixes.Contains(segment)
        && !(
            segment.Length <= 5
            && (segment[0] is 'v' or 'V')
            && segment.Skip(1).All(character => char.IsDigit(character) || character == '.')
            && segment.Length > 1
        );
}
