using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Waits until connections are usable, and emits them (GET /connections/{id}?wait=true). While one is built, its state is shown;
/// while a person must act, a warning says what to do. A setup that failed is an error with its reason.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "MembraneConnection", HelpUri = OnlineHelp.Pages + "Wait-MembraneConnection.md")]
[OutputType(typeof(Connection))]
public sealed class WaitMembraneConnectionCommand : MembraneWaitCommand
{
    private ConnectionWait? wait;

    /// <summary>The connections: objects, ids, keys, or the key of an app that is connected once.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId", "Id")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference[]? Connection { get; set; }

    /// <summary>Emit a connection also when a person must act, instead of waiting for that: for scripts that act themselves.</summary>
    [Parameter]
    public SwitchParameter StopAtClientAction { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Connection;

    /// <inheritdoc/>
    protected override void Process()
    {
        wait ??= new ConnectionWait(this);
        ForEach(Connection!, connection => WriteObject(wait.UntilUsable(this.ResolveId(connection)!, StopAtClientAction)));
    }
}
