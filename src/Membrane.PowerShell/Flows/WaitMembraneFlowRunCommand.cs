using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>
/// Waits until a run of a flow has ended, and emits it (polls GET /flow-runs/{id}). A run that fails is emitted, and an error says why.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "MembraneFlowRun", HelpUri = OnlineHelp.Pages + "Wait-MembraneFlowRun.md")]
[OutputType(typeof(FlowRun))]
public sealed class WaitMembraneFlowRunCommand : MembraneWaitCommand
{
    /// <summary>The run: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "FlowRunId")]
    [ReferenceTransformation(typeof(FlowRunReference))]
    [ArgumentCompleter(typeof(FlowRunCompleter))]
    public FlowRunReference? FlowRun { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => FlowRun?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var id = FlowRun!.IdOrKey;
        var activity = $"Flow run {id}";
        FlowRun run;
        try
        {
            run = Await(token =>
                Client.FlowRuns.WaitAsync(id, WaitFor<FlowRun>(activity, static state => state.State ?? string.Empty), token)
            );
        }
        finally
        {
            EndProgress(activity);
        }

        WriteObject(run);
        if (FlowRunErrors.Of(run) is { } error)
        {
            WriteError(error, run);
        }
    }
}
