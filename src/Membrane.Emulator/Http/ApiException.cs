using System;
using System.Text.Json.Nodes;

namespace Membrane.Emulator.Http;

/// <summary>An answer that is an error by the contract: status, type, key, message and facts.</summary>
internal sealed class ApiException(int status, string type, string? key, string message, JsonObject? data = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    public string? Key { get; } = key;

    public JsonObject? Facts { get; } = data;

    /// <summary>The error behind this one, in the same form.</summary>
    public ApiException? CausedBy { get; init; }

    /// <summary>Where code of the user's was when it failed.</summary>
    public string? Stack { get; init; }

    /// <summary>What that code wrote to its console.</summary>
    public JsonArray? Logs { get; init; }

    public static ApiException BadRequest(string message, JsonObject? data = null) => new(400, "bad_request", null, message, data);

    public static ApiException AlreadyExists(string message) => new(400, "bad_request", "already_exists", message);

    public static ApiException NotAuthenticated(string message) => new(401, "bad_request", "not_authenticated", message);

    public static ApiException AccessDenied(string message) => new(403, "bad_request", "access_denied", message);

    public static ApiException NotFound(string message) => new(404, "bad_request", "not_found", message);

    /// <param name="limit">How large a request may be, in bytes.</param>
    public static ApiException TooLarge(int limit) =>
        new(413, "bad_request", null, FormattableString.Invariant($"The request is larger than {limit / 1024 / 1024} MB."));

    public static ApiException NotBuilt(string operationId, string? reason) =>
        new(
            501,
            "internal",
            "not_implemented",
            $"The emulator knows the operation '{operationId}' but does not emulate it" + (reason is null ? "." : $": {reason}."),
            new JsonObject { ["operationId"] = operationId }
        );

    /// <summary>Returns the error as the body of an answer, and as the value of an <c>error</c> field.</summary>
    public JsonObject ToJson()
    {
        var body = new JsonObject { ["type"] = Type };
        if (Key is not null)
        {
            body["key"] = Key;
        }

        body["message"] = Message;
        if (Facts is not null)
        {
            body["data"] = Facts.DeepClone();
        }

        if (!string.IsNullOrEmpty(Stack))
        {
            body["stack"] = Stack;
        }

        if (Logs is { Count: > 0 })
        {
            body["logs"] = Logs.DeepClone();
        }

        if (CausedBy is not null)
        {
            body["causedByError"] = CausedBy.ToJson();
        }

        return body;
    }
}
