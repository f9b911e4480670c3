using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Completes agent sessions by id, for what was typed of the id, the title or the task.</summary>
public sealed class AgentSessionCompleter : ListCompleter<AgentSession>
{
    private protected override bool HasSearch => false;

    private protected override Listing<AgentSession> List(MembraneClient client, string? search, ListingOptions options) =>
        client.AgentSessions.List(null, options);

    private protected override CompletionWord? Describe(AgentSession item) =>
        new(
            item.Id ?? string.Empty,
            $"{item.State ?? item.Status}, {ShownValue.Of(item.CreatedAt)}: {item.Title ?? item.Prompt}",
            item.Title,
            item.Prompt
        );
}
