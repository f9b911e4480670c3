using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Mcp;
using Membrane.Client.Mcp.Http;
using Membrane.Client.Tools;
using Membrane.PowerShell.Actions;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Mcp;

/// <summary>
/// Serves the actions of connections to MCP clients: to the one that has started it, over standard input and output until the input ends,
/// or with -Http to those that come to an address of this machine. Over standard output nothing but the protocol gets: what commands have
/// to say goes to standard error.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Start,
    "MembraneMcpServer",
    DefaultParameterSetName = StandardSet,
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Start-MembraneMcpServer.md"
)]
[OutputType(typeof(void), ParameterSetName = [StandardSet])]
[OutputType(typeof(McpServer), ParameterSetName = [HttpSet])]
public sealed class StartMembraneMcpServerCommand : MembraneApiCommand
{
    private const string StandardSet = "Standard";
    private const string HttpSet = "Http";
    private const int ShortestToken = 16;
    private static readonly ExportedProperties Exported = new(typeof(McpServer), nameof(McpServer.Token));

    private object? input;
    private TextWriter? consoleOutput;
    private NamePattern[]? actions;

    /// <summary>The connections whose actions are offered: objects, ids or keys.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference[]? Connection { get; set; }

    /// <summary>Only these actions: keys or names; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public string[]? Action { get; set; }

    /// <summary>Two tools, find_actions and run_action, instead of one for each action.</summary>
    [Parameter]
    public SwitchParameter Dynamic { get; set; }

    /// <summary>How many calls run at a time at most, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>How often the actions are listed again while a client is to be told of changes, in seconds, 1 to 86400.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int RefreshIntervalSec { get; set; } = 60;

    /// <summary>Serve over HTTP on this machine, until Ctrl+C, and not over standard input and output.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HttpSet)]
    public SwitchParameter Http { get; set; }

    /// <summary>The port; 0 for a free one.</summary>
    [Parameter(ParameterSetName = HttpSet)]
    [ValidateRange(0, 65_535)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int Port { get; set; }

    /// <summary>The token that a client has to send, 16 characters or more; one is made where none is given.</summary>
    [Parameter(ParameterSetName = HttpSet)]
    [SecretTransformation]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? BearerToken { get; set; }

    /// <inheritdoc/>
    protected override bool AreErrorsTerminating => true;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (!Http)
        {
            input = GetVariableValue("input");
            consoleOutput = Console.Out;
            Console.SetOut(Console.Error);
        }

        if (Dynamic && Action is not null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Action),
                "With -Dynamic the model finds the actions itself.",
                "Leave out -Action or -Dynamic."
            );
        }

        actions = NamePattern.ReadEach(Action, nameof(Action));
        if (Context is null && RunspaceState.Current is { DefaultContext: null, Failure: null })
        {
            SignIn();
        }

        base.Begin();
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!ShouldProcess(string.Join(", ", Connection!.Select(static one => one.Words)), "Serve actions to an MCP client"))
        {
            return;
        }

        using var server = MakeServer();
        if (Http)
        {
            ServeHttp(server);
            return;
        }

        using var output = StandardOutput.Open();
        var messages = new McpOutput(output);
        using var lines = new McpLines(server, messages);
        Await(token => ServeAsync(server, lines, messages, token));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && consoleOutput is not null)
        {
            Console.SetOut(consoleOutput);
        }
    }

    private void ServeHttp(LocalMcpServer server)
    {
        var token = BearerToken is null ? RandomSecret.Make() : ReadToken(BearerToken);
        using var http = new McpHttpServer(server, token);
        var address = http.Start(Port);
        new PersonOutput(this).SayNow($"MCP server listening on {address} (Ctrl+C ends it)");
        if (BearerToken is null)
        {
            ShowToken(token);
        }

        Exported.Apply(this);
        WriteObject(
            new McpServer("membrane")
            {
                Transport = "http",
                Address = address,
                Token = Secrets.Protect(token),
                HasToken = true,
            }
        );
        Await(async cancellationToken =>
        {
            await server.ReadEarlyAsync().ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        });
    }

    // On the screen of a person alone: not in a stream, a transcript or a file, where a secret would stay.
    private void ShowToken(string token)
    {
        if (Interactivity.HasPerson(Host) && Host.Name == Interactivity.ConsoleHost && !Console.IsOutputRedirected)
        {
            Console.Out.WriteLine($"Clients send this header: Authorization: Bearer {token}");
        }
    }

    private static string ReadToken(SecureString secret)
    {
        var token = Secrets.Reveal(secret);
        return token.Length >= ShortestToken && token.All(static one => one is > ' ' and < (char)127)
            ? token
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(BearerToken),
                $"The token is shorter than {ShortestToken} characters, or has others than a header can carry.",
                "Leave it out to have one made, or give one of letters and digits that no one can guess."
            );
    }

    private LocalMcpServer MakeServer()
    {
        var tools = new ServedTools(Client, Connection!) { Actions = actions, IsDynamic = Dynamic };
        var client = Client;
        return new LocalMcpServer(
            tools.ReadAsync,
            () => new ToolServices(client, PowerShellObjectAdapter.Instance),
            tools.Instructions,
            ThrottleLimit,
            TimeSpan.FromSeconds(RefreshIntervalSec)
        )
        {
            Note = text => Post(() => WriteVerbose(text)),
            Warn = text => Post(() => WriteWarning(text)),
        };
    }

    private async Task ServeAsync(LocalMcpServer server, McpLines lines, McpOutput output, CancellationToken cancellationToken)
    {
        _ = Task.Run(server.ReadEarlyAsync, cancellationToken);

        // Reading cannot be cancelled, so it has a thread of its own, which is left running in that case.
        var reading = Task.Factory.StartNew(
            () => Read(lines, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => stopped.TrySetResult(true)))
        {
            await Task.WhenAny(reading, stopped.Task, output.Broken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (output.Broken.IsCompleted)
        {
            // The client is gone: no one waits for what is under way.
            return;
        }

        await reading.ConfigureAwait(false);
        await Task.WhenAny(lines.FinishAsync(), output.Broken).ConfigureAwait(false);
    }

    private void Read(McpLines lines, CancellationToken cancellationToken)
    {
        foreach (var line in StandardInput.ReadLines(input))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (line is null)
            {
                lines.Refuse(McpText.TooLong());
            }
            else
            {
                lines.Accept(line);
            }
        }
    }

    // In a process of its own there is no sign-in: the environment or the stored sign-in says who it is.
    private void SignIn()
    {
        try
        {
            InvokeCommand.InvokeScript("Membrane\\Connect-Membrane");
        }
        catch (CmdletInvocationException exception) when (exception.InnerException is MembraneException cause)
        {
            throw cause;
        }
    }
}
