using System.Text.Json.Nodes;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Connections;

/// <summary>What the window that opened a page, and the stream of an attempt, are told of how it ended, in the form of the vendor's SDK.</summary>
internal sealed class ConnectionOutcome(WorkspaceStore store, ElementView view)
{
    /// <summary>Returns why nothing was connected.</summary>
    public static string Reason(StoredElement request) =>
        request.Body.Member("resultError") is { } error ? error.Text("message") ?? "error" : "The person left without answering.";

    /// <summary>Returns the message of an attempt that has become no request at all.</summary>
    public static JsonObject Of(ApiException error, string? messageId)
    {
        var message = Begin(messageId, "newConnectionFailure");
        message["error"] = error.Message;
        message["errorData"] = error.ToJson();
        return message;
    }

    /// <summary>Returns the message of a request that has been answered.</summary>
    /// <param name="request">The request.</param>
    /// <param name="messageId">The id under which someone waits for the message; null for no one in particular.</param>
    public JsonObject Of(StoredElement request, string? messageId)
    {
        if (store.Find(Collections.Connections, request.Text("resultConnectionId")) is { } connection)
        {
            var success = Begin(messageId, "newConnectionCreated");
            success["connection"] = EmulatorJson.ToNode(EmulatorJson.Parse(EmulatorJson.Write(writer => view.Write(writer, connection))));
            return success;
        }

        var failure = Begin(messageId, "newConnectionFailure");
        failure["error"] = Reason(request);
        if (request.Body.Member("resultError") is { } error)
        {
            failure["errorData"] = EmulatorJson.ToNode(error);
        }

        if ((request.ConnectionId ?? request.Body.Member("resultError")?.Member("data")?.Text("connectionId")) is { } connectionId)
        {
            failure["connectionId"] = connectionId;
        }

        return failure;
    }

    private static JsonObject Begin(string? messageId, string type)
    {
        var message = new JsonObject { ["source"] = "integration.app" };
        if (messageId is not null)
        {
            message["requestId"] = messageId;
        }

        message["type"] = type;
        return message;
    }
}
