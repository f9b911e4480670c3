using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.ConnectionRequests;
using Membrane.Client.Json;
using Membrane.Client.Transport;
using Membrane.Client.Waiting;

namespace Membrane.Client;

/// <summary>Connection requests: pages on which a person signs in to an external app.</summary>
public class ConnectionRequestsClient
{
    private const string Path = "connection-requests";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected ConnectionRequestsClient() => transport = null!;

    internal ConnectionRequestsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Asks for a connection (<c>POST /connection-requests</c>).</summary>
    /// <exception cref="MembraneInputException">Nothing says what to connect.</exception>
    public virtual Task<ConnectionRequest> CreateAsync(NewConnectionRequest request, CancellationToken cancellationToken = default)
    {
        string?[] identifiers =
        [
            request.ConnectorId,
            request.ConnectorKey,
            request.IntegrationId,
            request.IntegrationKey,
            request.ConnectionId,
            request.ConnectionKey,
        ];
        if (identifiers.All(string.IsNullOrWhiteSpace))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(request.ConnectorId),
                "Nothing says what to connect.",
                "Pass a connector, an integration, or the connection to sign in again."
            );
        }

        return transport.SendAsync(
            ApiRequest
                .Post(Path)
                .Json(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteText("connectorId", request.ConnectorId);
                    writer.WriteText("connectorKey", request.ConnectorKey);
                    writer.WriteText("connectorVersion", request.ConnectorVersion);
                    writer.WriteText("integrationId", request.IntegrationId);
                    writer.WriteText("integrationKey", request.IntegrationKey);
                    writer.WriteText("connectionId", request.ConnectionId);
                    writer.WriteText("connectionKey", request.ConnectionKey);
                    writer.WriteText("name", request.Name);
                    writer.WriteFlag("allowMultipleConnections", request.AllowMultipleConnections);
                    writer.WriteValue(
                        "connectorParameters",
                        request.ConnectorParameters,
                        transport.Objects,
                        nameof(request.ConnectorParameters)
                    );
                    writer.WriteText("redirectUri", request.RedirectUri);
                    writer.WriteText("prompt", request.Prompt);
                    writer.WriteEndObject();
                }),
            ConnectionRequestReader.One,
            cancellationToken
        );
    }

    /// <summary>Gets a request (<c>GET /connection-requests/{requestId}</c>).</summary>
    public virtual Task<ConnectionRequest> GetAsync(string requestId, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get(Path, Selector.Check(requestId, "RequestId")), ConnectionRequestReader.One, cancellationToken);

    /// <summary>Waits until the person has decided (polls <c>GET /connection-requests/{requestId}</c>).</summary>
    /// <exception cref="MembraneTimeoutException">Time is up and the request still pending.</exception>
    public virtual Task<ConnectionRequest> WaitAsync(
        string requestId,
        WaitOptions<ConnectionRequest>? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Waiter.ForStateAsync(
            token => GetAsync(requestId, token),
            static request => !string.Equals(request.Status, "pending", StringComparison.OrdinalIgnoreCase),
            options ?? new WaitOptions<ConnectionRequest>(),
            cancellationToken
        );
}
