using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connectors;
using Membrane.PowerShell.ExternalApps;
using Membrane.PowerShell.Integrations;
using Membrane.PowerShell.Tenants;

namespace Membrane.PowerShell.Connections;

/// <summary>Gets connections: all that fit, as a stream, or those named (GET /connections, GET /connections/{id}).</summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneConnection",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneConnection.md"
)]
[OutputType(typeof(Connection))]
public sealed class GetMembraneConnectionCommand : MembraneListCommand
{
    private const string OneSet = "Connection";

    /// <summary>
    /// The connections: objects, which are read again, ids, keys, keys of apps that are connected once, or names. A text is looked up in
    /// this order; with wildcards it is a pattern of names.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("ConnectionId", "Id", "Key")]
    [SupportsWildcards]
    [ReferenceTransformation(typeof(ConnectionReference), TakesRelated = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference[]? Connection { get; set; }

    /// <summary>The name of the connections; wildcards are allowed. It is compared here, after the service's own filters.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Text in the name or key, found by the service.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Search { get; set; }

    /// <summary>The key of the integration.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The id of the integration.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(IntegrationIdCompleter))]
    public string? IntegrationId { get; set; }

    /// <summary>The id of the connector.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ConnectorIdCompleter))]
    public string? ConnectorId { get; set; }

    /// <summary>The id of the external app.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ExternalAppIdCompleter))]
    public string? ExternalAppId { get; set; }

    /// <summary>The id of the tenant; for managers.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(TenantIdCompleter))]
    public string? TenantId { get; set; }

    /// <summary>Only connections whose credentials work ($true) or do not ($false).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? Connected { get; set; }

    /// <summary>List archived connections too.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <summary>How many of those named are read at a time at most, 1 to 256; fewer while the service limits the rate.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// How many seconds one of those named waits at most while the service limits the rate, 0 to 86400. Without this
    /// parameter, one alone is tried four times, as by every other command.
    /// </summary>
    [Parameter(ParameterSetName = OneSet)]
    [ValidateRange(0, LongestRateLimitWaitSec)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int MaxRateLimitWaitSec { get; set; } = UsualRateLimitWaitSec;

    /// <inheritdoc/>
    protected override object? ErrorTarget => Connection;

    private protected override bool IsListing => base.IsListing || (Connection is { Length: 1 } one && one[0].IsPattern);

    private protected override void GetNamed()
    {
        if (!Connection!.Any(static connection => connection.IsPattern))
        {
            GetEach(Connection!, ThrottleLimit, MaxRateLimitWaitSec, Read);
            return;
        }

        foreach (var connection in Connection!)
        {
            if (connection.IsPattern)
            {
                // In the order of the names.
                FinishBatch();
                List(PatternOf(connection));
            }
            else
            {
                GetInBatch([connection], ThrottleLimit, MaxRateLimitWaitSec, Read);
            }
        }
    }

    private static Func<CancellationToken, Task<object?>> Read(MembraneClient client, ConnectionReference connection) =>
        async token =>
            connection.IsId
                ? await client.Connections.GetAsync(connection.IdOrKey, token).ConfigureAwait(false)
                : await client.ConnectionResolver.GetByAnyNameAsync(connection.IdOrKey, token).ConfigureAwait(false);

    private protected override void List() => List(Connection is null ? NamePattern.Read(Name, nameof(Name)) : PatternOf(Connection[0]));

    private static NamePattern? PatternOf(ConnectionReference connection) => NamePattern.Read(connection.IdOrKey, nameof(Connection));

    private void List(NamePattern? name)
    {
        var filter = new ConnectionFilter
        {
            Search = Search,
            IntegrationId = IntegrationId,
            IntegrationKey = IntegrationKey,
            ConnectorId = ConnectorId,
            ExternalAppId = ExternalAppId,
            TenantId = TenantId,
            Connected = Connected,
            IncludeArchived = IncludeArchived,
        };
        Stream(options => Client.Connections.List(filter, options), name, static connection => connection.Name);
    }
}
