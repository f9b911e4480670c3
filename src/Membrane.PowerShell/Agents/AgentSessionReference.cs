using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>An agent session: the object or its id.</summary>
public sealed class AgentSessionReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "an agent session (the object or its id)",
        static (id, source) => new AgentSessionReference(id, source)
    )
    {
        Ids = [new IdRule(nameof(AgentSession), nameof(AgentSession.Id))],
    };

    private AgentSessionReference(string id, GivenObject? source)
        : base(id, source) { }
}
