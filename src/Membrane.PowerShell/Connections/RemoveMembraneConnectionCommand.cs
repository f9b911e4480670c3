using System.Management.Automation;

namespace Membrane.PowerShell.Connections;

/// <summary>Archives connections: they are no longer listed or used. Restore-MembraneConnection brings them back (DELETE /connections/{id}).</summary>
[Cmdlet(VerbsCommon.Remove, "MembraneConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Connection))]
public sealed class RemoveMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>Emit the connection as it was before.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(ConnectionReference connection)
    {
        string id = ResolveId(connection)!;
        if (!ShouldProcess(connection.Words, "Archive connection"))
        {
            return;
        }

        Connection? before = PassThru ? connection.Source as Connection ?? Get(id) : null;
        Await(token => Client.Connections.ArchiveAsync(id, token));
        Client.ConnectionResolver.ForgetId(id);
        if (before is not null)
        {
            WriteObject(before);
        }
    }
}
