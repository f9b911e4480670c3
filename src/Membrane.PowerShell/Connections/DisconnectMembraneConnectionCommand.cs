using System.Management.Automation;
using Membrane.Client.Transport;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Revokes and erases the credentials of connections; only signing in to the app again makes them usable (POST
/// /connections/{id}/disconnect).
/// </summary>
[Cmdlet(
    VerbsCommunications.Disconnect,
    "MembraneConnection",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = OnlineHelp.Pages + "Disconnect-MembraneConnection.md"
)]
[OutputType(typeof(Connection))]
public sealed class DisconnectMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>Emit the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Erasing credentials";

    private protected override void Process(ConnectionReference connection)
    {
        if (!ShouldProcess(connection.Words, "Revoke and erase credentials"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        var connections = Batch.Client.Connections;
        Submit(
            connection,
            async (id, token) =>
            {
                await connections.DisconnectAsync(id, token).ConfigureAwait(false);
                return PassThru ? await ReadBack.ReadAsync(() => connections.GetAsync(id, token)).ConfigureAwait(false) : null;
            }
        );
    }
}
