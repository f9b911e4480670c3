using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Connections;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Transport;
using Membrane.Client.Waiting;

namespace Membrane.Client;

/// <summary>Connections: authenticated links between a tenant and an external app.</summary>
public class ConnectionsClient
{
    private const string Path = "connections";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected ConnectionsClient() => transport = null!;

    internal ConnectionsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists connections (<c>GET /connections</c>).</summary>
    public virtual Listing<Connection> List(ConnectionFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new ConnectionFilter();
        return transport.List(
            () =>
                ApiRequest
                    .Get(Path)
                    .Query("search", filter.Search)
                    .Query("integrationId", filter.IntegrationId)
                    .Query("integrationKey", filter.IntegrationKey)
                    .Query("connectorId", filter.ConnectorId)
                    .Query("externalAppId", filter.ExternalAppId)
                    .Query("tenantId", filter.TenantId)
                    .Query("connected", filter.Connected)
                    .Query("isTest", filter.IsTest)
                    .Query("includeArchived", filter.IncludeArchived ? true : null),
            ConnectionReader.Page,
            options
        );
    }

    /// <summary>Gets a connection by id or key (<c>GET /connections/{id}</c>).</summary>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    public virtual Task<Connection> GetAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get(Path, Selector.Check(idOrKey, "Connection")), ConnectionReader.One, cancellationToken);

    /// <summary>Waits until a connection is no longer being built (<c>GET /connections/{id}?wait=true</c>).</summary>
    /// <exception cref="MembraneTimeoutException">Time is up.</exception>
    public virtual Task<Connection> WaitAsync(
        string idOrKey,
        WaitOptions<Connection>? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var checkedId = Selector.Check(idOrKey, "Connection");
        return Waiter.ForAnswerAsync(
            (seconds, token) => transport.SendAsync(ApiRequest.Get(Path, checkedId).Wait(seconds), ConnectionReader.One, token),
            static connection => !string.Equals(connection.State, "BUILDING", StringComparison.OrdinalIgnoreCase),
            options ?? new WaitOptions<Connection>(),
            cancellationToken
        );
    }

    /// <summary>
    /// Waits until a connection is usable, or never will be (polls <c>GET /connections/{id}?wait=true</c>). While a person has
    /// to do something, it goes on waiting, unless <paramref name="endsAtAction"/> says otherwise.
    /// </summary>
    /// <param name="idOrKey">The connection.</param>
    /// <param name="endsAtAction">Whether a connection that needs someone to act ends the wait.</param>
    /// <param name="options">How long to wait, and who is told of each poll.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MembraneTimeoutException">Time is up.</exception>
    public virtual Task<Connection> WaitUntilUsableAsync(
        string idOrKey,
        bool endsAtAction = false,
        WaitOptions<Connection>? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var checkedId = Selector.Check(idOrKey, "Connection");
        return Waiter.ForAnswerAsync(
            (seconds, token) => transport.SendAsync(ApiRequest.Get(Path, checkedId).Wait(seconds), ConnectionReader.One, token),
            connection =>
                connection.GetReadiness() switch
                {
                    ConnectionReadiness.Building => false,
                    ConnectionReadiness.NeedsAction => endsAtAction,
                    _ => true,
                },
            options ?? new WaitOptions<Connection>(),
            cancellationToken
        );
    }

    /// <summary>Makes a connection (<c>POST /connections</c>).</summary>
    /// <exception cref="MembraneInputException">Nothing says what to connect.</exception>
    public virtual Task<Connection> CreateAsync(ConnectionContent content, CancellationToken cancellationToken = default) =>
        PrepareCreate(content)(cancellationToken);

    /// <summary>The making of a connection, with what is to be sent written already: to be called once.</summary>
    /// <exception cref="MembraneInputException">Nothing says what to connect.</exception>
    internal Func<CancellationToken, Task<Connection>> PrepareCreate(ConnectionContent content)
    {
        string?[] targets =
        [
            content.IntegrationId,
            content.IntegrationKey,
            content.ConnectorId,
            content.ConnectorKey,
            content.ExternalAppId,
            content.Intent,
        ];
        if (targets.All(string.IsNullOrWhiteSpace) && content.More is null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(content.IntegrationKey),
                "Nothing says what to connect.",
                "Pass an integration, a connector, an external app, or an intent that says what you want."
            );
        }

