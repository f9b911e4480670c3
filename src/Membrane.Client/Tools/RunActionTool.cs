using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools;

/// <summary>Runs an action that a model found, on a connection that it may use.</summary>
internal sealed class RunActionTool(ToolConnections connections) : Tool(ToolName, () => MakeShape(connections))
{
    public const string ToolName = "run_action";

    public override string? Title => "Run an action";

    public override string Description =>
        $"Runs an action that {FindActionsTool.ToolName} found. The input must match the action's inputSchema.";

    public override bool IsReadOnly => false;

    public override string Target => "an action on " + connections.InWords;

    public override async Task<object?> RunAsync(JsonNode? input, ToolServices services, CancellationToken cancellationToken)
    {
        ToolInput.Require(input, Shape);
        var name = ToolInput.Text(input, "action")!;
        var connection = connections.Find(ToolInput.Text(input, "connection"));
        var selector = new ActionSelector(name) { ConnectionId = connection.Id };
        var action = await services.Actions.FindAsync(selector, cancellationToken).ConfigureAwait(false);
        return action is not null && BelongsTo(action, connection)
            ? await ActionTool
                .RunAsync(selector, action, input!["input"]?.DeepClone() ?? new JsonObject(), services, cancellationToken)
                .ConfigureAwait(false)
            : throw new MembraneException(
                ErrorIds.NotFound,
                $"There is no action '{ShownText.OfLine(name, 100)}' for the connection '{connections.WordFor(connection)}'. Find one with "
                    + $"{FindActionsTool.ToolName}."
            );
    }

    // The service may find the action by its id anyway, but the model may only use actions of its own connections.
    private static bool BelongsTo(MembraneAction action, Connection connection) =>
        (string.IsNullOrEmpty(action.ConnectionId) || action.ConnectionId == connection.Id)
        && (string.IsNullOrEmpty(action.IntegrationId) || action.IntegrationId == connection.IntegrationId);

    private static InputShape MakeShape(ToolConnections connections)
    {
        var properties = new JsonObject
        {
            ["action"] = new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = 1,
                ["description"] = $"The action, as {FindActionsTool.ToolName} names it.",
            },
            ["input"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = true,
                ["description"] = "The input of the action.",
            },
        };
        if (!connections.IsOne)
        {
            properties["connection"] = connections.Parameter("The connection that the action was found for.");
        }

        return connections.IsOne ? ToolInput.Shape(properties, "action") : ToolInput.Shape(properties, "action", "connection");
    }
}
