using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ConnectionRequests;

/// <summary>Gets connection requests: whether the person has decided (GET /connection-requests/{requestId}).</summary>
[Cmdlet(VerbsCommon.Get, "MembraneConnectionRequest", HelpUri = OnlineHelp.Pages + "Get-MembraneConnectionRequest.md")]
[OutputType(typeof(ConnectionRequest))]
public sealed class GetMembraneConnectionRequestCommand : MembraneApiCommand
{
    /// <summary>The request: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "RequestId")]
    [ReferenceTransformation(typeof(ConnectionRequestReference))]
    [ArgumentCompleter(typeof(NoCompleter))]
    public ConnectionRequestReference? ConnectionRequest { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => ConnectionRequest?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process() => WriteObject(Await(token => Client.ConnectionRequests.GetAsync(ConnectionRequest!.IdOrKey, token)));
}
