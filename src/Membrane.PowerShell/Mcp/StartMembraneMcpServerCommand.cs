using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Mcp;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Calls;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Sessions;
using Membrane.PowerShell.Tools;

namespace Membrane.PowerShell.Mcp;

/// <summary>
/// Serves the actions of connections to an MCP client, over standard input and output, until the input ends. Nothing but the protocol
/// gets to standard output: what commands have to say goes to standard error.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "MembraneMcpServer", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Start-MembraneMcpServer.md")]
[OutputType(typeof(void))]
public sealed class StartMembraneMcpServerCommand : MembraneApiCommand
{
    private object? input;
    private TextWriter? consoleOutput;

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
    public string[]? Action { get; set; }

    /// <summary>Two tools, find_actions and run_action, instead of one for each action.</summary>
    [Parameter]
    public SwitchParameter Dynamic { get; set; }

    /// <summary>How many calls run at a time at most, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <inheritdoc/>
    protected override bool AreErrorsTerminating => true;

    /// <inheritdoc/>
    protected override void Begin()
    {
        input = GetVariableValue("input");
        consoleOutput = Console.Out;
        Console.SetOut(Console.Error);
        if (Dynamic && Action is not null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Action),
                "With -Dynamic the model finds the actions itself.",
                "Leave out -Action or -Dynamic."
            );
        }

        if (Context is null && RunspaceState.Current.DefaultContext is null)
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

        var connections = Await(token => ToolConnectionReader.ReadAsync(Client, Connection!, token));
        var tools = Dynamic ? MakeDynamic(connections) : MakeStatic(connections);
        using var output = Console.OpenStandardOutput();
        var runner = new ToolRunner(tools, new ToolServices(Client, PowerShellObjectAdapter.Instance));
        var instructions =
            "Actions on connected apps, run through Membrane. Connections: " + new ToolConnections(connections).InWords + ".";
        using var server = new LocalMcpServer(tools, runner, new McpOutput(output), instructions, ThrottleLimit)
        {
            Note = text => Post(() => WriteVerbose(text)),
        };
        WriteVerbose($"Serving {tools.Tools.Count} tools.");
        Await(token => ServeAsync(server, token));
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

    private async Task ServeAsync(LocalMcpServer server, CancellationToken cancellationToken)
    {
        // Reading cannot be cancelled, so it has a thread of its own, which is left running in that case.
        var reading = Task.Factory.StartNew(
            () => Read(server, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => stopped.TrySetResult(true)))
        {
            await Task.WhenAny(reading, stopped.Task).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await reading.ConfigureAwait(false);
        await server.FinishAsync().ConfigureAwait(false);
    }

    private void Read(LocalMcpServer server, CancellationToken cancellationToken)
    {
        foreach (var line in StandardInput.ReadLines(input))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            server.Accept(line);
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

    private static Toolbox MakeDynamic(IReadOnlyList<Connection> connections)
    {
        var words = new ToolConnections(connections);
        var tools = new Toolbox();
        tools.Add(new FindActionsTool(words));
        tools.Add(new RunActionTool(words));
        return tools;
    }

    private Toolbox MakeStatic(IReadOnlyList<Connection> connections)
    {
        var patterns = Action?.Select(static one => WildcardPattern.Get(one, WildcardOptions.IgnoreCase)).ToArray();
        var source = new ToolTargets(Client, PowerShellObjectAdapter.Instance);
        var targets = Await(token =>
            source.ListAsync(
                connections,
                patterns is null
                    ? null
                    : action =>
                        patterns.Any(pattern =>
                            pattern.IsMatch(action.Key ?? string.Empty) || pattern.IsMatch(action.Name ?? string.Empty)
                        ),
                token
            )
        );
        var tools = new Toolbox();
        foreach (Tool tool in Toolbox.Make(targets, PowerShellObjectAdapter.Instance))
        {
            tools.Add(tool);
        }

        return tools;
    }
}
