using System.Management.Automation;
using Membrane.Client.Connections;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Finds the connection to an app by the app's address, or makes one (POST /connections/ensure). A new one may have to be built
/// first, and a person to sign in: wait for that with -Wait, or with Wait-MembraneConnection.
/// </summary>
[Cmdlet(
    VerbsDiagnostic.Resolve,
    "MembraneConnection",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Resolve-MembraneConnection.md"
)]
[OutputType(typeof(Connection))]
public sealed class ResolveMembraneConnectionCommand : MembraneWaitCommand
{
    /// <summary>The address of the app's web site, or its domain: https://slack.com or slack.com. At most 2000 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AppUri", "Uri", "Url")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AppUrl { get; set; }

    /// <summary>A name for the connection, if one has to be made.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Wait until the connection is usable.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AppUrl;

    /// <inheritdoc/>
    protected override void Process()
    {
        var address = AppAddress.Check(AppUrl, nameof(AppUrl));
        if (!ShouldProcess(address, "Find or create connection"))
        {
            return;
        }

        var connection = Await(token => Client.Connections.EnsureAsync(address, Name, token));
        WriteObject(Wait ? new ConnectionWait(this).UntilUsable(connection.Id!, endsAtAction: false) : connection);
    }
}
