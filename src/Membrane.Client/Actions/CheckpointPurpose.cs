using System.Collections.Generic;

namespace Membrane.Client.Actions;

/// <summary>What a batch does and for whom: only a checkpoint of the same is its own.</summary>
/// <param name="Selector">The action.</param>
/// <param name="KeyProperty">The property that tells inputs apart; null for their content.</param>
/// <param name="Owner">On whose behalf the action is run, for a key means another action to each tenant.</param>
internal sealed record CheckpointPurpose(ActionSelector Selector, string? KeyProperty, CheckpointOwner Owner)
{
    /// <summary>The purpose as it is in the first line of a checkpoint.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; } =
        new Dictionary<string, string>
        {
            ["action"] = Selector.IdOrKey,
            ["connection"] = Selector.ConnectionId ?? string.Empty,
            ["integration"] = Selector.IntegrationKey ?? string.Empty,
            ["key"] = KeyProperty ?? string.Empty,
            ["api"] = Owner.ApiUri.AbsoluteUri,
            ["workspace"] = Owner.WorkspaceKey ?? string.Empty,
            ["tenant"] = Owner.TenantKey ?? string.Empty,
        };
}
