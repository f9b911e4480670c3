using System.Management.Automation;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Archives connections: they are no longer listed or used. Restore-MembraneConnection brings them back (DELETE /connections/{id}).
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "MembraneConnection",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = OnlineHelp.Pages + "Remove-MembraneConnection.md"
)]
[OutputType(typeof(Connection))]
public sealed class RemoveMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>Emit the connection as it was before.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Archiving connections";

    private protected override void Process(ConnectionReference connection)
    {
        if (!ShouldProcess(connection.Words, "Archive connection"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        var client = Batch.Client;
        Submit(
            connection,
            async (id, token) =>
            {
                var before = PassThru
                    ? connection.Live<Connection>() ?? await client.Connections.GetAsync(id, token).ConfigureAwait(false)
                    : null;
                await client.Connections.ArchiveAsync(id, token).ConfigureAwait(false);
                client.ConnectionResolver.ForgetId(id);
                return before;
            }
        );
    }
}
