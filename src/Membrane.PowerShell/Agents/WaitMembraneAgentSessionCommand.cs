using System;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Waits until the agent has done what it was asked for, and emits the session with its summary (GET /agent/sessions/{id}?wait=true).</summary>
[Cmdlet(VerbsLifecycle.Wait, "MembraneAgentSession")]
[OutputType(typeof(AgentSession))]
public sealed class WaitMembraneAgentSessionCommand : MembraneWaitCommand
{
    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "SessionId")]
    [ReferenceTransformation(typeof(AgentSessionReference))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AgentSession?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        string id = AgentSession!.IdOrKey;
        string activity = $"Agent session {id}";
        AgentSession session = Await(token => Client.AgentSessions.WaitAsync(
            id,
            WaitFor<AgentSession>(activity, static state => $"{state.Status}, {state.State}: {state.Summary ?? state.Title ?? state.Prompt}"),
            token));
        EndProgress(activity);
        WriteObject(session);
        if (session.Status is { } status && (status.Equals("failed", StringComparison.OrdinalIgnoreCase) || status.Equals("cancelled", StringComparison.OrdinalIgnoreCase)))
        {
            WriteError(
                new MembraneException(
                    ErrorIds.AgentSessionFailed,
                    $"The agent session {id} ended with status '{status}'{(session.Error is null ? "." : ": " + session.Error)}",
                    "Start another one with New-MembraneAgentSession, saying more exactly what is wanted."),
                session);
        }
    }
}
