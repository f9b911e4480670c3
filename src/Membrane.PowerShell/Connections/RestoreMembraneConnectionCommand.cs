using System.Management.Automation;
using Membrane.Client.Transport;

namespace Membrane.PowerShell.Connections;

/// <summary>Brings archived connections back (POST /connections/{elementSelector}/restore).</summary>
[Cmdlet(
    VerbsData.Restore,
    "MembraneConnection",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Restore-MembraneConnection.md"
)]
[OutputType(typeof(Connection))]
public sealed class RestoreMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>Emit the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Restoring connections";

    private protected override void Process(ConnectionReference connection)
    {
        var id = connection.IdOrKey;
        if (!ShouldProcess(connection.Words, "Restore connection"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        // An archived connection is not looked for by its name: the service may not show it.
        var connections = Batch.Client.Connections;
        Batch.Submit(
            id,
            async token =>
            {
                await connections.RestoreAsync(id, token).ConfigureAwait(false);
                // The answer of the service has few fields.
                return PassThru ? await ReadBack.ReadAsync(() => connections.GetAsync(id, token)).ConfigureAwait(false) : null;
            },
            id
        );
    }
}
