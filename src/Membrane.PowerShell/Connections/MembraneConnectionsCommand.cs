using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>The base of the commands that do the same thing to each of several connections, several at a time.</summary>
public abstract class MembraneConnectionsCommand : MembraneBulkCommand
{
    /// <summary>The connections: objects, ids, keys, or the key of an app that is connected once.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId", "Id")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference[]? Connection { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Connection;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        Batch.Expected ??= MyInvocation.ExpectingInput ? null : Connection!.Length;
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
