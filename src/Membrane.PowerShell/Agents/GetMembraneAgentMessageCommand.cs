using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>
/// Gets the messages of an agent session, oldest first (GET /agent/sessions/{id}/messages). The vendor documents a command for that, but
/// not the path behind it: the path is assumed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MembraneAgentMessage", SupportsPaging = true, HelpUri = OnlineHelp.Pages + "Get-MembraneAgentMessage.md")]
[OutputType(typeof(AgentMessage))]
public sealed class GetMembraneAgentMessageCommand : MembraneListCommand
{
    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionId", "Id")]
    [ReferenceTransformation(typeof(AgentSessionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(AgentSessionCompleter))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AgentSession?.IdOrKey;

    private protected override void List() => Stream(options => Client.AgentSessions.ListMessages(AgentSession!.IdOrKey, options));
}
