using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>The tenant of the token.</summary>
public class SelfClient
{
    internal static readonly ModelReader<Identity> Reader = new ModelReader<Identity>(static () => new Identity())
        .Text("id", static (identity, value) => identity.Id = value)
        .Text("name", static (identity, value) => identity.Name = value)
        .Any("meta", static (identity, value) => identity.Meta = value)
        .Text("internalId", static (identity, value) => identity.TenantKey = value)
        .Any("fields", static (identity, value) => identity.Fields = value)
        .Any("credentials", static (identity, value) => identity.Credentials = value)
        .Time("lastActiveAt", static (identity, value) => identity.LastActiveAt = value)
        .Flag("isTest", static (identity, value) => identity.IsTest = value)
        .Flag("isBillable", static (identity, value) => identity.IsBillable = value)
        .Flag("isActive", static (identity, value) => identity.IsActive = value)
        .Number("aiCreditsRolling30DayLimit", static (identity, value) => identity.AiCreditsRolling30DayLimit = value)
        .Time("createdAt", static (identity, value) => identity.CreatedAt = value)
        .Time("archivedAt", static (identity, value) => identity.ArchivedAt = value)
        .Text("workspaceKey", static (identity, value) => identity.WorkspaceKey = value);

    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected SelfClient() => transport = null!;

    internal SelfClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Gets the tenant of the token (<c>GET /self</c>).</summary>
    public virtual Task<Identity> GetAsync(CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get("self").WithSecretAnswer(), Reader, cancellationToken);
}
