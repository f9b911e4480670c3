using System;
using Membrane.Client.Transport;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Waits for an agent, and shows what it does.</summary>
internal static class AgentWait
{
    /// <summary>Waits until the agent is at rest, and emits the session. A session that failed is an error too.</summary>
    public static void WaitForAgent(this MembraneWaitCommand command, string id)
    {
        var activity = $"Agent session {id}";
        AgentSession session;
        try
        {
            session = command.Await(token =>
                command.Client.AgentSessions.WaitAsync(
                    id,
                    command.WaitFor<AgentSession>(
                        activity,
                        static state => $"{state.Status}, {state.State}: {state.Summary ?? state.Title ?? state.Prompt}"
                    ),
                    token
                )
            );
        }
        finally
        {
            command.EndProgress(activity);
        }

        command.WriteObject(session);
        if (Is(session, "failed") || Is(session, "cancelled"))
        {
            command.WriteError(
                new MembraneException(
                    AppAnswer.IdOf(session.Error, ErrorIds.AgentSessionFailed, PowerShellObjectAdapter.Instance),
                    $"The agent session {id} ended with status '{session.Status}'{(session.Error is null ? "." : ": " + session.Error)}",
                    "Start another one with New-MembraneAgentSession, saying more exactly what is wanted."
                ),
                session
            );
        }
    }

    /// <summary>Resolves the path of an attachment as this session sees it.</summary>
    public static string ResolveAttachment(this MembraneCommand command, string path) => FilePath.Resolve(command, path, "Attachment");

    private static bool Is(AgentSession session, string status) =>
        string.Equals(session.Status, status, StringComparison.OrdinalIgnoreCase);
}
