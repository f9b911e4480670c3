using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools;

/// <summary>Finds actions by what they should do, for a model that is to choose its tools itself.</summary>
internal sealed class FindActionsTool(ToolConnections connections) : Tool(ToolName, () => MakeShape(connections))
{
    public const string ToolName = "find_actions";

    private const int DefaultLimit = 5;
    private const int MaxLimit = 20;

    public override string? Title => "Find actions";

    public override string Description =>
        $"Finds actions that can be run on the connected apps, best first, each with the schema of its input. Run one with "
        + $"{RunActionTool.ToolName}. Connections: {connections.InWords}.";

    public override bool IsReadOnly => true;

    public override string Target => "actions";

    public override async Task<object?> RunAsync(JsonNode? input, ToolServices services, CancellationToken cancellationToken)
    {
        ToolInput.Require(input, Shape);
        var intent = ToolInput.Text(input, "intent")!;
        var limit = ToolInput.Number(input, "limit") ?? DefaultLimit;
        var searched = ToolInput.Text(input, "connection") is { } word ? [connections.Find(word)] : connections.All;
        var found = new JsonArray();
        foreach (var connection in searched)
        {
            var listing = services.Client.Actions.List(
                new ActionFilter { ConnectionId = connection.Id, Intent = intent },
                new ListingOptions { First = limit }
            );
            await foreach (var action in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                found.Add((JsonNode)Describe(action, connection, services));
            }
        }

        return new JsonObject { ["actions"] = found };
    }

    private JsonObject Describe(MembraneAction action, Connection connection, ToolServices services) =>
        new()
        {
            ["action"] = action.Id ?? action.Key,
            ["connection"] = connections.WordFor(connection),
            ["name"] = action.Name,
            ["description"] = action.Description,
            ["inputSchema"] = action.InputSchema is null
                ? null
                : JsonNodes.Of(JsonNodes.Element(action.InputSchema, services.Objects, "InputSchema")),
        };

    private static InputShape MakeShape(ToolConnections connections)
    {
        var properties = new JsonObject
        {
            ["intent"] = new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = ActionFilter.MaxIntentLength,
                ["description"] = "What the action should do, in a few words, for example: send a message.",
            },
            ["limit"] = new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = 1,
                ["maximum"] = MaxLimit,
                ["description"] = $"The maximum number of actions for each connection; the default is {DefaultLimit}.",
            },
        };
        if (!connections.IsOne)
        {
            properties["connection"] = connections.Parameter(
                "Only return actions for this connection. By default, actions for all connections are returned."
            );
        }

        return ToolInput.Shape(properties, "intent");
    }
}
