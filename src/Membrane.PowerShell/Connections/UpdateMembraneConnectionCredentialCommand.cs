using System.Management.Automation;
using Membrane.Client.Transport;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Has the connectors of connections get fresh credentials now, where they can (POST /connections/{id}/refresh-credentials).
/// </summary>
[Cmdlet(
    VerbsData.Update,
    "MembraneConnectionCredential",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Update-MembraneConnectionCredential.md"
)]
[OutputType(typeof(Connection))]
public sealed class UpdateMembraneConnectionCredentialCommand : MembraneConnectionsCommand
{
    /// <summary>Emit the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Refreshing credentials";

    private protected override void Process(ConnectionReference connection)
    {
        if (!ShouldProcess(connection.Words, "Refresh credentials"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        var connections = Batch.Client.Connections;
        Submit(
            connection,
            async (id, token) =>
            {
                await connections.RefreshCredentialsAsync(id, token).ConfigureAwait(false);
                return PassThru ? await ReadBack.ReadAsync(() => connections.GetAsync(id, token)).ConfigureAwait(false) : null;
            }
        );
    }
}
