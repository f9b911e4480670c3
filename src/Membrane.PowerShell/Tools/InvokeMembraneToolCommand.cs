using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Json;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Calls;
using Membrane.PowerShell.Actions;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Tools;

/// <summary>
/// Runs what a model asked for, and answers in the form that its API expects: each call once, in order, errors as answers. Only the tools
/// that are given with -Tool or -Connection can be reached (POST /actions/{selector}/run).
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "MembraneTool", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Invoke-MembraneTool.md")]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeMembraneToolCommand : MembraneBulkCommand
{
    private readonly List<ToolReply> replies = [];
    private ToolRunner? runner;
    private long inputs = -1;

    /// <summary>
    /// The calls: one, several, the message that holds them or the whole answer of the model's API; objects or JSON text.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ToolCall", "Message")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// The tools that may be called: what ConvertTo-MembraneTool emitted, or actions. Read back from JSON, they need -Connection too.
    /// </summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject[]? Tool { get; set; }

    /// <summary>The connections whose actions may be called: objects, ids or keys. With -Tool, only those of the tools.</summary>
    [Parameter]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference[]? Connection { get; set; }

    /// <summary>The tools are find_actions and run_action, for the actions of the connections.</summary>
    [Parameter]
    public SwitchParameter Dynamic { get; set; }

    /// <summary>Emit what is appended to the conversation: where the API wants all answers in one message, that message.</summary>
    [Parameter]
    public SwitchParameter AsMessage { get; set; }

    /// <summary>Emit JSON text instead of objects.</summary>
    [Parameter]
    public SwitchParameter AsJson { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => InputObject;

    private protected override string Activity => "Running tools";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if ((Tool is null || Tool.Length == 0) && (Connection is null || Connection.Length == 0))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Tool),
                "Nothing says which tools the model may call.",
                "Pass the tools that it was given with -Tool, or the connections whose actions it may run with -Connection."
            );
        }

        runner = new ToolRunner(MakeToolbox(), new ToolServices(Batch.Client, PowerShellObjectAdapter.Instance));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        inputs++;
        Batch.ForEach([InputObject!], static input => input, Start);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        base.End();
        for (int start = 0, end; start < replies.Count; start = end)
        {
            var first = replies[start];
            for (end = start + 1; end < replies.Count && replies[end].Input == first.Input && replies[end].Format == first.Format; end++)
            { }

            foreach (
                var message in ToolAnswer.AsMessages(
                    first.Format,
                    replies.GetRange(start, end - start).Select(static reply => reply.Answer)
                )
            )
            {
                Write(message);
            }
        }
    }

    private protected override void Emit(object result, long index)
    {
        var reply = (ToolReply)result;
        if (AsMessage)
        {
            replies.Add(reply);
        }
        else
        {
            Write(reply.Answer);
        }
    }

    private void Write(JsonObject answer) =>
        WriteObject(AsJson ? JsonText.Of(answer) : JsonNodes.ToHost(answer, PowerShellObjectAdapter.Instance));

    private void Start(PSObject answer)
    {
        var read = answer.BaseObject is string text
            ? JsonArgument.Parse(text, nameof(InputObject))
            : JsonNodes.Element(answer, PowerShellObjectAdapter.Instance, nameof(InputObject));
        foreach (var call in ToolCallReader.Read(read))
        {
            Start(call);
        }
    }

    private void Start(ToolCall call)
    {
        var input = inputs;
        var tool = runner!.Find(call, out var outcome);
        if (tool is { IsReadOnly: false })
        {
            // All of it: who says yes has to see what is sent. JSON has no control characters.
            var what = $"Run the tool '{tool.Name}' ({tool.Target}) with {call.Arguments?.ToJsonString() ?? "{}"}";
            if (!ShouldProcess(what, what + "?", "Run tool", out var reason))
            {
                if (reason == ShouldProcessReason.WhatIf)
                {
                    Batch.Decline(ErrorTarget);
                    return;
                }

                outcome = ToolOutcome.Failure("Declined", "The person declined this call. It was not run.");
            }
        }

        Batch.Submit(
            call.Name,
            outcome is not null
                ? _ => Task.FromResult<object?>(Reply(outcome))
                : async token => Reply(await runner.RunAsync(tool!, call, token).ConfigureAwait(false))
        );

        ToolReply Reply(ToolOutcome result) => new(call.Format, input, ToolAnswer.Write(call, result));
    }

    private Toolbox MakeToolbox()
    {
        var toolbox = new Toolbox();
        var actions = new List<MembraneAction>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in Tool ?? [])
        {
            if (ToolBindings.Find(given) is { } binding)
            {
                toolbox.Add(binding.Tool);
                toolbox.NoteStrict(binding.Tool.Name, binding.IsStrict);
            }
            else if (GivenObject.Find(given) is not null && ActionReference.Reader.Read(given) is ActionReference action)
            {
                actions.Add(
                    action.Known
                        ?? Await(token =>
                            Client.Actions.GetAsync(new ActionSelector(action.IdOrKey) { ConnectionId = action.ConnectionId }, token)
                        )
                );
            }
            else
            {
                var described = given.BaseObject is string text
                    ? JsonArgument.Parse(text, nameof(Tool))
                    : JsonNodes.Element(given, PowerShellObjectAdapter.Instance, nameof(Tool));
                foreach (var named in ToolNameReader.Read(described))
                {
                    names.Add(named.Key);
                    toolbox.NoteStrict(named.Key, named.Value);
                }
            }
        }

        var source = new ToolTargets(Client, PowerShellObjectAdapter.Instance);
        var targets = actions.Select(action => Await(token => source.MakeAsync(action, token))).ToArray();
        foreach (Tool tool in Toolbox.Make(targets, PowerShellObjectAdapter.Instance))
        {
            toolbox.Add(tool);
        }

        AddFromConnections(toolbox, names, source);
        return toolbox;
    }

    private void AddFromConnections(Toolbox toolbox, HashSet<string> names, ToolTargets source)
    {
        var connections = Await(token => ToolConnectionReader.ReadAsync(Client, Connection ?? [], token));
        if (connections.Count == 0 && (names.Count > 0 || Dynamic))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Connection),
                Dynamic
                    ? "Nothing says whose actions the model may find and run."
                    : $"The tool '{ShownText.OfLine(names.First(), 100)}' does not know its action: it did not come from "
                        + $"ConvertTo-MembraneTool of this session.",
                "Pass the connections with -Connection."
            );
        }

        var isDynamic = Dynamic || names.Contains(FindActionsTool.ToolName) || names.Contains(RunActionTool.ToolName);
        if (isDynamic)
        {
            var words = new ToolConnections(connections);
            toolbox.Add(new FindActionsTool(words));
            toolbox.Add(new RunActionTool(words));
            names.ExceptWith([FindActionsTool.ToolName, RunActionTool.ToolName]);
        }

        if (names.Count > 0 || (Tool is null && !isDynamic))
        {
            toolbox.AddActions(
                Await(token => source.ListAsync(connections, null, token)),
                PowerShellObjectAdapter.Instance,
                names.Count > 0 ? names : null
            );
        }
    }
}
