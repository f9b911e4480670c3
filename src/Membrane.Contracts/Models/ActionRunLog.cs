using System;

namespace Membrane;

/// <summary>The record of one run of an action.</summary>
public sealed class ActionRunLog : MembraneModel
{
    /// <summary>The id of the record, which a run carries as ActionRunId.</summary>
    public string? Id { get; internal set; }

    /// <summary>The name of the action.</summary>
    public string? Name { get; internal set; }

    /// <summary>How the run ended: success or error.</summary>
    public string? Status { get; internal set; }

    /// <summary>The connection that it ran on.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>The integration.</summary>
    public string? IntegrationId { get; internal set; }

    /// <summary>The external app.</summary>
    public string? ExternalAppId { get; internal set; }

    /// <summary>The action at the integration layer.</summary>
    public string? IntegrationActionId { get; internal set; }

    /// <summary>The action at the connection layer.</summary>
    public string? ConnectionActionId { get; internal set; }

    /// <summary>The universal action.</summary>
    public string? UniversalActionId { get; internal set; }

    /// <summary>The older name of the action's id.</summary>
    public string? ActionId { get; internal set; }

    /// <summary>The input of the run.</summary>
    public object? Input { get; internal set; }

    /// <summary>What the action answered.</summary>
    public object? Output { get; internal set; }

    /// <summary>Why the run failed.</summary>
    public ErrorData? Error { get; internal set; }

    /// <summary>How long the run took, as the service says (in milliseconds; the vendor does not document the unit).</summary>
    public double? Duration { get; internal set; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the run ended.</summary>
    public DateTimeOffset? CompletedAt { get; internal set; }

    /// <summary>What the caller had kept on the record.</summary>
    public object? Meta { get; internal set; }

    /// <summary>What ran: the body with which <c>POST /act</c> would repeat it.</summary>
    public object? Action { get; internal set; }

    /// <summary>The action at the connection layer, where the service embeds it.</summary>
    public object? ActionInstance { get; internal set; }

    /// <summary>The integration, where the service embeds it.</summary>
    public object? Integration { get; internal set; }

    /// <summary>The connection, where the service embeds it.</summary>
    public object? Connection { get; internal set; }

    /// <summary>The tenant, where the service embeds it.</summary>
    public object? User { get; internal set; }

    /// <summary>The tenant.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>The older name of <see cref="TenantId"/>.</summary>
    public string? UserId { get; internal set; }

    /// <summary>The name of the action and how the run ended.</summary>
    public override string ToString() => $"{Name ?? Id} ({Status})";
}
