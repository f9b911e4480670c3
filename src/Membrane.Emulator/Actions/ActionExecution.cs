using System;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Actions;

/// <summary>One run of an action on a connection: checks, work, log.</summary>
internal sealed class ActionExecution(ElementAccess access, Records records, ActionCollections collections, CodeExecution code)
{
    /// <summary>How many items of a list the log keeps; longer lists it leaves out.</summary>
    private const int LoggedItems = 25;

    /// <summary>How large the log of one run may be, in bytes; a larger one is kept without its output and input.</summary>
    private const int LoggedBytes = 64 * 1024;

    private readonly ActionCollections collections = collections;
    private readonly AppActionRunner runner = new AppActionRunner(records);

    /// <summary>Returns the connection to run on: the one named, else the action's own, else the caller's only one of the app.</summary>
    public StoredElement ConnectionFor(StoredElement action, string? selector, Principal caller)
    {
        if ((selector ?? action.ConnectionId) is { } named)
        {
            var connection = access.Finder.FindCurrent(ElementKinds.Connection, named, caller);
            if (!LayerCandidates.Offers(connection, action))
            {
                throw ApiException.BadRequest(
                    $"The action '{action.Key ?? action.Id}' does not belong to the app of the connection '{connection.Id}'."
                );
            }

            return connection;
        }

        return LayerCandidates.ConnectionFor(access.Store, action, caller)
            ?? throw ApiException.BadRequest($"There is no connection to run '{action.Key ?? action.Id}' on: name one with connectionId.");
    }

