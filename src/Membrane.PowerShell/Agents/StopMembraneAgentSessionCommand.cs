using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>
/// Ends an agent session (PATCH /agent/sessions/{id}/stop), or only interrupts what it does now (POST /agent/sessions/{id}/interrupt).
/// </summary>
[Cmdlet(
    VerbsLifecycle.Stop,
    "MembraneAgentSession",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Stop-MembraneAgentSession.md"
)]
[OutputType(typeof(AgentSession))]
public sealed class StopMembraneAgentSessionCommand : MembraneApiCommand
{
    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionId", "Id")]
    [ReferenceTransformation(typeof(AgentSessionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(AgentSessionCompleter))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <summary>Only interrupt what the agent does now; the session goes on with the next message.</summary>
    [Parameter]
    public SwitchParameter Interrupt { get; set; }

    /// <summary>Emit the session.</summary>
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

        AgentSession? session = null;
        if (Interrupt)
        {
            var answer = Await(token => Client.AgentSessions.InterruptAsync(id, token));
            WriteVerbose(answer.Interrupted == true ? "The agent was interrupted." : "The agent was not working.");
        }
        else
        {
            session = Await(token => Client.AgentSessions.StopAsync(id, token));
        }

        if (PassThru)
        {
            WriteObject(session ?? Await(token => Client.AgentSessions.GetAsync(id, token)));
        }
    }
}
