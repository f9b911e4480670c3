using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>The base of the commands that do the same thing to each of several connections.</summary>
public abstract class MembraneConnectionsCommand : MembraneApiCommand
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
    protected sealed override void Process() => ForEach(Connection!, Process);

    /// <summary>What is done to one of them.</summary>
    private protected abstract void Process(ConnectionReference connection);

    /// <summary>The connection as it is now.</summary>
    private protected Connection Get(string id) => Await(token => Client.Connections.GetAsync(id, token));
}
