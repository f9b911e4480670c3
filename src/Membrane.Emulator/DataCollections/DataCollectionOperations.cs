using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Actions;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.DataCollections;

/// <summary>The records of a connection as tables: the same store that the actions work on.</summary>
internal sealed class DataCollectionOperations(WorkspaceStore store, ElementFinder finder, Records records, ActionCollections collections)
{
    private Records Records => records;

    public void AddTo(HandlerTable table)
    {
        table.Add("listConnectionDataCollections", List);
        table.Add("getConnectionDataCollection", request => Reply.Json(Specification(Collection(request).Key)));
        table.Add("refreshConnectionDataCollection", request => Reply.Json(Specification(Collection(request).Key)));
        table.Add("listDataCollectionRecords", ListRecords);
        table.Add("searchDataCollectionRecords", Search);
        table.Add("matchDataCollectionRecord", Match);
        table.Add("findDataCollectionRecords", Find);
        table.Add("findDataCollectionRecordById", FindById);
        table.Add("createDataCollectionRecord", Create);
        table.Add("updateDataCollectionRecord", Update);
        table.Add("deleteDataCollectionRecord", Delete);
        table.Add("getIntegrationDataLocations", ListOfIntegration);
        table.Add("getIntegrationDataLocationByKey", SpecificationOfIntegration);
    }

    /// <summary>Returns what a collection can do and which fields it has.</summary>
    public static JsonObject Specification(string key)
    {
        var shape = Shape(key);
        var fields = shape.Fields.Select(field => field.Name).ToArray();
        return new JsonObject
        {
            ["type"] = "collection",
            ["key"] = key,
            ["name"] = Title(key),
            ["fieldsSchema"] = ActionSchemas.Object(shape, withRequired: true),
            ["customFields"] = true,
            ["list"] = new JsonObject { ["filterFields"] = Strings(fields) },
            ["search"] = new JsonObject(),
            ["match"] = new JsonObject { ["fields"] = Strings(fields) },
            ["find"] = new JsonObject { ["queryFields"] = Strings(fields) },
            ["findById"] = new JsonObject(),
            ["create"] = new JsonObject
            {
                ["fields"] = Strings(fields),
                ["requiredFields"] = Strings(shape.Fields.Where(field => field.Required).Select(field => field.Name)),
            },
            ["update"] = new JsonObject { ["fields"] = Strings(fields) },
            ["delete"] = new JsonObject(),
        };
    }

    private Reply List(OperationRequest request)
    {
        var connection = Connection(request);
        return Reply.Json(
            Keys(collections.All(connection, () => LayerCandidates.Of(store, ElementKinds.Action, connection, request.Caller)))
        );
    }

    private Reply ListOfIntegration(OperationRequest request) => Reply.Json(Keys(KeysOfIntegration(request)));

    private Reply SpecificationOfIntegration(OperationRequest request)
    {
        var key = request.Route("dataLocationKey");
        return KeysOfIntegration(request).Contains(key)
            ? Reply.Json(Specification(key))
            : throw ApiException.NotFound($"The app has no data location '{UrlEncoding.Shorten(key)}'.");
    }

    private string[] KeysOfIntegration(OperationRequest request)
    {
        var integration = finder.FindCurrent(ElementKinds.Integration, request.Route("id"), request.Caller);
        return LayerCandidates
            .OfIntegration(store, ElementKinds.Action, integration, request.Caller)
            .Where(action => action.Plan.Verb is ActionVerb.Create or ActionVerb.List)
            .Select(action => action.Plan.Collection)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(key => key, StringComparer.Ordinal)
            .ToArray();
    }

    private Reply ListRecords(OperationRequest request)
    {
        (var connection, var key) = Collection(request);
        var filter = request.Body.Member("filter") ?? request.Body.Member("unifiedFilter");
        return Page(connection, key, request, record => Records.Matches(record, filter));
    }

    private Reply Search(OperationRequest request)
    {
        (var connection, var key) = Collection(request);
        var query = request.Text("query")!;
        return Page(connection, key, request, record => Records.Matches(record, query));
    }

