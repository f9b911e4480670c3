using System.Management.Automation;
using Membrane.Client.Actions;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Actions;

/// <summary>Runs an action, once for each input (POST /actions/{selector}/run).</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MembraneAction", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ActionRun), typeof(PSObject))]
public sealed class InvokeMembraneActionCommand : MembraneApiCommand
{
    private const string ObjectSet = "InputObject";
    private const string JsonSet = "InputJson";

    private bool isInputNamed;
    private bool isActionNamed;
    private long index;

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

    /// <inheritdoc/>
    protected override object? ErrorTarget => isActionNamed && InputObject is not null ? InputObject : Action?.IdOrKey;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isInputNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        isActionNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Action));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        // An action from the pipeline is the action; only what comes after a named one is input.
        object? input = ParameterSetName == JsonSet ? JsonText.Parse(InputJson!, nameof(InputJson))
            : isInputNamed || isActionNamed ? InputObject
            : null;
        var selector = new ActionSelector(Action!.IdOrKey)
        {
            ConnectionId = Connection is null ? Action.ConnectionId : ResolveId(Connection),
            IntegrationKey = IntegrationKey,
        };
        long position = index++;
        if (!ShouldProcess(selector.ConnectionId is null ? selector.IdOrKey : $"{selector.IdOrKey} on {selector.ConnectionId}", "Run action"))
        {
            return;
        }

        ActionRun run = Await(token => Client.Actions.RunAsync(selector, input, token));
        run.InputIndex = position;
        if (ExpandOutput)
        {
            WriteObject(run.Output, enumerateCollection: true);
        }
        else
        {
            WriteObject(run);
        }
    }
}