        var request = Write(ApiRequest.Post(Path), content.ToFields());
        return cancellationToken => transport.SendAsync(request, ConnectionReader.One, cancellationToken);
    }

    /// <summary>
    /// Finds the connection to an app by the app's address, or makes one (<c>POST /connections/ensure</c>). It may have to be built first.
    /// </summary>
    /// <param name="appUrl">The address of the app, or its bare domain: 1 to 2000 characters, with a host that has a dot and is no IP
    /// address.</param>
    /// <param name="name">The name of a connection that is made; not used for one that is found.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="MembraneInputException">The address is not valid.</exception>
    public virtual Task<Connection> EnsureAsync(string appUrl, string? name = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            // A second try finds what the first one has made.
            Write(
                ApiRequest.Post(Path, "ensure").Repeatable(),
                new BodyFields().Add("appUrl", AppAddress.Check(appUrl, "AppUrl")).Add("name", name)
            ),
            ConnectionReader.One,
            cancellationToken
        );

    /// <summary>Changes the given fields of a connection (<c>PATCH /connections/{id}</c>).</summary>
    /// <exception cref="MembraneInputException">Nothing is to be changed.</exception>
    public virtual Task<Connection> PatchAsync(string idOrKey, ConnectionContent content, CancellationToken cancellationToken = default) =>
        PrepareChange(content, isReplacing: false)(idOrKey, cancellationToken);

    /// <summary>Replaces all fields of a connection (<c>PUT /connections/{id}</c>).</summary>
    /// <exception cref="MembraneInputException">No field is given.</exception>
    public virtual Task<Connection> ReplaceAsync(
        string idOrKey,
        ConnectionContent content,
        CancellationToken cancellationToken = default
    ) => PrepareChange(content, isReplacing: true)(idOrKey, cancellationToken);

    /// <summary>The change of any number of connections, with what is to be sent written already: to be called on any thread.</summary>
    /// <param name="content">The fields.</param>
    /// <param name="isReplacing">Whether all fields are replaced.</param>
    /// <exception cref="MembraneInputException">No field is given.</exception>
    internal Func<string, CancellationToken, Task<Connection>> PrepareChange(ConnectionContent content, bool isReplacing)
    {
        var written = Write(ApiRequest.Patch(Path), content.ToFields().RequireSome());
        return (idOrKey, cancellationToken) =>
        {
            string[] path = [Path, Selector.Check(idOrKey, "Connection")];
            var request = isReplacing ? ApiRequest.Put(path) : ApiRequest.Patch(path);
            return transport.SendAsync(request.Content(written.Body!, written.BodyType), ConnectionReader.One, cancellationToken);
        };
    }

    /// <summary>Archives a connection; it can be restored (<c>DELETE /connections/{id}</c>).</summary>
    public virtual Task ArchiveAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Delete(Path, Selector.Check(idOrKey, "Connection")), cancellationToken);

    /// <summary>
    /// Restores an archived connection (<c>POST /connections/{elementSelector}/restore</c>). The answer has few fields: get the connection
    /// afterwards.
    /// </summary>
    public virtual Task RestoreAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Post(Path, Selector.Check(idOrKey, "Connection"), "restore").Repeatable(), cancellationToken);

    /// <summary>
    /// Revokes and erases the credentials; only signing in again brings them back (<c>POST /connections/{id}/disconnect</c>).
    /// </summary>
    public virtual Task DisconnectAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Post(Path, Selector.Check(idOrKey, "Connection"), "disconnect").Repeatable(), cancellationToken);

    /// <summary>Has the connector get fresh credentials (<c>POST /connections/{id}/refresh-credentials</c>).</summary>
    public virtual Task RefreshCredentialsAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Post(Path, Selector.Check(idOrKey, "Connection"), "refresh-credentials"), cancellationToken);

    /// <summary>
    /// Has the connector try the credentials (<c>POST /connections/{id}/test</c>). What the service says of the connection itself is an
    /// outcome, not an exception.
    /// </summary>
    public virtual async Task<ConnectionTest> TestAsync(string idOrKey, CancellationToken cancellationToken = default)
    {
        var request = ApiRequest.Post(Path, Selector.Check(idOrKey, "Connection"), "test").Repeatable();
        ConnectionTest test;
        try
        {
            test = await transport.SendAsync(request, ConnectionReader.Test, cancellationToken).ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (exception.Type == "connection")
        {
            test = new ConnectionTest { Success = false, Error = exception.Error };
        }

        test.ConnectionId = idOrKey;
        return test;
    }

    private ApiRequest Write(ApiRequest request, BodyFields fields) => request.Json(writer => fields.Write(writer, transport.Objects));
}
