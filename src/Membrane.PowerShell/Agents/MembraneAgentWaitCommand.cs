using System;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>The base of the commands that wait for an agent, showing what it does.</summary>
public abstract class MembraneAgentWaitCommand : MembraneWaitCommand
{
    /// <summary>Waits until the agent is at rest, and emits the session. A session that failed is an error too.</summary>
    private protected void WaitForAgent(string id)
    {
        var activity = $"Agent session {id}";
        AgentSession session;
        try
        {
            session = Await(token =>
                Client.AgentSessions.WaitAsync(
                    id,
                    WaitFor<AgentSession>(
                        activity,
                        static state => $"{state.Status}, {state.State}: {state.Summary ?? state.Title ?? state.Prompt}"
                    ),
                    token
                )
            );
        }
        finally
        {
            EndProgress(activity);
        }

        WriteObject(session);
        if (Is(session, "failed") || Is(session, "cancelled"))
        {
            WriteError(
                new MembraneException(
                    ErrorIds.AgentSessionFailed,
                    $"The agent session {id} ended with status '{session.Status}'{(session.Error is null ? "." : ": " + session.Error)}",
                    "Start another one with New-MembraneAgentSession, saying more exactly what is wanted."
                ),
                session
            );
        }
    }

    /// <summary>Attachments, with paths as this session sees them.</summary>
    private protected string ResolvePath(string path) => FilePath.Resolve(this, path, "Attachment");

    private static bool Is(AgentSession session, string status) =>
        string.Equals(session.Status, status, StringComparison.OrdinalIgnoreCase);
}
