using System.Management.Automation;
using Membrane.Client.Apps;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Requests;

/// <summary>
/// Sends a request to the API of the app behind a connection; Membrane adds the credentials
/// (METHOD /connections/{selector}/proxy/{path}).
/// </summary>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "MembraneAppRequest",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Invoke-MembraneAppRequest.md"
)]
[OutputType(typeof(PSObject), typeof(string), typeof(byte[]))]
public sealed class InvokeMembraneAppRequestCommand : MembraneRequestCommand
{
    /// <summary>The connection: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>
    /// The path of the app's API, such as /crm/v3/objects/contacts, or a whole address of the app, of which the path is sent. Any other
    /// host is refused.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Uri")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Path { get; set; }

    /// <summary>The body: a hashtable or an object becomes JSON, text and bytes are sent as they are.</summary>
    [Parameter]
    [Alias("Data")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? Body { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Connection?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var request = Describe(Path!, Body);
        var connectionId = default(string);
        if (AppRequestPath.IsAddress(Path!))
        {
            connectionId = this.ResolveId(Connection)!;
            request.Path = Await(token => Client.AppRequestPath.ResolveAsync(connectionId, Path!, token));
        }

        Client.Requests.CheckForApp(request);
        if (!IsRead && !ShouldProcess($"{Path} of {Connection}", $"Send {Method}"))
        {
            return;
        }

        RequireOutFile();
        connectionId ??= this.ResolveId(Connection)!;
        Write(Await(token => Client.Requests.SendToAppAsync(connectionId, request, token)));
    }
}
