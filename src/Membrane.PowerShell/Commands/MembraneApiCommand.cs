using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Bulk;
using Membrane.Client.Reports;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Commands;

/// <summary>The base of all commands that call the API.</summary>
public abstract class MembraneApiCommand : MembraneCommand, IBatchOutput
{
    /// <summary>How many seconds an item of a batch waits for the rate limit unless the caller says otherwise.</summary>
    private protected const int UsualRateLimitWaitSec = 600;

    /// <summary>The most that the caller may say: a day.</summary>
    private protected const int LongestRateLimitWaitSec = 86400;

    private const string RateLimitWaitParameter = "MaxRateLimitWaitSec";

    private MembraneClient? client;
    private CommandBatch? batch;
    private bool hasSuggested;

    /// <summary>The sign-in to use: a context or its name. Without it, the default context of this session.</summary>
    [Parameter]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public MembraneContext? Context { get; set; }

    /// <summary>The client of the context. It is found when the command begins; afterwards any thread may use it.</summary>
    /// <exception cref="MembraneSignInException">There is no usable context.</exception>
    internal MembraneClient Client => client ??= MembraneSession.Of(Context).Client;

    bool IBatchOutput.HasPerson => Interactivity.HasPerson(Host);

    /// <summary>The items that the command works on several at a time; to be used after StartBatch.</summary>
    private protected CommandBatch Batch => batch!;

    CancellationToken IBatchOutput.StopToken => StopToken;

    void IBatchOutput.Await(Func<CancellationToken, Task> work) => Await(work);

    void IBatchOutput.Emit(object result, long index) => Emit(result, index);

    MembraneException? IBatchOutput.FindError(object result) => FindError(result);

    object? IBatchOutput.ReportedOutput(object result) => ReportedOutput(result);

    void IBatchOutput.WriteItemError(MembraneException error, object? target) => WriteItemError(error, target);

    /// <summary>What the user calls the command.</summary>
    private protected virtual string CommandName => MyInvocation.MyCommand.Name;

    /// <summary>Emits the result of an item of the batch.</summary>
    private protected virtual void Emit(object result, long index) => WriteObject(result);

    /// <summary>Returns what a report has of the result of an item.</summary>
    private protected virtual object? ReportedOutput(object result) => result;

    /// <summary>Returns the error that the result of an item itself reports, or null.</summary>
    private protected virtual MembraneException? FindError(object result) => null;

