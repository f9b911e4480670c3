using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Transport;

namespace Membrane.PowerShell.Common;

/// <summary>
/// The base of all commands. It owns cancellation, waiting for tasks on the pipeline thread, streaming, and turning
/// exceptions into error records. Everything is written on the pipeline thread.
/// </summary>
public abstract class MembraneCommand : PSCmdlet, IDisposable
{
    private const string DefaultsVariable = "PSDefaultParameterValues";

    private static readonly AsyncLocal<MembraneCommand?> Running = new();

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<System.Action> messages = new();
    private readonly SemaphoreSlim wake = new(0);
    private bool isVerboseShown;
    private RateLimitNotice? rateLimit;

    /// <summary>The command that the current work is done for, on any thread; null where it is done for no command.</summary>
    internal static MembraneCommand? Current => Running.Value;

    /// <summary>Canceled when the pipeline is stopped or the command ends.</summary>
    protected internal CancellationToken StopToken => stopping.Token;

    /// <summary>Closes what the command holds. Runs also when the pipeline is stopped.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    // All that a person reads of a command goes through these: names and texts of strangers stand in it.

    /// <summary>Writes a warning, with what would steer a terminal written out.</summary>
    public new void WriteWarning(string text) => base.WriteWarning(ShownText.Of(text));

    /// <summary>Writes to the verbose stream, with what would steer a terminal written out.</summary>
    public new void WriteVerbose(string text) => base.WriteVerbose(ShownText.Of(text));

    /// <summary>Shows progress, with what would steer a terminal written out.</summary>
    public new void WriteProgress(ProgressRecord progressRecord)
    {
        progressRecord.Activity = ShownText.OfLine(progressRecord.Activity);
        progressRecord.StatusDescription = ShownText.OfLine(progressRecord.StatusDescription);
        base.WriteProgress(progressRecord);
    }

    /// <summary>Asks whether to go on, with what would steer a terminal written out.</summary>
    public new bool ShouldProcess(string? target, string action) => base.ShouldProcess(ShownText.OfLine(target ?? string.Empty), action);

    /// <summary>Asks whether to go on, with what would steer a terminal written out.</summary>
    public new bool ShouldProcess(string description, string warning, string caption, out ShouldProcessReason reason) =>
        base.ShouldProcess(ShownText.Of(description), ShownText.Of(warning), caption, out reason);

    /// <summary>Reports the answer to a request, from any thread.</summary>
    internal void ReportAnswer(string operation, int statusCode, TimeSpan duration)
    {
        // What is not shown is not written: to wake the pipeline thread for every answer costs more than all else here.
        if (isVerboseShown)
        {
            Post(() => WriteVerbose($"{operation} -> {statusCode} in {duration.TotalMilliseconds:0} ms"));
        }
    }

    /// <summary>Reports that a request is going to be sent again, from any thread.</summary>
    internal void ReportRetry(string operation, string reason, TimeSpan delay) =>
        Post(() => WriteVerbose($"{operation} is sent again in {delay.TotalSeconds:0.0} s: {reason}"));

    /// <summary>Reports that a request waits because the service limits the rate, from any thread.</summary>
    internal void ReportRateLimit(string operation, TimeSpan delay) =>
        Post(() => (rateLimit ??= new RateLimitNotice(this)).Show(operation, delay));

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        isVerboseShown =
            MyInvocation.BoundParameters.ContainsKey("Verbose")
            || MyInvocation.BoundParameters.ContainsKey("Debug")
            || GetVariableValue("VerbosePreference") is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
        WritePendingWarnings();
        SerializedDepth.Apply(this);
        Guard(
            () =>
            {
                RefuseEmptyDefaults();
                if (SelectingParameters.FindBlank(this) is { } refusal)
                {
                    throw refusal;
                }

                Begin();
            },
            isTerminating: true
        );
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() =>
        Guard(
            () =>
            {
                if (MyInvocation.ExpectingInput && SelectingParameters.FindBlank(this) is { } refusal)
                {
                    Refuse(refusal);
                }
                else
                {
                    Process();
                }
            },
            isTerminating: false
        );

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Guard(End, isTerminating: false);
        Guard(AfterEnd, isTerminating: false);
        rateLimit?.End();
        WritePendingWarnings();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stopping.Cancel();

