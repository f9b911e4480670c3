using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>An agent session: the object or its id.</summary>
public sealed class AgentSessionReference : ElementReference
{
    private AgentSessionReference(string id, object? source)
        : base(id, source)
    {
    }

    internal static AgentSessionReference? From(object value) => value switch
    {
        string text => new AgentSessionReference(text, null),
        AgentSession { Id: { } id } session => new AgentSessionReference(id, session),
        _ => null,
    };
}