    /// <summary>Runs and answers <c>{ output, actionRunId }</c>.</summary>
    /// <exception cref="ApiException">The connection or the input is not fit, or the app says no.</exception>
    public async Task<JsonObject> Run(
        StoredElement action,
        StoredElement connection,
        JsonElement input,
        JsonElement? meta,
        Principal caller,
        CancellationToken cancellation
    )
    {
        CheckConnection(connection);
        ActionInput.Check(action, input);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var logs = new JsonArray();
            JsonNode? output;
            if (code.CodeOf(action) is { } text)
            {
                var outcome = await code.Run(text, input, connection, null, caller, cancellation);
                logs = outcome.Logs;
                output = outcome.Error is null ? outcome.Output : throw outcome.Error;
            }
            else
            {
                output = runner.Run(action.Plan, collections.Of(action, connection), connection.Id, input);
            }

            var runId = Log(action, connection, input, meta, start, output, null, logs);
            return new JsonObject { ["output"] = output, ["actionRunId"] = runId };
        }
        catch (ApiException error)
        {
            var failure = new ApiException(400, "action_run", null, $"The action '{action.Name}' failed: {error.Message}")
            {
                CausedBy = error,
            };
            var runId = Log(action, connection, input, meta, start, null, failure, error.Logs);
            throw new ApiException(
                400,
                "action_run",
                null,
                failure.Message,
                new JsonObject { ["actionRunId"] = runId, ["connectionId"] = connection.Id }
            )
            {
                CausedBy = error,
            };
        }
    }

    /// <summary>Refuses a connection that cannot be used.</summary>
    public static void CheckConnection(StoredElement connection)
    {
        var facts = new JsonObject { ["connectionId"] = connection.Id };
        if (connection.Body.Flag("isDefunct"))
        {
            throw new ApiException(
                400,
                "connection",
                "connection_is_defunct",
                $"The connection '{connection.Name}' can no longer be used.",
                facts
            );
        }

        if (!connection.Body.Flag("connected") || connection.State != ElementState.Ready)
        {
            throw new ApiException(
                400,
                "connection",
                null,
                $"The connection '{connection.Name}' is not connected: its state is {connection.State}.",
                facts
            );
        }
    }

    /// <summary>Runs code that is not a saved action, and answers <c>{ output, actionRunId }</c>.</summary>
    /// <exception cref="ApiException">The connection cannot be used, or the code fails.</exception>
    public async Task<JsonObject> RunCode(
        string text,
        StoredElement? connection,
        JsonElement request,
        Principal caller,
        CancellationToken cancellation
    )
    {
        if (connection is not null)
        {
            CheckConnection(connection);
        }

        var start = Stopwatch.GetTimestamp();
        var input = request.Member("input") ?? EmulatorJson.EmptyObject;
        var outcome = await code.Run(text, input, connection, null, caller, cancellation);
        var record = Record(connection, "Code", "", caller.TenantId);
        record["status"] = outcome.Error is null ? ActionRunStatus.Success : ActionRunStatus.Error;
        record["duration"] = Milliseconds(start);
        record["input"] = EmulatorJson.ToNode(input);
        record["action"] = EmulatorJson.Edit(request);
        record["action"]!["type"] = "run-javascript";
        record["action"]!["name"] = "Code";
        KeepLogs(record, outcome.Logs);
        if (request.Member("meta") is { } meta)
        {
            record["meta"] = EmulatorJson.ToNode(meta);
        }

        if (outcome.Error is not { } error)
        {
            if (outcome.Output is not null)
            {
                KeepOutput(record, outcome.Output);
            }

            return new JsonObject { ["output"] = outcome.Output, ["actionRunId"] = Keep(record) };
        }

        record["error"] = error.ToJson();
        var facts = (JsonObject?)error.Facts?.DeepClone() ?? [];
        facts["actionRunId"] = Keep(record);
        throw new ApiException(error.Status, error.Type, error.Key, error.Message, facts) { Stack = error.Stack, Logs = error.Logs };
    }

    /// <summary>Writes a call of the app's own API, made through <c>act</c>, into the log.</summary>
    public string LogApiCall(StoredElement connection, JsonElement request, AppAnswer answer)
    {
        var record = Record(connection, "API request", "", connection.TenantId);
        record["status"] = answer.Status < 400 ? ActionRunStatus.Success : ActionRunStatus.Error;
        if (answer.Body is not null)
        {
            KeepOutput(record, answer.Body);
        }

        record["action"] = EmulatorJson.Edit(request);
        record["action"]!["type"] = "api-request";
        record["action"]!["name"] = "API request";
        if (answer.Status >= 400)
        {
            record["error"] = new ApiException(answer.Status, "action_run", null, $"The app answered {answer.Status}.").ToJson();
        }

        return Keep(record);
    }

    private string Log(
        StoredElement action,
        StoredElement connection,
        JsonElement input,
        JsonElement? meta,
        long start,
        JsonNode? output,
        ApiException? failure,
        JsonArray? logs
    )
    {
        var duration = Milliseconds(start);
        var record = Record(connection, action.Name, action.Id, connection.TenantId);
        record["input"] = EmulatorJson.ToNode(input);
        record["status"] = failure is null ? ActionRunStatus.Success : ActionRunStatus.Error;
        record["duration"] = duration;
        record["action"] = new JsonObject
        {
            ["type"] = action.Text("type") ?? "connector-operation",
            ["id"] = action.Id,
            ["key"] = action.Key,
            ["name"] = action.Name,
            ["connectionId"] = connection.Id,
            ["input"] = EmulatorJson.ToNode(input),
        };
        if (action.ConnectionId is not null)
        {
            record["connectionActionId"] = action.Id;
        }

        if (Layers.Of(action) == Layer.Universal)
        {
            record["universalActionId"] = action.Id;
        }

        if (output is not null)
        {
            KeepOutput(record, output);
        }

        if (failure is not null)
        {
            record["error"] = failure.ToJson();
        }

        KeepLogs(record, logs);
        if (meta is not null)
        {
            record["meta"] = EmulatorJson.ToNode(meta.Value);
        }

        return Keep(record);
    }

    /// <summary>Large outputs are not kept: pages of lists would make the log larger than what it tells of.</summary>
    private static void KeepOutput(JsonObject record, JsonNode output)
    {
        var isPage = output is JsonObject page && page["items"] is JsonArray { Count: > LoggedItems };
        if (!isPage)
        {
            record["output"] = output.DeepClone();
        }
    }

    private static JsonObject Shortened(JsonObject record)
    {
        foreach (var large in new[] { "output", "input", "meta" })
        {
            record.Remove(large);
        }

        var action = (JsonObject)record["action"]!;
        foreach (var large in new[] { "input", "api", "code", "meta" })
        {
            action.Remove(large);
        }

        return record;
    }

    private static void KeepLogs(JsonObject record, JsonArray? logs)
    {
        if (logs is { Count: > 0 })
        {
            record["logs"] = logs.DeepClone();
        }
    }

    private static double Milliseconds(long start) => Math.Round((Stopwatch.GetTimestamp() - start) * 1000d / Stopwatch.Frequency, 3);

    private JsonObject Record(StoredElement? connection, string name, string actionId, string? tenantId)
    {
        var now = EmulatorJson.Time(access.Clock.Now);
        var record = new JsonObject
        {
            ["userId"] = tenantId,
            ["tenantId"] = tenantId,
            ["integrationId"] = connection?.IntegrationId ?? "",
            ["connectionId"] = connection?.Id ?? "",
            ["name"] = name,
            ["integrationActionId"] = actionId,
            ["createdAt"] = now,
            ["completedAt"] = now,
        };
        if (connection?.ExternalAppId is not null)
        {
            record["externalAppId"] = connection.ExternalAppId;
        }

        return record;
    }

    private string Keep(JsonObject record) =>
        access.Store.Change(transaction =>
        {
            record["id"] = transaction.NewId("run");
            var text = EmulatorJson.ToBytes(record);
            if (text.Length > LoggedBytes)
            {
                text = EmulatorJson.ToBytes(Shortened(record));
            }

            return transaction.PutInLog(Collections.ActionRunLogs, text).Id;
        });
}