    /// <summary>Runs once, before the first object. An error here ends the command.</summary>
    protected virtual void Begin() { }

    /// <summary>Runs for each object of the pipeline. An error here is one error record, and the pipeline goes on.</summary>
    protected abstract void Process();

    /// <summary>Runs once, after the last object.</summary>
    protected virtual void End() { }

    /// <summary>Runs once, when all that the command does is done, also after an error of <see cref="End"/> that did not end it.</summary>
    private protected virtual void AfterEnd() { }

    /// <summary>What an error record of this object names as its target.</summary>
    protected virtual object? ErrorTarget => null;

    /// <summary>Refuses an item of the pipeline that names nothing.</summary>
    private protected virtual void Refuse(MembraneInputException refusal) => throw refusal;

    /// <summary>Whether the errors of the command end it: true for commands that do one thing.</summary>
    protected virtual bool AreErrorsTerminating => false;

    /// <summary>Returns whether the call itself, and not only the session's defaults, has a value for a parameter.</summary>
    internal bool IsNamed(string parameter) =>
        MyInvocation.BoundParameters.ContainsKey(parameter)
        && !(
            Defaults is { } defaults
            && defaults.Keys.Cast<object>().Any(key => key.ToString()!.EndsWith(":" + parameter, StringComparison.OrdinalIgnoreCase))
        );

    private IDictionary? Defaults => SessionState.PSVariable.GetValue(DefaultsVariable) as IDictionary;

