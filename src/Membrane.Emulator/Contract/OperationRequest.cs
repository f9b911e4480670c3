using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Contract;

/// <summary>A request that has passed every check that can be made without looking into the workspace.</summary>
internal sealed class OperationRequest(
    Operation operation,
    IReadOnlyDictionary<string, string> route,
    QueryValues query,
    Principal caller,
    JsonElement body,
    IncomingRequest incoming,
    CancellationToken shutdown
)
{
    public Operation Operation { get; } = operation;

    public QueryValues Query { get; } = query;

    public Principal Caller { get; } = caller;

    /// <summary>The body; an empty object when there was none.</summary>
    public JsonElement Body { get; } = body;

    /// <summary>The request as it arrived.</summary>
    public IncomingRequest Incoming { get; } = incoming;

    /// <summary>Ends the waiting when the emulator stops.</summary>
    public CancellationToken Shutdown { get; } = shutdown;

    /// <summary>Returns the request for another operation, with the same body and caller.</summary>
    public OperationRequest For(Operation other, IReadOnlyDictionary<string, string> values, QueryValues parameters) =>
        new(other, values, parameters, Caller, Body, Incoming, Shutdown);

    /// <summary>A value of the path, decoded.</summary>
    public string Route(string name) => route[name];

    /// <summary>The first value of the path.</summary>
    public string Selector
    {
        get
        {
            foreach (var name in new[] { "selector", "id", "idOrKey", "elementSelector", "idOrKeyOrUuid", "requestId", "key" })
            {
                if (route.TryGetValue(name, out var value))
                {
                    return value;
                }
            }

            throw new InvalidOperationException($"{Operation.Id} has no selector.");
        }
    }

    /// <summary>A member of the body's text.</summary>
    public string? Text(string name) => Body.Text(name);

    /// <summary>A copy of the body that can be edited.</summary>
    public JsonObject EditBody() => EmulatorJson.Edit(Body);
}
