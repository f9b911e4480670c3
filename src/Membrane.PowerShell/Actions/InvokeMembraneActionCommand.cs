using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Actions;
using Membrane.Client.Blobs;
using Membrane.Client.NativeCommands;
using Membrane.Client.Rows;
using Membrane.PowerShell.Checkpoints;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Runs an action, once for each input, several at a time (POST /actions/{selector}/run, or POST /act with -UseAct). Each input is
/// checked against the schema of the action first. With -Api or -Code it runs a request to the app's API, or JavaScript, that is saved
/// nowhere (POST /act).
/// </summary>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "MembraneAction",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ObjectSet,
    HelpUri = OnlineHelp.Pages + "Invoke-MembraneAction.md"
)]
[OutputType(typeof(ActionRun), typeof(PSObject))]
public sealed class InvokeMembraneActionCommand : MembraneBulkCommand
{
    private const string ObjectSet = "InputObject";
    private const string JsonSet = "InputJson";
    private const string ApiSet = "Api";
    private const string CodeSet = "Code";

    private readonly Queue<(ActionPage Page, long Index)> nextPages = new();
    private bool isInputNamed;
    private bool isActionNamed;
    private bool hasBegun;
    private CheckpointPlace? checkpoint;
    private bool hasSaidMore;
    private ApiCall? call;
    private AppCall? app;
    private RowBinder? binder;
    private ActionRunner? runner;

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
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The input: a hashtable or any object with properties. Each object of the pipeline is one run.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [Parameter(Position = 2, ValueFromPipeline = true, ParameterSetName = ApiSet)]
    [Parameter(Position = 2, ValueFromPipeline = true, ParameterSetName = CodeSet)]
    [Alias("Input")]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>The input as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JsonSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? InputJson { get; set; }

    /// <summary>
    /// A request to the app's API instead of an action: a hashtable with path, and optionally method (GET, POST, PATCH, PUT or DELETE;
    /// default GET), query, headers and body.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ApiSet)]
    [ValidateNotNull]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Api { get; set; }

    /// <summary>JavaScript instead of an action: a module that exports a function.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CodeSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Code { get; set; }

    /// <summary>Run the action by POST /act, which the vendor names as the replacement of POST /actions/{selector}/run.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = JsonSet)]
    public SwitchParameter UseAct { get; set; }

    /// <summary>
    /// Leave it to the service to check the input. It also saves the request for the schema of an action that is only named.
    /// </summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = JsonSet)]
    public SwitchParameter SkipInputCheck { get; set; }

    /// <summary>Data to keep on the run log.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Meta { get; set; }

    /// <summary>
    /// Emit what the action answered, not the run around it. A list is emitted item by item, also where the answer is an object with a list
    /// and what says of which page it is.
    /// </summary>
    [Parameter]
    public SwitchParameter ExpandOutput { get; set; }

    /// <summary>With -ExpandOutput: emit the items of this property of the answer, where the answer has it as a list, and else the answer.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ExpandProperty { get; set; }

    /// <summary>
    /// The property of the answer that says where the next page begins, or the path to it with dots: paging.next.after. With
    /// -CursorInput the action is run again for each further page, until there is none. Not with a checkpoint file.
    /// </summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? CursorProperty { get; set; }

    /// <summary>The property of the input that says where a page begins.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? CursorInput { get; set; }

    /// <summary>With -ExpandOutput: the name of the type that each emitted object gets, for views and for completion.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? OutputTypeName { get; set; }

    /// <summary>
    /// Running the action twice does no harm: a run whose answer is lost, or that a checkpoint file does not know the end of, is repeated.
    /// </summary>
    [Parameter]
    public SwitchParameter RetryUnknown { get; set; }

    /// <summary>
    /// A file that keeps what became of each input. The same command started again with the same file goes on where the
    /// first one ended, however it ended. A file of another action, connection, tenant or workspace is refused.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// A blob in Azure Storage that keeps what became of each input, in place of a file: its address with a signature (SAS) that allows to
    /// read, create and add, or with -CheckpointToken. The run has the lease of it; a second run with the same blob is refused.
    /// </summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public Uri? CheckpointUri { get; set; }