    // A default that a parameter refuses is only warned of by the engine: the command would go on without it, for the default context or
    // for everything.
    private void RefuseEmptyDefaults()
    {
        foreach (DictionaryEntry entry in Defaults ?? new Hashtable())
        {
            var key = entry.Key.ToString()!;
            var colon = key.LastIndexOf(':');
            var parameter = key.Substring(colon + 1).Trim();
            if (
                colon > 0
                && Nothing.Describe(entry.Value) is { } nothing
                && MyInvocation.MyCommand.Parameters.ContainsKey(parameter)
                && !MyInvocation.BoundParameters.ContainsKey(parameter)
                && WildcardPattern.Get(key.Substring(0, colon).Trim(), WildcardOptions.IgnoreCase).IsMatch(MyInvocation.MyCommand.Name)
            )
            {
                throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    parameter,
                    $"The default for {parameter} in ${DefaultsVariable} is nothing ({nothing}).",
                    $"Set '{key}' to what is meant, or take it out of ${DefaultsVariable}."
                );
            }
        }
    }

    private void WritePendingWarnings()
    {
        while (PendingWarnings.Current.Take() is { } warning)
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Closes what the command holds.</summary>
    /// <param name="disposing">Whether managed things are to be closed.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            stopping.Cancel();
            stopping.Dispose();
            wake.Dispose();
        }
    }

    /// <summary>
    /// Starts work and waits for it, writing its messages meanwhile. Ctrl-C ends the wait. Up to its first wait the
    /// work runs on the pipeline thread, so that what it reads of the user's objects may run script.
    /// </summary>
    protected internal T Await<T>(Func<CancellationToken, Task<T>> work) => Await(work(StopToken));

    /// <summary>Runs a task and waits for it.</summary>
    protected internal void Await(Func<CancellationToken, Task> work) =>
        Await<object?>(async token =>
        {
            await work(token).ConfigureAwait(false);
            return null;
        });

    /// <summary>Writes the items as they come.</summary>
    protected internal void Stream<T>(IAsyncEnumerable<T> items) => Stream(items, static _ => true);

    /// <summary>Writes the items that match, as they come.</summary>
    protected internal void Stream<T>(IAsyncEnumerable<T> items, Func<T, bool> fits)
    {
        if (items is Listing<T> listing)
        {
            Watch(listing);
        }

        var enumerator = items.GetAsyncEnumerator(StopToken);
        try
        {
            while (AwaitNext(enumerator))
            {
                if (fits(enumerator.Current))
                {
                    WriteObject(enumerator.Current);
                }
            }
        }
        finally
        {
            // Leaving early, by an error or because a command downstream has enough, ends the page that is under way.
            enumerator.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Has a warning written when a list goes on with empty pages: nothing else would show that the command is not stuck.</summary>
    internal void Watch<T>(Listing<T> list) =>
        list.OnManyEmptyPages = () =>
            Post(() =>
                WriteWarning(
                    $"The service has answered with {Listing<T>.ManyEmptyPages} empty pages in a row, each with a cursor to a further one. "
                        + "The list goes on until there is no further page; Ctrl+C ends it."
                )
            );

    /// <summary>Queues something to be written on the pipeline thread, from any thread.</summary>
    protected internal void Post(System.Action write)
    {
        messages.Enqueue(write);
        try
        {
            wake.Release();
        }
        catch (ObjectDisposedException)
        {
            // The command has ended: nothing can be written any more.
        }
    }

    /// <summary>Runs script on the pipeline thread, the only one where it may run, from any thread.</summary>
    internal Task<T> RunScriptAsync<T>(Func<T> script, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var registration = cancellationToken.Register(() => result.TrySetCanceled(cancellationToken));
        _ = result.Task.ContinueWith(
            _ => registration.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        Post(() =>
        {
            if (result.Task.IsCompleted)
            {
                return;
            }

            try
            {
                result.TrySetResult(script());
            }
            catch (PipelineStoppedException)
            {
                result.TrySetCanceled();
                throw;
            }
            catch (Exception exception) when (exception is MembraneException or RuntimeException)
            {
                result.TrySetException(exception);
            }
        });
        return result.Task;
    }

    /// <summary>Writes an error of the client as an error record.</summary>
    protected internal void WriteError(MembraneException exception, object? target)
    {
        Advise(exception);
        WriteError(ErrorRecords.Create(exception, target));
    }

    /// <summary>Adds to the advice of an error what this command knows of it.</summary>
    private protected virtual void Advise(MembraneException exception) { }

    /// <summary>Ends the command with an error.</summary>
    internal void EndWith(MembraneException exception) => ThrowTerminatingError(ErrorRecords.Create(exception, ErrorTarget));

    private bool AwaitNext<T>(IAsyncEnumerator<T> enumerator)
    {
        var next = enumerator.MoveNextAsync();
        return next.IsCompletedSuccessfully ? next.Result : Await(next.AsTask());
    }

    private T Await<T>(Task<T> task)
    {
        if (!task.IsCompleted)
        {
            WaitFor(task);
        }

        WriteMessages();
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is not MembraneException)
        {
            throw Unexpected(exception);
        }
    }

    /// <summary>Returns an error that is not one of the client as an error of the module.</summary>
    internal static MembraneException Unexpected(Exception exception) =>
        exception is ObjectDisposedException { ObjectName: nameof(MembraneClient) }
            ? new MembraneSignInException(
                ErrorIds.ContextDisconnected,
                "The context was disconnected while the command ran.",
                "Sign in again with Connect-Membrane.",
                exception
            )
            : new MembraneException(
                ErrorIds.Unexpected,
                $"Something unexpected went wrong ({exception.GetType().Name}): {UserInfo.Hide(exception.Message)}",
                "This is a defect of the module: please report it with the output of Get-Error.",
                UserInfo.Hide(exception)
            );

    private void WaitFor(Task task)
    {
        _ = task.ContinueWith(
            static (_, state) => ((MembraneCommand)state!).Post(static () => { }),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        while (!task.IsCompleted)
        {
            wake.Wait();
            WriteMessages();
        }
    }

    private void WriteMessages()
    {
        while (messages.TryDequeue(out var write))
        {
            write();
        }
    }

    private void Guard(System.Action body, bool isTerminating)
    {
        var outer = Running.Value;
        Running.Value = this;
        try
        {
            body();
            WriteMessages();
        }
        catch (MembraneException exception)
        {
            WriteMessages();
            Advise(exception);
            var record = ErrorRecords.Create(exception, ErrorTarget);
            if (isTerminating || AreErrorsTerminating || exception is MembraneSignInException)
            {
                ThrowTerminatingError(record);
            }

            WriteError(record);
        }
        finally
        {
            Running.Value = outer;
        }
    }
}
