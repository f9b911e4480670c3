using System.Management.Automation;
using Membrane.Client.Transport;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>Stops a run of a flow (POST /flow-runs/{id}/stop).</summary>
[Cmdlet(VerbsLifecycle.Stop, "MembraneFlowRun", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Stop-MembraneFlowRun.md")]
[OutputType(typeof(FlowRun))]
public sealed class StopMembraneFlowRunCommand : MembraneBulkCommand
{
    /// <summary>The run: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "FlowRunId")]
    [ReferenceTransformation(typeof(FlowRunReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(FlowRunCompleter))]
    public FlowRunReference? FlowRun { get; set; }

    /// <summary>Read the run again and emit it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => FlowRun?.IdOrKey;

    private protected override string Activity => "Stopping flow runs";

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([FlowRun!], static run => run.IdOrKey, Stop);

    private void Stop(FlowRunReference run)
    {
        var id = run.IdOrKey;
        if (!ShouldProcess(run.Words, "Stop flow run"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        var runs = Batch.Client.FlowRuns;
        Batch.Submit(
            id,
            async token =>
            {
                await runs.StopAsync(id, token).ConfigureAwait(false);
                return PassThru ? await ReadBack.ReadAsync(() => runs.GetAsync(id, token)).ConfigureAwait(false) : null;
            },
            id
        );
    }
}
