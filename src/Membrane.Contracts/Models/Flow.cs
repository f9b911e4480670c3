namespace Membrane;

/// <summary>Logic of several steps that runs by itself or when asked.</summary>
public sealed class Flow : WorkspaceElement
{
    /// <summary>The integration that the flow belongs to; empty for universal flows.</summary>
    public string? IntegrationId { get; internal set; }

    /// <summary>The key of the integration.</summary>
    public string? IntegrationKey { get; internal set; }

    /// <summary>The connection that the flow belongs to; empty above the connection layer.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>The connection whose flows were asked for when this one was found: a run uses it unless another is named.</summary>
    public string? FoundOnConnectionId { get; internal set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    public string? InstanceKey { get; internal set; }

    /// <summary>The parent flow.</summary>
    public string? FlowId { get; internal set; }

    /// <summary>The universal flow at the root.</summary>
    public string? UniversalFlowId { get; internal set; }

    /// <summary>Whether the flow is shared across integrations.</summary>
    public bool? IsUniversal { get; internal set; }

    /// <summary>Whether the flow differs from its parent.</summary>
    public bool? IsCustomized { get; internal set; }

    /// <summary>Whether the flow is on.</summary>
    public bool? Enabled { get; internal set; }

    /// <summary>The nodes by key.</summary>
    public object? Nodes { get; internal set; }

    /// <summary>The JSON Schema of the parameters.</summary>
    public object? ParametersSchema { get; internal set; }

    /// <summary>The values of the parameters.</summary>
    public object? Parameters { get; internal set; }

    /// <summary>Whether each connection gets its own instance by itself.</summary>
    public bool? AutoCreateInstances { get; internal set; }

    /// <summary>The external app.</summary>
    public string? ExternalAppId { get; internal set; }

    /// <summary>The tenant.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>The older name of <see cref="TenantId"/>.</summary>
    public string? UserId { get; internal set; }

    /// <summary>The integration, where the service embeds it.</summary>
    public object? Integration { get; internal set; }

    /// <summary>The connection, where the service embeds it.</summary>
    public object? Connection { get; internal set; }
}
