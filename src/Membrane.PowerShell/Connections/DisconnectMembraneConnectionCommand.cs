using System.Management.Automation;

namespace Membrane.PowerShell.Connections;

/// <summary>Revokes and erases the credentials of connections; only signing in to the app again makes them usable (POST /connections/{id}/disconnect).</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MembraneConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Connection))]
public sealed class DisconnectMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>Emit the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(ConnectionReference connection)
    {
        string id = ResolveId(connection)!;
        if (!ShouldProcess(connection.Words, "Revoke and erase credentials"))
        {
            return;
        }

        Await(token => Client.Connections.DisconnectAsync(id, token));
        if (PassThru)
        {
            WriteObject(Get(id));
        }
    }
}