    /// <summary>
    /// The token for Azure Storage: text, a SecureString, what Get-AzAccessToken emits, or a script block that emits one of them and is run
    /// whenever one is needed.
    /// </summary>
    [Parameter]
    [StorageTokenTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? CheckpointToken { get; set; }

    /// <summary>
    /// Checkpoints of other runs of the same batch, as of one with another number of shards: paths, which may have wildcards, and addresses
    /// of blobs. What is done there is not done again. They are only read.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [RefuseNothing]
    public string[]? PriorCheckpoint { get; set; }

    /// <summary>The property that tells inputs apart in the checkpoint. Without it, their content does.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? CheckpointKey { get; set; }

    /// <summary>Run inputs again that had failed in an earlier run with the same checkpoint file.</summary>
    [Parameter]
    public SwitchParameter ResumeFailed { get; set; }

    /// <summary>Emit results in the order of the input, not as they come.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>For native commands: the call of one, whose rows are bound to the properties of the action.</summary>
    [Parameter(DontShow = true, ParameterSetName = ObjectSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? AppCommand { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget =>
        isActionNamed && InputObject is not null ? (object)InputObject : Action?.IdOrKey ?? call?.ToString();

    private protected override string Activity => $"Running {Action?.IdOrKey ?? call?.ToString() ?? "actions"}";

    private protected override string CommandName => app?.Name ?? base.CommandName;

    private protected override bool KeepsOrder => Ordered;

    private protected override SessionState SummarySession => app?.Cmdlet?.SessionState ?? SessionState;

    private bool HasAction => ParameterSetName is ObjectSet or JsonSet;

    /// <inheritdoc/>
    protected override void Begin()
    {
        app = AppCall.Read(AppCommand);
        base.Begin();
        isInputNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        isActionNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Action));
        call = Api is null ? null : ApiCall.Read(Api, PowerShellObjectAdapter.Instance);
        RequireTogether();
        var places = new CheckpointPlaces(this, CheckpointToken, Batch.Client.Proxy);
        checkpoint =
            CheckpointPath is not null ? places.File(CheckpointPath, nameof(CheckpointPath))
            : CheckpointUri is not null ? places.Blob(CheckpointUri, nameof(CheckpointUri), nameof(CheckpointToken))
            : null;
        runner = new ActionRunner(
            Batch.Client.Actions,
            PowerShellObjectAdapter.Instance,
            new ActionRunOptions
            {
                UsesAct = UseAct,
                Api = call,
                Code = Code,
                IntegrationKey = IntegrationKey,
                Meta = Meta,
                SkipsCheck = SkipInputCheck,
                RetryUnknown = RetryUnknown,
                ResumeFailed = ResumeFailed,
                CursorProperty = CursorProperty,
                CursorInput = CursorInput,
                Checkpoint = checkpoint,
                PriorCheckpoints = FindPrior(places, checkpoint),
                CheckpointKey = CheckpointKey,
                FindOwner = FindOwnerAsync,
                NotChecked = reason => Post(() => WriteVerbose("The input is not checked here: " + reason)),
                Warn = warning => Post(() => WriteWarning(warning)),
            }
        );
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        hasBegun = true;
        var what = Action?.IdOrKey ?? call?.ToString() ?? "code";
        // An action from the pipeline is the action; only what comes after a named one is input.
        var hasInput = ParameterSetName != JsonSet && (isInputNamed || isActionNamed || !HasAction);
        object? given = hasInput ? InputObject : null;
        // As an item of the batch, so that whatever is wrong with it is its error, and counted.
        Batch.ForEach(
            [given],
            one => one ?? what,
            one =>
            {
                if (hasInput)
                {
                    RequireInput(one, nameof(InputObject), isInputNamed);
                }

                Process(what, ParameterSetName == JsonSet ? JsonArgument.Parse(InputJson!, nameof(InputJson)) : one);
            }
        );
    }

    /// <inheritdoc/>
    protected override void End()
    {
        base.End();
        while (nextPages.Count > 0)
        {
            // Only now, so that a caller who has enough of the first page never causes the second.
            (var page, var index) = nextPages.Dequeue();
            try
            {
                Submit(runner!.Prepare(page), index);
            }
            catch (MembraneException exception) when (exception is not MembraneSignInException)
            {
                Batch.SubmitError(page.Source, exception, index);
            }

            base.End();
        }

        // A shard may be empty: that it is done is then to be seen by its checkpoint, too.
        if (!hasBegun && checkpoint is not null && ShouldProcess(checkpoint.Name, "Begin checkpoint"))
        {
            var target = ResolveTarget();
            Await(token => runner!.OpenCheckpointAsync(target, token));
        }

        Await(_ => runner!.CloseAsync());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            runner?.Dispose();
        }
    }

    private protected override void Emit(object result, long index)
    {
        var finished = (FinishedRun)result;
        var run = finished.Run;
        run.InputIndex = index;
        if (runner!.FindNextPage(finished) is { } next)
        {
            nextPages.Enqueue((next, index));
        }

        if (ExpandOutput)
        {
            WriteOutput(run.Output);
        }
        else
        {
            WriteObject(run);
        }
    }

    private protected override object? ReportedOutput(object result) => ((FinishedRun)result).Run.Output;

    private void Process(string what, object? given)
    {
        var target = ResolveTarget();
        var connectionId = target.ConnectionId;
        // What is sent is written here, on the pipeline thread: properties of the input may be script.
        var input = app is null or { TakesWhole: true } ? given : Bind(app, target.Selector!, target.Known, given);
        var item = runner!.Prepare(target, input, given is PSObject ? given : what);
        if (
            !(
                app is null
                    ? ShouldProcess(connectionId is null ? what : $"{what} on {connectionId}", HasAction ? "Run action" : "Run")
                    : ShouldProcess(app.Words, app.Name)
            )
        )
        {
            Batch.Decline(given ?? what);
            return;
        }

        OpenForAll(() => Await(token => runner.OpenCheckpointAsync(target, token)));
        Submit(item);
    }

    private ActionTarget ResolveTarget()
    {
        var connectionId = Connection is null ? Action?.ConnectionId : this.ResolveId(Connection);
        var selector = Action is null
            ? null
            : new ActionSelector(Action.IdOrKey) { ConnectionId = connectionId, IntegrationKey = IntegrationKey };
        return Await(token => runner!.ResolveAsync(selector, Action?.Known, connectionId, token));
    }

    private void Submit(ActionItem item, long? inputIndex = null)
    {
        switch (runner!.Decide(item))
        {
            case CheckpointDecision.Skip:
                Batch.Skip(item.Source);
                break;
            case CheckpointDecision.Report:
                Batch.SubmitError(item.Source, item.Entry!.Report());
                break;
            default:
                Batch.Submit(item.Source, async token => await runner.RunAsync(item, token).ConfigureAwait(false), inputIndex: inputIndex);
                break;
        }
    }

    // A pattern that finds all shards finds the checkpoint of this one, too.
    private CheckpointPlace[] FindPrior(CheckpointPlaces places, CheckpointPlace? own) =>
        (PriorCheckpoint ?? []).SelectMany(given => FindPrior(places, given)).Where(place => place.Name != own?.Name).ToArray();

    private IReadOnlyList<CheckpointPlace> FindPrior(CheckpointPlaces places, string given)
    {
        if (CheckpointPlaces.IsAddress(given))
        {
            return [places.Blob(given, nameof(PriorCheckpoint), nameof(CheckpointToken))];
        }

        var found = places.PriorFiles(given, nameof(PriorCheckpoint));
        if (found.Count == 0)
        {
            WriteWarning($"There is no checkpoint '{given}' yet, so it does not say what was done before.");
        }

        return found;
    }

    private void RequireTogether()
    {
        var hasCheckpoint = CheckpointPath is not null || CheckpointUri is not null;
        if (!hasCheckpoint && (CheckpointKey is not null || ResumeFailed || PriorCheckpoint is not null || CheckpointToken is not null))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(CheckpointPath),
                "-CheckpointKey, -CheckpointToken, -PriorCheckpoint and -ResumeFailed speak of a checkpoint, and none is named.",
                "Pass -CheckpointPath or -CheckpointUri."
            );
        }

