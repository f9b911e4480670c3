using System;
using System.Collections.Generic;
using Membrane.Client.Connections;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Connections;

/// <summary>The base of the commands that wait for a connection: they show what goes on, and say once what a person must do.</summary>
public abstract class MembraneConnectionWaitCommand : MembraneWaitCommand
{
    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    /// <summary>Waits until the connection is usable.</summary>
    /// <param name="id">Its id or key.</param>
    /// <param name="endsAtAction">Whether a connection that needs somebody to act ends the wait, and is returned.</param>
    /// <param name="timeout">How long, where it is not <see cref="MembraneWaitCommand.TimeoutSec"/>.</param>
    /// <exception cref="MembraneTimeoutException">Time is up; the message says what is still to be done.</exception>
    /// <exception cref="MembraneException">The connection will not become usable (SetupFailed).</exception>
    private protected Connection WaitUntilUsable(string id, bool endsAtAction, TimeSpan? timeout = null)
    {
        var activity = $"Connection {id}";
        try
        {
            var connection = Await(token =>
                Client.Connections.WaitUntilUsableAsync(
                    id,
                    endsAtAction,
                    WaitFor<Connection>(activity, Describe, timeout, SayWhatToDo),
                    token
                )
            );
            return connection.GetReadiness() == ConnectionReadiness.Unusable ? throw Trouble(connection) : connection;
        }
        catch (MembraneTimeoutException exception) when (exception.LastSeen is Connection last && last.DescribeAction() is { } action)
        {
            throw new MembraneTimeoutException(exception.ErrorId, $"{exception.Message} {action}", exception.RecommendedAction, last);
        }
        finally
        {
            EndProgress(activity);
        }
    }

    /// <summary>A connection that waiting does not make usable.</summary>
    private protected static MembraneException Trouble(Connection connection) =>
        new(
            ErrorIds.SetupFailed,
            connection.DescribeTrouble(),
            "Look at Errors of the connection (Get-MembraneConnection). Have it repaired with New-MembraneAgentSession -Agent "
                + "connection-building, naming its id, or make another one."
        );

    /// <summary>Shows a page to the person: has it opened, or says its address.</summary>
    private protected virtual void ShowPage(string address, string what) => WriteWarning($"{what} The page is {address}");

    private static string Describe(Connection connection) =>
        connection.DescribeAction()
        ?? (
            connection.BuildingAgentSessionId is { } session
                ? $"{connection.State} by the agent session {session}"
                : connection.State ?? string.Empty
        );

    private void SayWhatToDo(Connection connection)
    {
        if (connection.DescribeAction() is not { } action || !said.Add(connection.Id + action))
        {
            return;
        }

        if (connection.ClientAction?.UiUrl is { Length: > 0 } address)
        {
            ShowPage(address, $"The connection {connection.Name} needs you: {connection.ClientAction.Description?.TrimEnd('.', ' ')}.");
        }
        else
        {
            WriteWarning($"The connection {connection.Name} needs you: {action}");
        }
    }
}
