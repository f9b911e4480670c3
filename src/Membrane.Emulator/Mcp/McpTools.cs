using System.Collections.Generic;

namespace Membrane.Emulator.Mcp;

/// <summary>The tools by the names that the vendor's own tool definitions and skills have.</summary>
internal static class McpTools
{
    private const string Wait =
        """{"type":"boolean","description":"Answer only when the state is no longer BUILDING, or the time is up."}""";
    private const string Timeout =
        """{"type":"integer","minimum":1,"maximum":60,"description":"How long to wait at most, in seconds; 30 by default."}""";
    private const string Limit = """{"type":"integer","minimum":1,"maximum":100,"description":"How many results at most."}""";

    public static IReadOnlyList<McpTool> All { get; } =
        new McpTool[]
        {
            new(
                "list-connections",
                "listConnections",
                "List connections",
                "Lists the connections of the tenant. A connection is the signed-in link to an external app.",
                Query("integrationKey", Text("Only connections of the integration with this key.")),
                Query("search", Text("Only connections whose name or key holds this text.")),
                Query("limit", Limit),
                Query("cursor", Text("Where the next page begins: the cursor of the page before."))
            ),
            new(
                "ensure-connection",
                "ensureConnection",
                "Ensure a connection",
                "Finds the connection to an app by the app's address or domain, or creates it. When its state is "
                    + "CLIENT_ACTION_REQUIRED, a person has to open clientAction.uiUrl.",
                Body("appUrl", Text("Address or domain of the app, such as https://slack.com or slack.com."), required: true),
                Body("name", Text("The name of the connection if one is created."))
            ),
            new(
                "create-connection",
                "createConnection",
                "Create a connection",
                "Creates a connection to what the intent describes. Call get-connection with wait until it is no longer BUILDING.",
                Body("intent", Text("What to connect to, in plain words."), required: true),
                Body("name", Text("The name of the connection."))
            ),
            new(
                "get-connection",
                "getConnection",
                "Get a connection",
                "Shows a connection: its state, and in clientAction what has to be done next.",
                Path("connectionId", "id", Text("The id of the connection.")),
                Query("wait", Wait),
                Query("timeout", Timeout)
            ),
            new(
                "delete-connection",
                "archiveConnection",
                "Delete a connection",
                "Archives a connection: it is no longer listed and runs nothing.",
                Path("connectionId", "id", Text("The id of the connection."))
            ),
            new(
                "request-connection",
                "createConnectionRequest",
                "Ask a person to connect",
                "Creates a connection request. A person opens its url and lets the app be connected, or refuses.",
                Body("connectorId", Text("The id of the connector.")),
                Body("integrationId", Text("The id of the integration.")),
                Body("integrationKey", Text("The key of the integration.")),
                Body("connectionId", Text("The id of a connection that is to be connected again.")),
                Body("name", Text("The name of the connection."))
            ),
            new(
                "check-connection-result",
                "getConnectionRequest",
                "See how a connection request ended",
                "Shows a connection request. Call it again while its status is pending.",
                Path("requestId", "requestId", Text("The id of the connection request."))
            ),
            new(
                "search-connectors",
                "searchWorkspaceElements",
                "Search connectors",
                "Finds connectors by name. A connector is the adapter for an external app.",
                Query("q", """{"type":"string","minLength":1,"maxLength":200,"description":"What to look for."}""", required: true),
                Query("limit", Limit)
            )
            {
                Constant = "elementType=connector",
            },
            new(
                "list-integrations",
                "listIntegrations",
                "List integrations",
                "Lists the apps that this workspace can connect.",
                Query("search", Text("Only integrations whose name or key holds this text.")),
                Query("limit", Limit),
                Query("cursor", Text("Where the next page begins: the cursor of the page before."))
            ),
            new(
                "search-tools",
                "listActions",
                "Search actions",
                "Finds the actions of a connection that do what is described, best first, with their input schemas.",
                Query("connectionId", Text("The id of the connection."), required: true),
                Query(
                    "intent",
                    """{"type":"string","maxLength":200,"description":"What is to be done, in plain words."}""",
                    required: true
                ),
                Query("limit", Limit)
            ),
            new(
                "list-actions",
                "listActions",
                "List actions",
                "Lists the actions of a connection.",
                Query("connectionId", Text("The id of the connection."), required: true),
                Query("search", Text("Only actions whose name or key holds this text.")),
                Query("limit", Limit),
                Query("cursor", Text("Where the next page begins: the cursor of the page before."))
            ),
            new(
                "run-tool",
                "runAction",
                "Run an action",
                "Runs an action on a connection. The input has to fit the inputSchema of the action.",
                Path("actionId", "selector", Text("The id of the action.")),
                Query("connectionId", Text("The id of the connection."), required: true),
                Body("input", """{"type":"object","description":"The input of the action."}""")
            )
            {
                EmptyMember = "input",
            },
            new(
                "create-action",
                "createAction",
                "Create an action",
                "Has an agent build an action that does what the intent describes. Call get-action with wait until it is no longer "
                    + "BUILDING.",
                Body("intent", Text("What the action is to do, in plain words."), required: true),
                Body("connectionId", Text("The id of the connection it is for."), required: true),
                Body("name", Text("The name of the action."))
            ),
            new(
                "get-action",
                "getAction",
                "Get an action",
                "Shows an action: its state, its schemas and what it does.",
                Path("actionId", "selector", Text("The id of the action.")),
                Query("wait", Wait),
                Query("timeout", Timeout)
            ),
            new(
                "delete-action",
                "archiveAction",
                "Delete an action",
                "Archives an action: it is no longer found and cannot be run.",
                Path("actionId", "selector", Text("The id of the action."))
            ),
            new(
                "get-action-run-log",
                "getActionRunLog",
                "Get the log of a run",
                "Shows what a run of an action was given, and how it ended.",
                Path("actionRunId", "id", Text("The id of the run."))
            ),
        };

    private static McpArgument Path(string name, string target, string schema) =>
        new(name, McpPlace.Path, target, schema) { Required = true };

    private static McpArgument Query(string name, string schema, bool required = false) =>
        new(name, McpPlace.Query, name, schema) { Required = required };

    private static McpArgument Body(string name, string schema, bool required = false) =>
        new(name, McpPlace.Body, name, schema) { Required = required };

    private static string Text(string description) => $$"""{"type":"string","minLength":1,"description":"{{description}}"}""";
}