    private Reply Find(OperationRequest request)
    {
        (var connection, var key) = Collection(request);
        var query = request.Body.Member("query");
        return Page(connection, key, request, record => Records.Matches(record, query));
    }

    private Reply Match(OperationRequest request)
    {
        (var connection, var key) = Collection(request);
        var query = request.Body.GetProperty("query");
        (var found, _) = Records.Page(connection.Id, key, null, 1, record => Records.Matches(record, query));
        return Reply.Json(found.Length == 0 ? new JsonObject() : new JsonObject { ["record"] = Show(found[0]) });
    }

    private Reply FindById(OperationRequest request)
    {
        (var connection, var key) = Collection(request);
        return Reply.Json(new JsonObject { ["record"] = Show(Records.Get(connection.Id, key, Id(request))) });
    }

    private Reply Create(OperationRequest request)
    {
        (var connection, var key) = Collection(request);
        var fields = Fields(request);
        foreach (var field in Shape(key).Fields)
        {
            if (field.Required && fields[field.Name] is null)
            {
                throw ApiException.BadRequest($"'fields.{field.Name}' is required.", new JsonObject { ["path"] = "/fields/" + field.Name });
            }
        }

        return Reply.Json(new JsonObject { ["id"] = Records.Create(connection.Id, key, fields).Id });
    }

    private Reply Update(OperationRequest request)
    {
        (var connection, var key) = Collection(request);
        return Reply.Json(new JsonObject { ["id"] = Records.Update(connection.Id, key, Id(request), Fields(request)).Id });
    }

    private Reply Delete(OperationRequest request)
    {
        (var connection, var key) = Collection(request);
        Records.Delete(connection.Id, key, Id(request));
        return Reply.Done;
    }

    private Reply Page(StoredElement connection, string key, OperationRequest request, Func<StoredElement, bool> filter)
    {
        (var found, var cursor) = Records.Page(connection.Id, key, request.Text("cursor"), Records.DefaultPage, filter);
        return Reply.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("records");
            foreach (var record in found)
            {
                Show(record).WriteTo(writer);
            }

            writer.WriteEndArray();
            if (cursor is not null)
            {
                writer.WriteString("cursor", cursor);
            }

            writer.WriteEndObject();
        });
    }

    private static JsonObject Show(StoredElement record)
    {
        var body = record.Body;
        var shown = EmulatorJson.Edit(body);
        var fields = body.GetProperty("fields");
        foreach (var candidate in new[] { "name", "title", "subject", "email", "text" })
        {
            if (fields.Text(candidate) is { Length: > 0 } name)
            {
                shown["name"] = name;
                break;
            }
        }

        return shown;
    }

    /// <summary>Returns the connection, ready for use, and the key of a collection that it has.</summary>
    private (StoredElement Connection, string Key) Collection(OperationRequest request)
    {
        var connection = Connection(request);
        ActionExecution.CheckConnection(connection);
        var key = request.Route("dataCollectionKey");
        return collections.Has(connection, key, () => LayerCandidates.Of(store, ElementKinds.Action, connection, request.Caller))
            ? (connection, key)
            : throw ApiException.NotFound($"The app has no data collection '{UrlEncoding.Shorten(key)}'.");
    }

    private StoredElement Connection(OperationRequest request) =>
        finder.FindCurrent(ElementKinds.Connection, request.Route("id"), request.Caller);

    private static string Id(OperationRequest request) => request.Text("id")!;

    private static JsonObject Fields(OperationRequest request) =>
        request.Body.GetProperty("fields") is { ValueKind: JsonValueKind.Object } fields
            ? EmulatorJson.Edit(fields)
            : throw ApiException.BadRequest("'fields' must be an object.", new JsonObject { ["path"] = "/fields" });

    private static RecordShape Shape(string key) => RecordShape.Of(CollectionNames.Singular(key));

    private static JsonArray Keys(IEnumerable<string> keys) =>
        new(
            keys.Select(key =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["type"] = "collection",
                            ["key"] = key,
                            ["name"] = Title(key),
                        }
                )
                .ToArray()
        );

    private static JsonArray Strings(IEnumerable<string> texts) => new(texts.Select(text => (JsonNode)text).ToArray());

    private static string Title(string key) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(key.Replace('-', ' '));
}
