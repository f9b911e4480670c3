using System.Management.Automation;
using Membrane.Client.Transport;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ConnectionRequests;

/// <summary>
/// Waits until the person has decided, and emits the request with the id of the connection. A refusal is an error with its reason.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "MembraneConnectionRequest", HelpUri = OnlineHelp.Pages + "Wait-MembraneConnectionRequest.md")]
[OutputType(typeof(ConnectionRequest))]
public sealed class WaitMembraneConnectionRequestCommand : MembraneWaitCommand
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
    protected override void Process()
    {
        var id = ConnectionRequest!.IdOrKey;
        var activity = $"Connection request {id}";
        ConnectionRequest request;
        try
        {
            request = Await(token =>
                Client.ConnectionRequests.WaitAsync(
                    id,
                    WaitFor<ConnectionRequest>(
                        activity,
                        static state =>
                            state.Status == "pending" ? "Waiting for a person to sign in on the page" : state.Status ?? string.Empty
                    ),
                    token
                )
            );
        }
        finally
        {
            EndProgress(activity);
        }

        if (request.Status == "success")
        {
            WriteObject(request);
            return;
        }

        var reason = request.ResultError is { } error ? error.ToString() : "no reason was given";
        WriteError(
            new MembraneException(
                AppAnswer.IdOf(request.ResultError, ErrorIds.ConnectionRequestFailed, PowerShellObjectAdapter.Instance),
                $"There is no connection: the request {id} ended with status '{request.Status}': {reason}.".Replace("..", "."),
                "Ask again with New-MembraneConnectionRequest."
            ),
            request
        );
    }
}
