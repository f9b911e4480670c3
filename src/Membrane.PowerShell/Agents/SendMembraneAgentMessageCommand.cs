using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Tells an agent more: resumes a session at rest, or adds to what a busy one does (POST /agent/sessions/{id}/message).</summary>
[Cmdlet(VerbsCommunications.Send, "MembraneAgentMessage", SupportsShouldProcess = true)]
[OutputType(typeof(AgentSession))]
public sealed class SendMembraneAgentMessageCommand : MembraneApiCommand
{
    /// <summary>What the agent should do or know.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Message { get; set; }

    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "SessionId")]
    [ReferenceTransformation(typeof(AgentSessionReference))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AgentSession?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        string id = AgentSession!.IdOrKey;
        if (ShouldProcess(id, "Send a message to the agent"))
        {
            WriteObject(Await(token => Client.AgentSessions.SendMessageAsync(id, Message!, token)));
        }
    }
}
