using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools;

/// <summary>One action on one connection as a tool.</summary>
internal sealed class ActionTool(string name, ToolTarget target, IObjectAdapter objects)
    : Tool(name, () => InputShape.Of(target.Action.InputSchema, objects))
{
    private readonly Lazy<OutputShape?> output = new(() =>
        OutputShape.Of(target.Action.CustomOutputSchema ?? target.Action.OutputSchema, objects)
    );

    public override string? Title => target.Action.Name;

    public override string Description
    {
        get
        {
            var text = NonEmpty(target.Action.Description) ?? NonEmpty(target.Action.Name) ?? target.ActionId;

            // With two connections to one app, the model needs to be told which one this is.
            var isMarked =
                !string.Equals(Name, target.Stem, StringComparison.Ordinal) && (target.ConnectionName ?? target.ConnectionId) is not null;
            return isMarked ? $"{text.TrimEnd()} Runs on the connection '{target.ConnectionName ?? target.ConnectionId}'." : text;
        }
    }

    public override OutputShape? Output => output.Value;

    // Decided by the types of actions that can only read; a name proves nothing.
    public override bool IsReadOnly =>
        target.Action.Type is "list-data-records" or "search-data-record" or "find-data-record-by-id" or "match-data-record";

    public override string Target
    {
        get
        {
            var action = NonEmpty(target.Action.Key) ?? target.ActionId;
            return (target.ConnectionName ?? target.ConnectionId) is { } connection ? $"{action} on {connection}" : action;
        }
    }

    public override Task<object?> RunAsync(JsonNode? input, ToolServices services, CancellationToken cancellationToken) =>
        RunAsync(
            new ActionSelector(target.ActionId) { ConnectionId = target.ConnectionId },
            target.Action,
            input,
            services,
            cancellationToken
        );

    /// <summary>Runs an action if the input is valid.</summary>
    public static async Task<object?> RunAsync(
        ActionSelector selector,
        MembraneAction action,
        JsonNode? input,
        ToolServices services,
        CancellationToken cancellationToken
    )
    {
        var run = services.Client.Actions.PrepareRun(selector, input);
        await services.Checker.RequireAsync(selector, action, run, cancellationToken).ConfigureAwait(false);
        return (await run.SendAsync(cancellationToken).ConfigureAwait(false)).Output;
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
