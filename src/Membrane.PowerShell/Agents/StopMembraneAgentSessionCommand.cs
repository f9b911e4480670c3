using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>
/// Ends an agent session (PATCH /agent/sessions/{id}/stop), or only interrupts what it does now, and says whether there was anything to
/// interrupt (POST /agent/sessions/{id}/interrupt).
/// </summary>
[Cmdlet(
    VerbsLifecycle.Stop,
    "MembraneAgentSession",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Stop-MembraneAgentSession.md"
)]
[OutputType(typeof(AgentSessionInterruption), typeof(AgentSession))]
public sealed class StopMembraneAgentSessionCommand : MembraneApiCommand
{
    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionId", "Id")]
    [ReferenceTransformation(typeof(AgentSessionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(AgentSessionCompleter))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <summary>
    /// Only interrupt what the agent does now; the session goes on with the next message. Emits whether the agent was working.
    /// </summary>
    [Parameter]
    public SwitchParameter Interrupt { get; set; }

    /// <summary>Emit the session, after -Interrupt with the property Interrupted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AgentSession?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var id = AgentSession!.IdOrKey;
        if (!ShouldProcess(id, Interrupt ? "Interrupt the agent" : "End the agent session"))
        {
            return;
        }

        if (Interrupt)
        {
            Write(id, Await(token => Client.AgentSessions.InterruptAsync(id, token)));
            return;
        }

        var session = Await(token => Client.AgentSessions.StopAsync(id, token));
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private void Write(string id, AgentSessionInterruption answer)
    {
        if (!PassThru)
        {
            WriteObject(answer);
            return;
        }

        var session = PSObject.AsPSObject(Await(token => Client.AgentSessions.GetAsync(id, token)));
        session.Properties.Add(new PSNoteProperty(nameof(answer.Interrupted), answer.Interrupted));
        WriteObject(session);
    }
}
