using System;
using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Transport;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Flows;

/// <summary>Starts a flow, once for each input (POST /flows/{selector}/run). With -Wait the run is emitted when it has ended.</summary>
[Cmdlet(
    VerbsLifecycle.Start,
    "MembraneFlow",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ObjectSet,
    HelpUri = OnlineHelp.Pages + "Start-MembraneFlow.md"
)]
[OutputType(typeof(FlowRun))]
public sealed class StartMembraneFlowCommand : MembraneBulkCommand
{
    private const string ObjectSet = "InputObject";
    private const string JsonSet = "InputJson";

    private bool isInputNamed;
    private bool isFlowNamed;

    /// <summary>The flow: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("FlowId")]
    [ReferenceTransformation(typeof(FlowReference))]
    [ArgumentCompleter(typeof(FlowCompleter))]
    public FlowReference? Flow { get; set; }

    /// <summary>
    /// The connection to run it on: the object, its id or its key. Without it, the one that the flow belongs to or was found on.
    /// </summary>
    [Parameter(Position = 1)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration, where the key of the flow alone is not enough.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The node to start at. Without it, the flow's own beginning.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? NodeKey { get; set; }

    /// <summary>The input: a hashtable or any object with properties. Each object of the pipeline is one run.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [Alias("Input")]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>The input as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JsonSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? InputJson { get; set; }

    /// <summary>Free key-value data kept with the run.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Meta { get; set; }

    /// <summary>Wait until the run has ended. A run that fails is emitted, and an error says why.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many seconds to wait for each run at most, from 1. A run that takes longer goes on at the service.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc/>
    protected override object? ErrorTarget => isFlowNamed && InputObject is not null ? InputObject : Flow?.IdOrKey;

    private protected override string Activity => "Starting flows";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isInputNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        isFlowNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Flow));
    }

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([Flow!], _ => ErrorTarget, Start);

    private protected override MembraneException? FindError(object result) => Wait ? FlowRunErrors.Of((FlowRun)result) : null;

    private void Start(FlowReference flow)
    {
        // A flow from the pipeline is the flow; only what comes after a named one is input.
        var hasInput = ParameterSetName == ObjectSet && (isInputNamed || isFlowNamed);
        if (hasInput)
        {
            RequireInput(InputObject, nameof(InputObject), isInputNamed);
        }

        object? input =
            hasInput ? InputObject
            : ParameterSetName == JsonSet ? JsonArgument.Parse(InputJson!, nameof(InputJson))
            : null;
        var connectionId = Connection is null ? flow.ConnectionId : this.ResolveId(Connection);
        var run = new NewFlowRun
        {
            NodeKey = NodeKey,
            Input = input,
            Meta = Meta,
        };
        var scope = new ElementScope { ConnectionId = connectionId, IntegrationKey = IntegrationKey };
        var start = Batch.Client.Flows.PrepareRun(flow.IdOrKey, run, scope);
        if (!ShouldProcess(connectionId is null ? flow.Words : $"{flow.Words} on {connectionId}", "Start flow"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        Batch.Submit(
            ErrorTarget,
            async token =>
            {
                var started = await start(token).ConfigureAwait(false);
                return Wait && !FlowRunsClient.HasEnded(started)
                    ? await ReadBack.ReadAsync(() => WaitForAsync(started, token)).ConfigureAwait(false)
                    : started;
            }
        );
    }

    private async Task<FlowRun> WaitForAsync(FlowRun run, CancellationToken cancellationToken)
    {
        var activity = $"Flow run {run.Id}";
        var progress = new StateProgress<FlowRun>(this, activity, static state => state.State ?? string.Empty);
        var options = new WaitOptions<FlowRun>
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            What = activity,
            Progress = progress,
        };
        try
        {
            return await Batch.Client.FlowRuns.WaitAsync(run.Id!, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            progress.End();
        }
    }
}