        if (CheckpointPath is not null && CheckpointUri is not null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(CheckpointUri),
                "A batch has one checkpoint, and both a file and a blob are named.",
                "Pass -CheckpointPath or -CheckpointUri."
            );
        }

        if ((CursorProperty is null) != (CursorInput is null) || (CursorProperty is not null && hasCheckpoint))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(CursorProperty),
                "-CursorProperty and -CursorInput go together, and not with a checkpoint.",
                "Pass both of them or none, and no -CheckpointPath or -CheckpointUri."
            );
        }

        if (hasCheckpoint && !isActionNamed)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Action),
                "A checkpoint is for one action, and actions come from the pipeline.",
                "Name the action with -Action."
            );
        }
    }

    private object Bind(AppCall call, ActionSelector selector, MembraneAction? known, object? row)
    {
        if (binder is null)
        {
            var action = known ?? Await(token => runner!.FindAsync(selector, token));
            OpenForAll(() =>
                binder = new RowBinder(action?.Name ?? selector.IdOrKey, action?.InputSchema, call.Rows, PowerShellObjectAdapter.Instance)
                {
                    Unknown = names => ReportUnknown(action?.Name ?? selector.IdOrKey, names),
                }
            );
        }

        return binder!.Bind(row);
    }

    // Objects of an app have more than another of its actions asks for, and no user expects it to be sent.
    private void ReportUnknown(string action, IReadOnlyList<string> names)
    {
        var message =
            $"The action '{action}' has no field for {string.Join(", ", names.Select(static name => $"'{name}'"))}: not sent. Rename "
            + $"the columns like the fields, or pass more with -AdditionalInput.";
        if (InputObject is not null && OriginalType.NameOf(InputObject).StartsWith(AppPlan.TypePrefix, StringComparison.Ordinal))
        {
            WriteVerbose(message);
        }
        else
        {
            WriteWarning(message);
        }
    }

    // What all inputs need ends the command, once, and is not the error of each of them.
    private void OpenForAll(System.Action open)
    {
        try
        {
            open();
        }
        catch (MembraneException exception)
        {
            EndWith(exception);
        }
    }

    private void WriteOutput(object? output)
    {
        if (ExpandProperty is not null)
        {
            output = (output as PSObject)?.Properties[ExpandProperty]?.Value is object?[] listed ? listed : output;
        }
        // A native command says itself where the items are.
        else if (app is null && AnswerEnvelope.Open(output, PowerShellObjectAdapter.Instance) is { } envelope)
        {
            output = envelope.Items;
            if (envelope.HasMore && CursorProperty is null && !hasSaidMore)
            {
                hasSaidMore = true;
                WriteWarning(
                    "The answer is one page of a list, and there are more. -CursorProperty and -CursorInput read them; without -ExpandOutput, "
                        + "Output of the run says where the next one begins."
                );
            }
        }

        if (OutputTypeName is not null)
        {
            foreach (var item in (output as object?[] ?? [output]).OfType<PSObject>())
            {
                item.TypeNames.Insert(0, OutputTypeName);
            }
        }

        WriteObject(output, enumerateCollection: true);
    }

    private async Task<CheckpointOwner> FindOwnerAsync(CancellationToken cancellationToken)
    {
        var context = Context ?? RunspaceState.Current.DefaultContext!;
        return context.WorkspaceKey is null
            ? CheckpointOwner.OfToken(context.ApiUri, await Batch.Client.GetTokenAsync(cancellationToken).ConfigureAwait(false))
            : new CheckpointOwner(context.ApiUri, context.WorkspaceKey, context.TenantKey);
    }
}
