namespace Membrane;

/// <summary>A single operation on a connected app.</summary>
public class MembraneAction : WorkspaceElement
{
    internal MembraneAction() { }

    /// <summary>The kind, such as api-request-to-external-app or run-javascript.</summary>
    public string? Type { get; internal set; }

    /// <summary>The JSON Schema of the input.</summary>
    public object? InputSchema { get; internal set; }

    /// <summary>The JSON Schema of the output.</summary>
    public object? OutputSchema { get; internal set; }

    /// <summary>The integration that the action belongs to; empty for universal actions.</summary>
    public string? IntegrationId { get; internal set; }

    /// <summary>The key of the integration.</summary>
    public string? IntegrationKey { get; internal set; }

    /// <summary>The connection that the action belongs to; empty above the connection layer.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>The connection whose actions were asked for when this one was found: a run uses it unless another is named.</summary>
    public string? FoundOnConnectionId { get; internal set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    public string? InstanceKey { get; internal set; }

    /// <summary>The parent element.</summary>
    public string? ParentId { get; internal set; }

    /// <summary>The universal element at the root.</summary>
    public string? UniversalParentId { get; internal set; }

    /// <summary>Whether the action is shared across integrations.</summary>
    public bool? IsUniversal { get; internal set; }

    /// <summary>Whether the action differs from its parent.</summary>
    public bool? IsCustomized { get; internal set; }

    /// <summary>Whether the action is listed publicly.</summary>
    public bool? IsPublic { get; internal set; }

    /// <summary>The external app.</summary>
    public string? ExternalAppId { get; internal set; }

    /// <summary>The tenant.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>The older name of <see cref="TenantId"/>.</summary>
    public string? UserId { get; internal set; }

    /// <summary>The settings of that kind of action.</summary>
    public object? Config { get; internal set; }

    /// <summary>The expression that maps the raw output.</summary>
    public object? OutputMapping { get; internal set; }

    /// <summary>The explicit schema of the output.</summary>
    public object? CustomOutputSchema { get; internal set; }

    /// <summary>The agent session that builds the action.</summary>
    public string? AgentSessionId { get; internal set; }

    /// <summary>The integration, where the service embeds it.</summary>
    public object? Integration { get; internal set; }
}
