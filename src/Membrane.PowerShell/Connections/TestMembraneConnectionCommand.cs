using System.Management.Automation;

namespace Membrane.PowerShell.Connections;

/// <summary>Has the connectors of connections try the credentials at the external app (POST /connections/{id}/test).</summary>
[Cmdlet(VerbsDiagnostic.Test, "MembraneConnection")]
[OutputType(typeof(ConnectionTest), typeof(bool))]
public sealed class TestMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>Emit only whether the connection works.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process(ConnectionReference connection)
    {
        string id = ResolveId(connection)!;
        ConnectionTest test = Await(token => Client.Connections.TestAsync(id, token));
        if (Quiet)
        {
            WriteObject(test.Success == true);
        }
        else
        {
            WriteObject(test);
        }
    }
}
