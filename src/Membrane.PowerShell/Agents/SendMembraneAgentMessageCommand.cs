using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Tells an agent more: resumes a session at rest, or adds to what a busy one does (POST /agent/sessions/{id}/message).</summary>
[Cmdlet(
    VerbsCommunications.Send,
    "MembraneAgentMessage",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Send-MembraneAgentMessage.md"
)]
[OutputType(typeof(AgentSession))]
public sealed class SendMembraneAgentMessageCommand : MembraneWaitCommand
{
    /// <summary>What the agent should do or know.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Message { get; set; }

    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionId", "Id")]
    [ReferenceTransformation(typeof(AgentSessionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(AgentSessionCompleter))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <summary>
    /// What the agent is given along with the message: paths of files or files (text as it is, others in base64), hashtables with title
    /// and data, or any objects.
    /// </summary>
    [Parameter]
    public PSObject[]? Attachment { get; set; }

    /// <summary>Wait until the agent has done it, showing its state meanwhile.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AgentSession?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var id = AgentSession!.IdOrKey;
        var attachments = AttachmentReader.Read(Attachment, this.ResolveAttachment);
        if (!ShouldProcess(id, "Send a message to the agent"))
        {
            return;
        }

        var session = Await(token => Client.AgentSessions.SendMessageAsync(id, Message!, attachments, token));
        if (Wait)
        {
            this.WaitForAgent(id);
        }
        else
        {
            WriteObject(session);
        }
    }
}
