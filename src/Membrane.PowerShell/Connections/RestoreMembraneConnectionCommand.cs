using System.Management.Automation;

namespace Membrane.PowerShell.Connections;

/// <summary>Brings archived connections back (POST /connections/{elementSelector}/restore).</summary>
[Cmdlet(VerbsData.Restore, "MembraneConnection", SupportsShouldProcess = true)]
[OutputType(typeof(Connection))]
public sealed class RestoreMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>Emit the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // An archived connection is not looked for: the service may not show it.
    private protected override void Process(ConnectionReference connection)
    {
        string id = connection.IdOrKey;
        if (!ShouldProcess(connection.Words, "Restore connection"))
        {
            return;
        }

        Await(token => Client.Connections.RestoreAsync(id, token));
        if (PassThru)
        {
            // The answer of the service has few fields.
            WriteObject(Get(id));
        }
    }
}
