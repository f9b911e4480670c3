using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>
/// Waits until the agent has done what it was asked for, and emits the session with its summary (GET /agent/sessions/{id}?wait=true).
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "MembraneAgentSession", HelpUri = OnlineHelp.Pages + "Wait-MembraneAgentSession.md")]
[OutputType(typeof(AgentSession))]
public sealed class WaitMembraneAgentSessionCommand : MembraneWaitCommand
{
    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionId", "Id")]
    [ReferenceTransformation(typeof(AgentSessionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(AgentSessionCompleter))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AgentSession?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process() => this.WaitForAgent(AgentSession!.IdOrKey);
}
