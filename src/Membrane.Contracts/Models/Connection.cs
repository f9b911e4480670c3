using System;

namespace Membrane;

/// <summary>An authenticated link between a tenant and an external app.</summary>
public class Connection : WorkspaceElement
{
    /// <summary>Whether the credentials work; read from <c>connected</c>, else from the older <c>disconnected</c>.</summary>
    public bool? Connected { get; internal set; }

    /// <summary>The deprecated opposite of <see cref="Connected"/>, as the service sent it.</summary>
    public bool? Disconnected { get; internal set; }

    /// <summary>Whether the connection can no longer be used.</summary>
    public bool? IsDefunct { get; internal set; }

    /// <summary>The integration that the connection belongs to.</summary>
    public string? IntegrationId { get; internal set; }

    /// <summary>The connector.</summary>
    public string? ConnectorId { get; internal set; }

    /// <summary>The version of the connector.</summary>
    public string? ConnectorVersion { get; internal set; }

    /// <summary>The external app.</summary>
    public string? ExternalAppId { get; internal set; }

    /// <summary>The tenant that the connection belongs to.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>The older name of <see cref="TenantId"/>.</summary>
    public string? UserId { get; internal set; }

    /// <summary>The chosen authentication method.</summary>
    public string? AuthOptionKey { get; internal set; }

    /// <summary>Whether this is a test object.</summary>
    public bool? IsTest { get; internal set; }

    /// <summary>The error of the last failed request through the connection.</summary>
    public ErrorData? RequestError { get; internal set; }

    /// <summary>Details of what is wrong with the connection.</summary>
    public ErrorData? Error { get; internal set; }

    /// <summary>What a person must do, while the state is CLIENT_ACTION_REQUIRED.</summary>
    public ClientAction? ClientAction { get; internal set; }

    /// <summary>The agent session that builds the connection, while the state is BUILDING.</summary>
    public string? BuildingAgentSessionId { get; internal set; }

    /// <summary>The kind of connection: connector or mcp.</summary>
    public string? Type { get; internal set; }

    /// <summary>Whether the connector can test the connection.</summary>
    public bool? CanTest { get; internal set; }

    /// <summary>Whether the connector can refresh the credentials.</summary>
    public bool? CanRefreshCredentials { get; internal set; }

    /// <summary>When the connection was last used.</summary>
    public DateTimeOffset? LastActiveAt { get; internal set; }

    /// <summary>When the credentials will be refreshed next.</summary>
    public DateTimeOffset? NextCredentialsRefreshAt { get; internal set; }

    /// <summary>When a failed refresh will be tried again.</summary>
    public DateTimeOffset? NextRetryTimestamp { get; internal set; }

    /// <summary>How often a failed refresh has been tried.</summary>
    public long? RetryAttempts { get; internal set; }

    /// <summary>The settings of the connector.</summary>
    public object? ConnectorParameters { get; internal set; }

    /// <summary>The input values.</summary>
    public object? Input { get; internal set; }

    /// <summary>The integration, where the service embeds it.</summary>
    public object? Integration { get; internal set; }

    /// <summary>The tenant, where the service embeds it.</summary>
    public object? User { get; internal set; }
}
