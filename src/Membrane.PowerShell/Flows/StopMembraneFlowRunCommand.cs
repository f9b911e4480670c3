using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>Stops a run of a flow (POST /flow-runs/{id}/stop).</summary>
[Cmdlet(VerbsLifecycle.Stop, "MembraneFlowRun", SupportsShouldProcess = true)]
[OutputType(typeof(FlowRun))]
public sealed class StopMembraneFlowRunCommand : MembraneApiCommand
{
    /// <summary>The run: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "FlowRunId")]
    [ReferenceTransformation(typeof(FlowRunReference), RefusesOthers = true)]
    public FlowRunReference? FlowRun { get; set; }

    /// <summary>Read the run again and emit it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => FlowRun?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        string id = FlowRun!.IdOrKey;
        if (!ShouldProcess(FlowRun.Words, "Stop flow run"))
        {
            return;
        }

        Await(token => Client.FlowRuns.StopAsync(id, token));
        if (PassThru)
        {
            WriteObject(Await(token => Client.FlowRuns.GetAsync(id, token)));
        }
    }
}
