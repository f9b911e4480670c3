using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// The base of the commands that do the same for many items: several at a time, each with exactly one result or one
/// error, results while input still comes.
/// </summary>
public abstract class MembraneBulkCommand : MembraneApiCommand
{
    private CommandBatch batch = null!;

    /// <summary>
    /// How many items are worked on at once at the most, 1 to 256. Fewer, while the service turns requests away. 1 does one after the
    /// other, in the order of the input.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>The name of a variable for the account of all items. It is kept up to date, also when the command is stopped.</summary>
    [Parameter]
    [RefuseNothing]
    public string? SummaryVariable { get; set; }

    /// <summary>The client whose requests share the gate of this batch.</summary>
    private protected MembraneClient BatchClient => batch.Client;

    /// <summary>What the progress bar says is being done.</summary>
    private protected abstract string Activity { get; }

    /// <summary>
    /// Whether results are emitted in the order of the input. Without it, a result must itself say which input it belongs to.
    /// </summary>
    private protected virtual bool KeepsOrder => true;

    /// <summary>The session in which the variable of the summary is.</summary>
    private protected virtual SessionState SummarySession => SessionState;

    // As an item of the batch, so that it is counted, too.
    private protected sealed override void Refuse(MembraneInputException refusal) => SubmitError(ErrorTarget, refusal);

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        batch = Start(new CommandBatch(this, Activity, ThrottleLimit, KeepsOrder) { Emit = Emit, FindError = FindError });
        if (SummaryVariable is not null)
        {
            SummarySession.PSVariable.Set(SummaryVariable.TrimStart('$'), batch.Summary);
        }
    }

    /// <inheritdoc cref="CommandBatch.Submit"/>
    private protected void Submit(
        object? target,
        Func<CancellationToken, Task<object?>> work,
        string? key = null,
        long? inputIndex = null
    ) => batch.Submit(target, work, key, inputIndex);

    /// <inheritdoc cref="CommandBatch.SubmitError"/>
    private protected void SubmitError(object? target, MembraneException error) => batch.SubmitError(target, error);

    /// <inheritdoc cref="CommandBatch.Skip"/>
    private protected void Skip() => batch.Skip();

    /// <inheritdoc cref="CommandBatch.Decline"/>
    private protected void Decline() => batch.Decline();

    /// <inheritdoc cref="CommandBatch.ForEach"/>
    private protected void ForEachItem<T>(IEnumerable<T> items, Func<T, object?> target, Action<T> body) =>
        batch.ForEach(items, target, body);

    /// <summary>Emits what came of an item.</summary>
    private protected virtual void Emit(object result, long index) => WriteObject(result);

    /// <summary>The error that a result itself speaks of, or null.</summary>
    private protected virtual MembraneException? FindError(object result) => null;
}
