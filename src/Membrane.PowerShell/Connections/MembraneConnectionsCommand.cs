using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>The base of the commands that do the same thing to each of several connections, several at a time.</summary>
public abstract class MembraneConnectionsCommand : MembraneApiCommand
{
    /// <summary>The connections: objects, ids, keys, or the key of an app that is connected once.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId", "Id")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference[]? Connection { get; set; }

    /// <summary>
    /// How many items are worked on at a time at most, 1 to 256; fewer while the service limits the rate. 1 does one after the
    /// other, in the order of the input.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// How many seconds an input waits at most while the service limits the rate, 0 to 86400. Without this parameter, one input alone is
    /// tried four times, as by every other command.
    /// </summary>
    [Parameter]
    [ValidateRange(0, LongestRateLimitWaitSec)]
    public int MaxRateLimitWaitSec { get; set; } = UsualRateLimitWaitSec;

    /// <summary>The name of a variable for the summary of all items. It is kept up to date, also when the command is stopped.</summary>
    [Parameter]
    [RefuseNothing]
    public string? SummaryVariable { get; set; }

    /// <summary>
    /// A file for a report of the batch, with the extension .html, .csv or .json: what became of each input, errors by cause, and how many
    /// ended when. It is written whole when the command ends, also when it is stopped.
    /// </summary>
    [Parameter]
    [RefuseNothing]
    public string? ReportPath { get; set; }

    /// <summary>Replace the file of -ReportPath, where it is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What the progress bar says is being done.</summary>
    private protected abstract string Activity { get; }

    // As an item of the batch, so that it is counted, too.
    private protected sealed override void Refuse(MembraneInputException refusal) => Batch.SubmitError(ErrorTarget, refusal);

    /// <inheritdoc/>
    protected override object? ErrorTarget => Connection;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        StartBatch(Activity, ThrottleLimit, MaxRateLimitWaitSec, SummaryVariable);
        StartReport(ReportPath, Force);
    }

    /// <inheritdoc/>
    protected sealed override void Process() => Batch.ForEach(Connection!, static connection => connection.IdOrKey, Process);

    /// <summary>What is done to one of them.</summary>
    private protected abstract void Process(ConnectionReference connection);

    /// <summary>Starts the work on a connection.</summary>
    /// <param name="connection">The connection. A name is looked up on the way.</param>
    /// <param name="work">What is to be done, with the id of the connection.</param>
    private protected void Submit(ConnectionReference connection, Func<string, CancellationToken, Task<object?>> work)
    {
        var resolver = Batch.Client.ConnectionResolver;
        Batch.Submit(
            connection.IdOrKey,
            async token =>
                await work(
                        connection.IsId
                            ? connection.IdOrKey
                            : await resolver.ResolveIdAsync(connection.IdOrKey, token).ConfigureAwait(false),
                        token
                    )
                    .ConfigureAwait(false),
            connection.IdOrKey
        );
    }
}
