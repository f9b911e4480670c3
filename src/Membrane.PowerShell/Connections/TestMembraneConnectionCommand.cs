using System.Management.Automation;

namespace Membrane.PowerShell.Connections;

/// <summary>Has the connectors of connections try the credentials at the external app (POST /connections/{id}/test).</summary>
[Cmdlet(VerbsDiagnostic.Test, "MembraneConnection", HelpUri = OnlineHelp.Pages + "Test-MembraneConnection.md")]
[OutputType(typeof(ConnectionTest), typeof(bool))]
public sealed class TestMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>Emit only whether the connection works.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override string Activity => "Testing connections";

    private protected override void Process(ConnectionReference connection)
    {
        var connections = Batch.Client.Connections;
        Submit(connection, async (id, token) => await connections.TestAsync(id, token).ConfigureAwait(false));
    }

    private protected override void Emit(object result, long index) =>
        WriteObject(Quiet ? ((ConnectionTest)result).Success == true : result);
}
