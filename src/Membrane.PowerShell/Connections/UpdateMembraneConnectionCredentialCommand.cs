using System.Management.Automation;

namespace Membrane.PowerShell.Connections;

/// <summary>Has the connectors of connections get fresh credentials now, where they can (POST /connections/{id}/refresh-credentials).</summary>
[Cmdlet(VerbsData.Update, "MembraneConnectionCredential", SupportsShouldProcess = true)]
[OutputType(typeof(Connection))]
public sealed class UpdateMembraneConnectionCredentialCommand : MembraneConnectionsCommand
{
    /// <summary>Emit the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(ConnectionReference connection)
    {
        string id = ResolveId(connection)!;
        if (!ShouldProcess(connection.Words, "Refresh credentials"))
        {
            return;
        }

        Await(token => Client.Connections.RefreshCredentialsAsync(id, token));
        if (PassThru)
        {
            WriteObject(Get(id));
        }
    }
}
