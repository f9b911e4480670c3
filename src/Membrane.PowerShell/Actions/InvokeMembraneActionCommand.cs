using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.Actions;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Actions;

/// <summary>Runs an action, once for each input, several at a time (POST /actions/{selector}/run).</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MembraneAction", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ActionRun), typeof(PSObject))]
public sealed class InvokeMembraneActionCommand : MembraneBulkCommand<ActionRun>
{
    private const string ObjectSet = "InputObject";
    private const string JsonSet = "InputJson";

    private bool isInputNamed;
    private bool isActionNamed;
    private ActionCheckpoint? checkpoint;

    /// <summary>The action: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ActionId")]
    [ReferenceTransformation(typeof(ActionReference))]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public ActionReference? Action { get; set; }

    /// <summary>The connection to run it on: the object, its id or its key. Without it, the one that the action was found on.</summary>
    [Parameter(Position = 1)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration, where the key of the action alone is not enough.</summary>
    [Parameter]
    public string? IntegrationKey { get; set; }

    /// <summary>The input: a hashtable or any object with properties. Each object of the pipeline is one run.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [Alias("Input")]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The input as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JsonSet)]
    public string? InputJson { get; set; }

    /// <summary>Emit what the action answered, not the run around it.</summary>
    [Parameter]
    public SwitchParameter ExpandOutput { get; set; }

    /// <summary>Running the action twice does no harm: a run whose answer is lost, or that a checkpoint file does not know the end of, is repeated.</summary>
    [Parameter]
    public SwitchParameter RetryUnknown { get; set; }

    /// <summary>
    /// A file that keeps what became of each input. The same command started again with the same file goes on where the
    /// first one ended, however it ended. A file of another action or connection is refused.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>The property that tells inputs apart in the checkpoint file. Without it, their content does.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointKey { get; set; }

    /// <summary>Run inputs again that had failed in an earlier run with the same checkpoint file.</summary>
    [Parameter]
    public SwitchParameter ResumeFailed { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => isActionNamed && InputObject is not null ? (object)InputObject : Action?.IdOrKey;

    /// <inheritdoc/>
    protected override string Activity => $"Running {Action?.IdOrKey ?? "actions"}";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isInputNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        isActionNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Action));
        if (CheckpointPath is null && (CheckpointKey is not null || ResumeFailed))
        {
            throw new MembraneInputException(ErrorIds.InvalidInput, nameof(CheckpointPath), "-CheckpointKey and -ResumeFailed speak of a checkpoint file, and none is named.", "Pass -CheckpointPath.");
        }

        if (CheckpointPath is not null && !isActionNamed)
        {
            throw new MembraneInputException(ErrorIds.InvalidInput, nameof(Action), "A checkpoint file is for one action, and actions come from the pipeline.", "Name the action with -Action.");
        }
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        // An action from the pipeline is the action; only what comes after a named one is input.
        object? input = ParameterSetName == JsonSet ? JsonText.Parse(InputJson!, nameof(InputJson))
            : isInputNamed || isActionNamed ? InputObject
            : null;
        object? target = input is PSObject ? input : Action!.IdOrKey;
        var selector = new ActionSelector(Action!.IdOrKey)
        {
            ConnectionId = Connection is null ? Action.ConnectionId : ResolveId(Connection),
            IntegrationKey = IntegrationKey,
        };
        if (!ShouldProcess(selector.ConnectionId is null ? selector.IdOrKey : $"{selector.IdOrKey} on {selector.ConnectionId}", "Run action"))
        {
            return;
        }

        try
        {
            // What is sent is written here, on the pipeline thread: properties of the input may be script.
            PreparedRun run = BatchClient.Actions.PrepareRun(selector, input);
            if (RetryUnknown)
            {
                run.MayRepeat();
            }

            Start(run, selector, target);
        }
        catch (MembraneInputException exception)
        {
            SubmitError(target, exception);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            checkpoint?.Dispose();
        }
    }

    private protected override void Emit(ActionRun value, long index)
    {
        value.InputIndex = index;
        if (ExpandOutput)
        {
            WriteObject(value.Output, enumerateCollection: true);
        }
        else
        {
            WriteObject(value);
        }
    }

    private void Start(PreparedRun run, ActionSelector selector, object? target)
    {
        if (CheckpointPath is null)
        {
            Submit(target, async token => await run.SendAsync(token).ConfigureAwait(false));
            return;
        }

        checkpoint ??= ActionCheckpoint.Open(SessionState.Path.GetUnresolvedProviderPathFromPSPath(CheckpointPath), selector, CheckpointKey);
        CheckpointEntry entry = checkpoint.Take(run);
        switch (entry.Decide(ResumeFailed, RetryUnknown))
        {
            case CheckpointDecision.Skip:
                Skip();
                break;
            case CheckpointDecision.Report:
                SubmitError(target, entry.Report());
                break;
            default:
                Submit(target, async token => await entry.RunAsync(run, token).ConfigureAwait(false));
                break;
        }
    }
}
