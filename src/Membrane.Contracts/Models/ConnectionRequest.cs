using System;

namespace Membrane;

/// <summary>A request to a person to sign in to an external app, and what came of it.</summary>
public sealed class ConnectionRequest : MembraneModel
{
    /// <summary>The id of the request.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>Where the request stands: pending, success, cancelled or error.</summary>
    public string? Status { get; internal set; }

    /// <summary>The page that the person opens.</summary>
    public string? Url { get; internal set; }

    /// <summary>The connection that was made; set on success.</summary>
    public string? ResultConnectionId { get; internal set; }

    /// <summary>Why there is no connection; set on error.</summary>
    public ErrorData? ResultError { get; internal set; }

    /// <summary>The connector.</summary>
    public string? ConnectorId { get; internal set; }

    /// <summary>The key of the connector.</summary>
    public string? ConnectorKey { get; internal set; }

    /// <summary>The version of the connector.</summary>
    public string? ConnectorVersion { get; internal set; }

    /// <summary>The integration.</summary>
    public string? IntegrationId { get; internal set; }

    /// <summary>The key of the integration.</summary>
    public string? IntegrationKey { get; internal set; }

    /// <summary>The connection to sign in again, where the request is for an existing one.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>The key for the connection.</summary>
    public string? ConnectionKey { get; internal set; }

    /// <summary>The name for the connection.</summary>
    public string? Name { get; internal set; }

    /// <summary>Whether a new connection is made even where one exists.</summary>
    public bool? AllowMultipleConnections { get; internal set; }

    /// <summary>The settings of the connector.</summary>
    public object? ConnectorParameters { get; internal set; }

    /// <summary>Where the person is sent afterwards.</summary>
    public string? RedirectUri { get; internal set; }

    /// <summary>The task text.</summary>
    public string? Prompt { get; internal set; }

    /// <summary>The tenant.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>When the request was made.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>The id and where the request stands.</summary>
    public override string ToString() => RequestId + " (" + Status + ")";
}