    /// <summary>Refuses an empty input. Only a command without any input goes on without one.</summary>
    /// <param name="input">The input.</param>
    /// <param name="parameterName">The parameter that takes it.</param>
    /// <param name="isNamed">Whether the call itself has the parameter; else the input comes from the pipeline, where there is one.</param>
    /// <exception cref="MembraneInputException">The input is empty.</exception>
    private protected void RequireInput(object? input, string parameterName, bool isNamed)
    {
        if ((isNamed || MyInvocation.ExpectingInput) && Nothing.DescribeItself(input) is { } nothing)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"Nothing was given for {parameterName} ({nothing}).",
                $"Look at the variable or the property that it comes from, or leave -{parameterName} out to go without."
            );
        }
    }

    /// <summary>Returns the input of an item: what -InputJson holds, or else the object, which must be something.</summary>
    /// <param name="input">The value of -InputObject.</param>
    /// <param name="json">The value of -InputJson.</param>
    /// <param name="isNamed">Whether -InputObject was given by name.</param>
    private protected object? ReadInput(PSObject? input, string? json, bool isNamed)
    {
        if (json is not null)
        {
            return JsonArgument.Parse(json, "InputJson");
        }

        RequireInput(input, "InputObject", isNamed);
        return input;
    }

    /// <summary>Does something for each reference or text. An error is one error record that names it, and the next one follows.</summary>
    private protected void ForEach<T>(IEnumerable<T> references, Action<T> body)
    {
        foreach (var reference in references)
        {
            try
            {
                body(reference);
            }
            catch (MembraneException exception) when (exception is not MembraneSignInException)
            {
                WriteError(exception, reference is ElementReference { IdOrKey: var named } ? named : reference);
            }
        }
    }

    /// <summary>Gets the named items and emits them in that order: one alone at once, several or those of a pipeline in a batch.</summary>
    /// <param name="references">The names.</param>
    /// <param name="throttleLimit">How many are read at a time at most.</param>
    /// <param name="maxRateLimitWaitSec">How many seconds each waits at most while the service limits the rate.</param>
    /// <param name="prepare">Returns, on the pipeline thread, how one of them is read, on any thread.</param>
    private protected void GetEach<T>(
        IReadOnlyList<T> references,
        int throttleLimit,
        int maxRateLimitWaitSec,
        Func<MembraneClient, T, Func<CancellationToken, Task<object?>>> prepare
    )
        where T : ElementReference
    {
        if (references.Count != 1 || MyInvocation.ExpectingInput || IsNamed(RateLimitWaitParameter))
        {
            GetInBatch(references, throttleLimit, maxRateLimitWaitSec, prepare);
            return;
        }

        try
        {
            if (Await(prepare(Client, references[0])) is { } found)
            {
                WriteObject(found);
            }
        }
        catch (MembraneException exception)
        {
            exception.InputIndex = 0;
            WriteItemError(exception, references[0].IdOrKey);
        }
    }

    /// <summary>Gets the named items in a batch, and emits them in that order.</summary>
    /// <inheritdoc cref="GetEach"/>
    private protected void GetInBatch<T>(
        IReadOnlyList<T> references,
        int throttleLimit,
        int maxRateLimitWaitSec,
        Func<MembraneClient, T, Func<CancellationToken, Task<object?>>> prepare
    )
        where T : ElementReference
    {
        var items = batch ?? StartBatch("Reading", throttleLimit, maxRateLimitWaitSec, summaryVariable: null);
        if (!MyInvocation.ExpectingInput)
        {
            items.Expected = references.Count;
        }

        items.ForEach(
            references,
            static reference => reference.IdOrKey,
            reference => items.Submit(reference.IdOrKey, prepare(items.Client, reference))
        );
    }

    /// <summary>Begins to work on several items at a time. The batch ends with the command, however that ends.</summary>
    /// <param name="activity">What the progress bar says is being done.</param>
    /// <param name="throttleLimit">How many items are worked on at a time at most, from 1.</param>
    /// <param name="maxRateLimitWaitSec">
    /// How many seconds each waits at most while the service limits the rate. Where the caller did not say, that is for several items: one
    /// alone is tried as often as by a command without a batch.
    /// </param>
    /// <param name="summaryVariable">The name of a variable for the summary; null for none.</param>
    /// <param name="isOrdered">Whether results are emitted in the order of the items; else in that of completion.</param>
    /// <param name="session">The session in which the variable is; null for that of the command.</param>
    private protected CommandBatch StartBatch(
        string activity,
        int throttleLimit,
        int maxRateLimitWaitSec,
        string? summaryVariable,
        bool isOrdered = true,
        SessionState? session = null
    )
    {
        var maxWait = TimeSpan.FromSeconds(maxRateLimitWaitSec);
        var isAlwaysWaiting = MyInvocation.ExpectingInput || IsNamed(RateLimitWaitParameter);
        var limiter = new RateLimiter(throttleLimit, () => isAlwaysWaiting || batch is { HasSeveral: true } ? maxWait : null);
        batch = new CommandBatch(this, Client.WithRateLimiter(limiter), activity, throttleLimit, isOrdered);
        if (summaryVariable is not null)
        {
            (session ?? SessionState).PSVariable.Set(summaryVariable.TrimStart('$'), batch.Summary);
        }

        return batch;
    }

    /// <summary>Begins a report of the batch, where one is wanted and something is to be done.</summary>
    /// <param name="reportPath">The path of the report; null for none.</param>
    /// <param name="replaces">Whether it may take the place of a file that is there.</param>
    /// <exception cref="MembraneInputException">No report can be written there.</exception>
    private protected void StartReport(string? reportPath, bool replaces)
    {
        const string parameterName = "ReportPath";
        if (reportPath is null)
        {
            if (replaces)
            {
                throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    "Force",
                    "-Force replaces the file of a report, and no report is asked for.",
                    "Pass -ReportPath as well, or leave out -Force. -Confirm:$false asks no questions."
                );
            }

            return;
        }

        var path = FilePath.Resolve(this, reportPath, parameterName);
        var isDryRun = MyInvocation.BoundParameters.TryGetValue("WhatIf", out var whatIf)
            ? whatIf is SwitchParameter { IsPresent: true }
            : GetVariableValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };
        if (isDryRun)
        {
            BatchReport.FormatOf(path, parameterName);
            return;
        }

        batch!.Report = new CommandReport(BatchReport.Begin(path, replaces, CommandName, parameterName));
    }

    /// <summary>Emits what the batch is working on, before something else is written.</summary>
    private protected void FinishBatch() => batch?.Finish();

    /// <summary>Returns how long to wait, and shows each state meanwhile.</summary>
    /// <param name="activity">What is waited for.</param>
    /// <param name="describe">Describes a state.</param>
    /// <param name="timeout">How long; less than a second means a second.</param>
    /// <param name="notice">Told of each state as well, on the pipeline thread.</param>
    internal WaitOptions<T> WaitFor<T>(string activity, Func<T, string> describe, TimeSpan timeout, Action<T>? notice = null) =>
        new()
        {
            Timeout = timeout < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : timeout,
            What = activity,
            Progress = new StateProgress<T>(this, activity, describe, notice),
        };

    /// <summary>Removes the progress.</summary>
    internal void EndProgress(string activity) => new StateProgress<object>(this, activity, static _ => string.Empty).End();

    /// <inheritdoc/>
    protected override void Begin()
    {
        RequireWait();
        _ = Client;
    }

    /// <inheritdoc/>
    protected override void End() => batch?.Finish();

    // Who only wants to know whether something is there does not wait until others like it are looked up.
    private bool IsSilent =>
        MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var wanted)
        && wanted is ActionPreference.SilentlyContinue or ActionPreference.Ignore;

    private protected sealed override void Advise(MembraneException exception)
    {
        if (exception is { ErrorId: ErrorIds.NotFound } && !hasSuggested && client is not null && !IsSilent)
        {
            // Once for a command: its other inputs are not kept waiting for the same advice.
            hasSuggested = true;
            exception.RecommendedAction = $"{NearNames.Suggest(this, client)} {exception.RecommendedAction}".Trim();
        }
    }

    private protected sealed override void AfterEnd() => batch?.WriteReport();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            batch?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteItemError(MembraneException error, object? target)
    {
        if (error is MembraneSignInException)
        {
            ThrowTerminatingError(ErrorRecords.Create(error, target));
        }

        WriteError(error, target);
    }

    // A caller who says how long to wait expects the command to wait.
    private void RequireWait()
    {
        var isWaiting = MyInvocation.BoundParameters.TryGetValue("Wait", out var wait) && wait is SwitchParameter { IsPresent: true };
        if (!isWaiting && IsNamed("TimeoutSec") && MyInvocation.MyCommand.Parameters.ContainsKey("Wait"))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "TimeoutSec",
                "-TimeoutSec says how long to wait, and without -Wait nothing is waited for.",
                "Pass -Wait as well, or leave out -TimeoutSec."
            );
        }
    }
}
