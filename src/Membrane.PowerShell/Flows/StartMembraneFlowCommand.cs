using System.Collections;
using System.Management.Automation;
using Membrane.Client.Elements;
using Membrane.Client.Flows;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Flows;

/// <summary>Starts a flow, once for each input (POST /flows/{selector}/run). With -Wait the run is emitted when it has ended.</summary>
[Cmdlet(VerbsLifecycle.Start, "MembraneFlow", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(FlowRun))]
public sealed class StartMembraneFlowCommand : MembraneWaitCommand
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

    /// <summary>The connection to run it on: the object, its id or its key. Without it, the one that the flow belongs to or was found on.</summary>
    [Parameter(Position = 1)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration, where the key of the flow alone is not enough.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    public string? IntegrationKey { get; set; }

    /// <summary>The node to start at. Without it, the flow's own beginning.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NodeKey { get; set; }

    /// <summary>The input: a hashtable or any object with properties. Each object of the pipeline is one run.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [Alias("Input")]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The input as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JsonSet)]
    public string? InputJson { get; set; }

    /// <summary>Free key-value data kept with the run.</summary>
    [Parameter]
    public IDictionary? Meta { get; set; }

    /// <summary>Wait until the run has ended. A run that fails is emitted, and an error says why.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => isFlowNamed && InputObject is not null ? InputObject : Flow?.IdOrKey;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isInputNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        isFlowNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Flow));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        // A flow from the pipeline is the flow; only what comes after a named one is input.
        object? input = ParameterSetName == JsonSet ? JsonText.Parse(InputJson!, nameof(InputJson))
            : isInputNamed || isFlowNamed ? InputObject
            : null;
        string? connectionId = Connection is null ? Flow!.ConnectionId : ResolveId(Connection);
        string target = connectionId is null ? Flow!.Words : $"{Flow!.Words} on {connectionId}";
        if (!ShouldProcess(target, "Start flow"))
        {
            return;
        }

        var start = new NewFlowRun { NodeKey = NodeKey, Input = input, Meta = Meta };
        var scope = new ElementScope { ConnectionId = connectionId, IntegrationKey = IntegrationKey };
        FlowRun run = Await(token => Client.Flows.RunAsync(Flow.IdOrKey, start, scope, token));
        if (Wait && !FlowRunsArea.HasEnded(run))
        {
            string activity = $"Flow run {run.Id}";
            try
            {
                run = Await(token => Client.FlowRuns.WaitAsync(run.Id!, WaitFor<FlowRun>(activity, static state => state.State ?? string.Empty), token));
            }
            finally
            {
                EndProgress(activity);
            }
        }

        WriteObject(run);
        if (Wait && FlowRunErrors.Of(run) is { } error)
        {
            WriteError(error, run);
        }
    }
}
