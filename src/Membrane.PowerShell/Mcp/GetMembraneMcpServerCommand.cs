using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Membrane.Client;
using Membrane.Client.Mcp;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Mcp;

/// <summary>
/// Gets the address of the workspace's MCP server, and what to paste into the configuration of MCP clients: with -Local for a server on
/// this machine instead, which the client starts. The configuration refers to the token; it holds it with -IncludeToken only.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MembraneMcpServer", DefaultParameterSetName = HostedSet, HelpUri = OnlineHelp.Pages + "Get-MembraneMcpServer.md")]
[OutputType(typeof(McpServer))]
public sealed class GetMembraneMcpServerCommand : MembraneApiCommand
{
    private const string HostedSet = "Hosted";
    private const string LocalSet = "Local";
    private const string HostedPath = "mcp/integrate-anything";
    private const string EventStreamAddress = "https://mcp.integration.app/sse";

    /// <summary>
    /// The clients to write the configuration for: ClaudeCode, ClaudeDesktop, Cursor, VSCode, Codex, GeminiCli or Windsurf.
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("Client")]
    [RefuseNothing]
    public McpClientKind[]? For { get; set; }

    /// <summary>What the client calls the server: letters, digits, - and _.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9_-]{1,64}$")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Name { get; set; } = "membrane";

    /// <summary>The key of a product: the address is that of the older server, over server-sent events.</summary>
    [Parameter(ParameterSetName = HostedSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ProductKey { get; set; }

    /// <summary>A server on this machine, which the client starts: Start-MembraneMcpServer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>The connections whose actions the local server offers: objects, ids or keys.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference[]? Connection { get; set; }

    /// <summary>The local server offers two tools, by which the model finds actions and runs them.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    public SwitchParameter Dynamic { get; set; }

    /// <summary>The environment variable that has the token.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z_][A-Za-z0-9_]*$")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string TokenVariable { get; set; } = "MEMBRANE_TOKEN";

    /// <summary>Put the token of the context into the configuration, which is a secret then and ends with the token.</summary>
    [Parameter]
    public SwitchParameter IncludeToken { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var endpoint = Local ? MakeLocal() : MakeHosted();
        if (For is null)
        {
            WriteObject(MakeServer(endpoint));
            return;
        }

        foreach (var client in For.Distinct().Cast<McpClientApp>())
        {
            try
            {
                var server = MakeServer(endpoint);
                server.Client = client.ToString();
                server.ConfigurationPath = McpConfiguration.PathOf(client);
                server.Configuration = McpConfiguration.Write(client, endpoint);
                server.HasToken = endpoint.Token is not null;
                WriteObject(server);
            }
            catch (MembraneInputException exception)
            {
                WriteError(exception, client);
            }
        }
    }

    private static McpServer MakeServer(McpServerEntry endpoint) =>
        new(endpoint.Name)
        {
            Transport =
                endpoint.Address is null ? "stdio"
                : endpoint.IsEventStream ? "sse"
                : "http",
            Address = endpoint.Address,
            CommandLine = endpoint.Command is null
                ? null
                : string.Join(
                    " ",
                    endpoint.Arguments.Prepend(endpoint.Command).Select(static part => part.Contains(' ') ? $"\"{part}\"" : part)
                ),
            TokenVariable = endpoint.NeedsToken ? endpoint.TokenVariable : null,
        };

    private McpServerEntry MakeHosted() =>
        new()
        {
            Name = Name,
            Address = ProductKey is null
                ? new Uri(ContextInUse.ApiUri.AbsoluteUri.TrimEnd('/') + "/" + HostedPath)
                : new Uri(EventStreamAddress + "?productKey=" + Uri.EscapeDataString(ProductKey)),
            IsEventStream = ProductKey is not null,
            TokenVariable = TokenVariable,
            Token = GetToken(),
        };

    private McpServerEntry MakeLocal()
    {
        var connections = string.Join(
            ",",
            Connection!.Select(static one => "'" + CodeGeneration.EscapeSingleQuotedStringContent(one.IdOrKey) + "'")
        );
        var engine = EngineCommand.Find((string)SessionState.PSVariable.GetValue("PSHOME"));
        var signIn = ContextInUse.ApiUri is { Scheme: "http", IsLoopback: false }
            ? "Connect-Membrane -AllowUnencryptedAuthentication | Out-Null; "
            : string.Empty;
        var isUsual = ContextInUse.ApiUri == MembraneClientOptions.DefaultApiUri;
        return new McpServerEntry
        {
            Name = Name,
            Command = engine[0],
            Arguments =
            [
                .. engine.Skip(1),
                "-NoProfile",
                "-NonInteractive",
                "-InputFormat",
                "None",
                "-Command",
                $"{ImportOfModule()}{signIn}Start-MembraneMcpServer -Connection {connections}{(Dynamic ? " -Dynamic" : string.Empty)}",
            ],
            Environment = isUsual ? [] : [new KeyValuePair<string, string>("MEMBRANE_API_URL", ContextInUse.ApiUri.AbsoluteUri)],
            TokenVariable = TokenVariable,
            Token = GetToken(),

            NeedsToken = IncludeToken || !IsFoundByServer(ContextInUse),
        };
    }

    // A process of its own finds a module by its name only where modules are installed.
    private string ImportOfModule()
    {
        var manifest = Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "Membrane.psd1");
        return InstalledModule.Is(manifest, (string)SessionState.PSVariable.GetValue("PSHOME"))
            ? string.Empty
            : $"Import-Module '{CodeGeneration.EscapeSingleQuotedStringContent(manifest)}'; ";
    }

    // The server signs in like Connect-Membrane without parameters: it finds, and refreshes, the sign-in of the usual name, as it was
    // stored.
    private static bool IsFoundByServer(MembraneContext context) =>
        MembraneSession.Of(context).SignIn?.SignIn is { Name: RunspaceState.DefaultContextName } stored
        && stored.WorkspaceKey == context.WorkspaceKey
        && stored.TenantKey == context.TenantKey
        && stored.IsManager == context.IsManager;

    private MembraneContext ContextInUse => Context ?? RunspaceState.Current.DefaultContext ?? throw MembraneSession.NotSignedIn();

    private string? GetToken() => IncludeToken ? Await(Client.GetTokenAsync) : null;
}
