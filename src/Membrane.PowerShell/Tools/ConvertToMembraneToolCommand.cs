using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Json;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Membrane.PowerShell.Actions;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Tools;

/// <summary>
/// Describes actions as tools for a model: with the members that the vendor's API takes, and no others. With -Dynamic there are two tools
/// instead, by which the model finds actions of the connections and runs them. The app is part of each name; where an action does not say
/// it, its integration is asked for once (GET /integrations/{selector}).
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "MembraneTool", DefaultParameterSetName = ActionSet, HelpUri = OnlineHelp.Pages + "ConvertTo-MembraneTool.md")]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class ConvertToMembraneToolCommand : MembraneApiCommand
{
    private const string ActionSet = "Action";
    private const string DynamicSet = "Dynamic";

    private readonly List<ActionReference> actions = [];
    private ToolWriter? writer;

    /// <summary>The actions: objects, ids or keys. Each runs on the connection that it belongs to or was found on.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ActionSet)]
    [ReferenceTransformation(typeof(ActionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public ActionReference[]? Action { get; set; }

    /// <summary>Two tools, find_actions and run_action, instead of one for each action.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DynamicSet)]
    public SwitchParameter Dynamic { get; set; }

    /// <summary>The connections whose actions the model may find and run: objects, ids or keys.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DynamicSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference[]? Connection { get; set; }

    /// <summary>Whose tools: OpenAI (chat completions), OpenAIResponses, Anthropic, Gemini or Mcp.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ToolFormat Format { get; set; }

    /// <summary>Describe the parameters for OpenAI's strict mode.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Emit one JSON text: the value of tools in a request to the vendor's API.</summary>
    [Parameter]
    public SwitchParameter AsJson { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        writer = new ToolWriter((ToolDialect)Format, Strict);
    }

    /// <inheritdoc/>
    protected override void Process() => actions.AddRange(Action ?? []);

    /// <inheritdoc/>
    protected override void End()
    {
        // Only now it is known which names are the only ones of their kind.
        IReadOnlyList<Tool> tools =
            ParameterSetName == DynamicSet ? MakeDynamic() : Toolbox.Make(Await(MakeTargetsAsync), PowerShellObjectAdapter.Instance);
        WarnOfTooMany(tools.Count);
        if (AsJson)
        {
            WriteObject(JsonText.Of(writer!.WriteAll(tools)));
            return;
        }

        foreach (var tool in tools)
        {
            var description = (PSObject)JsonNodes.ToHost(writer!.Write(tool), PowerShellObjectAdapter.Instance)!;
            description.TypeNames.Insert(0, "Membrane.Tool");
            ToolBindings.Add(description, new ToolBinding(tool, Strict));
            WriteObject(description);
        }
    }

    private void WarnOfTooMany(int count)
    {
        if (ToolWriter.MaxTools((ToolDialect)Format) is { } most && count > most)
        {
            WriteWarning(
                $"These are {count} tools; {Format} takes at most {most} in a request and refuses the others with it. Choose the actions "
                    + "that the task needs with Find-MembraneAction, or let the model find them with -Dynamic."
            );
        }
    }

    private async Task<IReadOnlyList<ToolTarget>> MakeTargetsAsync(CancellationToken cancellationToken)
    {
        var source = new ToolTargets(Client, PowerShellObjectAdapter.Instance);
        var targets = new List<ToolTarget>();
        foreach (var reference in actions)
        {
            var action =
                reference.Known
                ?? await Client
                    .Actions.GetAsync(new ActionSelector(reference.IdOrKey) { ConnectionId = reference.ConnectionId }, cancellationToken)
                    .ConfigureAwait(false);
            targets.Add(await source.MakeAsync(action, cancellationToken).ConfigureAwait(false));
        }

        return targets;
    }

    private Tool[] MakeDynamic()
    {
        var connections = new ToolConnections(Await(token => ToolConnectionReader.ReadAsync(Client, Connection!, token)));
        return [new FindActionsTool(connections), new RunActionTool(connections)];
    }
}
