using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>
/// Receives what a run of a flow gave, or what its nodes gave, as ordinary objects (GET /flow-runs/{id}/output,
/// GET /flow-runs/{id}/nodes/{nodeKey}/outputs). It does not wait: of a run that goes on, there is what it gave so far.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "MembraneFlowRun", HelpUri = OnlineHelp.Pages + "Receive-MembraneFlowRun.md")]
[OutputType(typeof(PSObject))]
public sealed class ReceiveMembraneFlowRunCommand : MembraneApiCommand
{
    /// <summary>The run: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "FlowRunId")]
    [ReferenceTransformation(typeof(FlowRunReference))]
    [ArgumentCompleter(typeof(FlowRunCompleter))]
    public FlowRunReference? FlowRun { get; set; }

    /// <summary>The nodes whose outputs are meant. Without it, the output of the run.</summary>
    [Parameter(Position = 1)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? NodeKey { get; set; }

    /// <summary>One output of the node, by id.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? OutputId { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => FlowRun?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var id = FlowRun!.IdOrKey;
        if (OutputId is not null)
        {
            var node = NodeKey is { Length: 1 }
                ? NodeKey[0]
                : throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    nameof(NodeKey),
                    "An output is one of a node, and not one node is named.",
                    "Name the node with -NodeKey."
                );
            WriteObject(Await(token => Client.FlowRuns.GetNodeOutputAsync(id, node, OutputId, token)));
            return;
        }

        if (NodeKey is null)
        {
            Stream(Client.FlowRuns.GetOutput(id));
            return;
        }

        foreach (var node in NodeKey)
        {
            Stream(Client.FlowRuns.GetNodeOutputs(id, node));
        }
    }
}
