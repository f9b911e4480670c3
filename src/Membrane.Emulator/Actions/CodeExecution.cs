using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Code;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Actions;

/// <summary>Runs code of the workspace: what it is given, and what it can reach.</summary>
/// <param name="runner">What runs it.</param>
/// <param name="call">Sends a request to the workspace on behalf of a caller.</param>
internal sealed class CodeExecution(ICodeRunner runner, Func<Principal, IncomingRequest, CancellationToken, Task<Reply>> call)
{
    private readonly AsyncLocal<int> depth = new();

    /// <summary>Returns the code of an action; null where it has none, or nothing here can run it: then it does what its key says.</summary>
    public string? CodeOf(StoredElement action) =>
        runner.IsAvailable
        && action.Text("type") == "run-javascript"
        && action.Body.Member("config")?.Text("code") is { } code
        && Does(code)
            ? code
            : null;

    /// <summary>Runs code on behalf of a caller.</summary>
    /// <param name="code">A module that exports a function.</param>
    /// <param name="input">What the function is called with as <c>input</c>.</param>
    /// <param name="connection">The connection to the app that the code works with.</param>
    /// <param name="variables">What a node of a flow can see besides.</param>
    /// <param name="caller">Who runs it; the code can do what they can do.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<CodeOutcome> Run(
        string code,
        JsonElement input,
        StoredElement? connection,
        JsonElement? variables,
        Principal caller,
        CancellationToken cancellation
    )
    {
        if (depth.Value >= CodeLimits.Depth)
        {
            throw new ApiException(400, "custom_code", null, $"Code that runs code goes no deeper than {CodeLimits.Depth} runs.");
        }

        var argument = new JsonObject { ["input"] = EmulatorJson.ToNode(input) };
        if (connection is not null)
        {
            argument["connection"] = new JsonObject
            {
                ["id"] = connection.Id,
                ["key"] = connection.Key,
                ["name"] = connection.Name,
                ["integrationId"] = connection.IntegrationId,
                ["tenantId"] = connection.TenantId,
            };
        }

        if (variables is { } seen)
        {
            argument["variables"] = EmulatorJson.ToNode(seen);
        }

        var run = new CodeRun(code, argument, (incoming, ended) => call(caller, incoming, ended), depth.Value);
        depth.Value++;
        return await runner.Run(run, cancellation);
    }

    // The emulator's agent leaves a comment.
    private static bool Does(string code) =>
        code.Split('\n').Any(static line => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal));
}
