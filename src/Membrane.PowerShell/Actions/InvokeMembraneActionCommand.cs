using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Actions;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Runs an action, once for each input (POST /actions/{selector}/run, or POST /act with -UseAct). Each input is checked against the
/// schema of the action first. With -Api or -Code it runs a request to the app's API, or JavaScript, that is saved nowhere (POST /act).
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "MembraneAction", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ActionRun), typeof(PSObject))]
public sealed class InvokeMembraneActionCommand : MembraneApiCommand
{
    private const string ObjectSet = "InputObject";
    private const string JsonSet = "InputJson";
    private const string ApiSet = "Api";
    private const string CodeSet = "Code";

    private ActionInvoker? invoker;
    private ApiCall? call;
    private bool isInputNamed;
    private bool isActionNamed;
    private long index;

    /// <summary>The action: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = JsonSet)]
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
    [Parameter(ValueFromPipeline = true, ParameterSetName = ApiSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = CodeSet)]
    [Alias("Input")]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The input as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JsonSet)]
    public string? InputJson { get; set; }

    /// <summary>
    /// A request to the app's API instead of an action: a hashtable with path, and optionally method (GET, POST, PATCH, PUT or DELETE;
    /// default GET), query, headers and body.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ApiSet)]
    [ValidateNotNull]
    public PSObject? Api { get; set; }

    /// <summary>JavaScript instead of an action: a module that exports a function.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CodeSet)]
    [ValidateNotNullOrEmpty]
    public string? Code { get; set; }

    /// <summary>Run the action by POST /act, which the vendor names as the replacement of POST /actions/{selector}/run.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = JsonSet)]
    public SwitchParameter UseAct { get; set; }

    /// <summary>Leave it to the service to check the input. It also saves the request for the schema of an action that is only named.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = JsonSet)]
    public SwitchParameter SkipInputCheck { get; set; }

    /// <summary>Data to keep on the run log.</summary>
    [Parameter]
    public IDictionary? Meta { get; set; }

    /// <summary>Emit what the action answered, not the run around it.</summary>
    [Parameter]
    public SwitchParameter ExpandOutput { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => isActionNamed && InputObject is not null ? InputObject : Action?.IdOrKey ?? call?.ToString();

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isInputNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        isActionNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Action)) || Api is not null || Code is not null;
        call = Api is null ? null : ApiCall.Read(Api, PowerShellObjectModel.Instance);
        invoker = new ActionInvoker(Client.Actions, PowerShellObjectModel.Instance)
        {
            SkipsInputCheck = SkipInputCheck,
            UsesAct = UseAct,
            Meta = Meta,
            Note = reason => Post(() => WriteVerbose("The input is not checked here: " + reason)),
        };
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        // An action from the pipeline is the action; only what comes after a named one is input.
        object? input = ParameterSetName == JsonSet ? JsonText.Parse(InputJson!, nameof(InputJson))
            : isInputNamed || isActionNamed ? InputObject
            : null;
        string? connectionId = Connection is null ? Action?.ConnectionId : ResolveId(Connection);
        long position = index++;
        string what = Action?.IdOrKey ?? call?.ToString() ?? "code";
        if (!ShouldProcess(connectionId is null ? what : $"{what} on {connectionId}", "Run action"))
        {
            return;
        }

        ActionRun run = Await(token => Run(connectionId, input, token));
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

    private Task<ActionRun> Run(string? connectionId, object? input, CancellationToken cancellationToken) => Action is null
        ? invoker!.RunAsync(new ActRequest { Api = call, Code = Code, ConnectionId = connectionId, IntegrationKey = IntegrationKey, Input = input, Meta = Meta }, cancellationToken)
        : invoker!.RunAsync(new ActionSelector(Action.IdOrKey) { ConnectionId = connectionId, IntegrationKey = IntegrationKey }, Action.Known, input, cancellationToken);
}
