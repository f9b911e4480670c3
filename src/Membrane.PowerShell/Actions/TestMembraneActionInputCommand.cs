using System.Management.Automation;
using Membrane.Client.Actions;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Checks inputs against the schema of an action, without running it: names each wrong field with its path. The action is asked for
/// at most once (GET /actions/{selector}).
/// </summary>
[Cmdlet(
    VerbsDiagnostic.Test,
    "MembraneActionInput",
    DefaultParameterSetName = ObjectSet,
    HelpUri = OnlineHelp.Pages + "Test-MembraneActionInput.md"
)]
[OutputType(typeof(ActionInputTest), typeof(bool))]
public sealed class TestMembraneActionInputCommand : MembraneApiCommand
{
    private const string ObjectSet = "InputObject";
    private const string JsonSet = "InputJson";

    private bool isInputNamed;
    private ActionCache? cache;
    private ActionInputChecker? checker;
    private long index;

    /// <summary>The action: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ActionId")]
    [ReferenceTransformation(typeof(ActionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public ActionReference? Action { get; set; }

    /// <summary>
    /// The connection that it is to run on: the object, its id or its key. Without it, the one that the action was found on.
    /// </summary>
    [Parameter(Position = 1)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration, where the key of the action alone is not enough.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The input: a hashtable or any object with properties. Each object of the pipeline is one input.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [Alias("Input")]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>The input as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JsonSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? InputJson { get; set; }

    /// <summary>Emit only whether the input is valid.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => InputObject ?? (object?)Action?.IdOrKey;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isInputNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        cache = new ActionCache(Client.Actions);
        checker = new ActionInputChecker(cache, PowerShellObjectAdapter.Instance) { Warn = warning => Post(() => WriteWarning(warning)) };
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        var inputIndex = index++;
        try
        {
            Write(Test(inputIndex));
        }
        catch (MembraneException exception)
        {
            exception.InputIndex = inputIndex;
            throw;
        }
    }

    private ActionInputTest Test(long inputIndex)
    {
        var input = ReadInput(InputObject, InputJson, isInputNamed);
        var selector = this.Select(Action!, Connection, IntegrationKey);
        var action = this.GetShown(cache!, Action!, selector);
        var check = Await(token => checker!.CheckAsync(selector, action, input, token));
        return new ActionInputTest(Action!.IdOrKey, check.Problems.Count == 0, check.Problems, check.NotCheckedBecause, inputIndex);
    }

    private void Write(ActionInputTest test)
    {
        if (Quiet)
        {
            WriteObject(test.IsValid);
        }
        else
        {
            WriteObject(test);
        }
    }
}
