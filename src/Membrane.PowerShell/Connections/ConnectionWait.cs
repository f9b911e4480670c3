using System;
using System.Collections.Generic;
using Membrane.Client.Connections;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>Waits for connections, shows their states, and says once what a person must do.</summary>
/// <param name="command">The command that waits.</param>
/// <param name="showPage">Shows the page at an address to the person, with what it is for; null says its address.</param>
internal sealed class ConnectionWait(MembraneWaitCommand command, Action<string, string>? showPage = null)
{
    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    /// <summary>Waits until the connection is usable.</summary>
    /// <param name="id">Its id or key.</param>
    /// <param name="endsAtAction">Whether a connection that needs a person to act ends the wait, and is returned.</param>
    /// <param name="timeout">How long; null for <see cref="MembraneWaitCommand.TimeoutSec"/>.</param>
    /// <exception cref="MembraneTimeoutException">Time is up; the message says what is still to be done.</exception>
    /// <exception cref="MembraneException">The connection will not become usable (SetupFailed).</exception>
    public Connection UntilUsable(string id, bool endsAtAction, TimeSpan? timeout = null)
    {
        var activity = $"Connection {id}";
        try
        {
            var connection = command.Await(token =>
                command.Client.Connections.WaitUntilUsableAsync(
                    id,
                    endsAtAction,
                    command.WaitFor<Connection>(activity, Describe, timeout ?? TimeSpan.FromSeconds(command.TimeoutSec), SayWhatToDo),
                    token
                )
            );
            return connection.GetReadiness() == ConnectionReadiness.Unusable ? throw Trouble(connection) : connection;
        }
        catch (MembraneTimeoutException exception) when (exception.LastSeen is Connection last && DescribeAction(last) is { } action)
        {
            throw new MembraneTimeoutException(exception.ErrorId, $"{exception.Message} {action}", exception.RecommendedAction, last);
        }
        finally
        {
            command.EndProgress(activity);
        }
    }

    /// <summary>A connection that waiting does not make usable.</summary>
    public static MembraneException Trouble(Connection connection) =>
        new(
            ErrorIds.SetupFailed,
            connection.DescribeTrouble(),
            "Look at Errors of the connection (Get-MembraneConnection). Have it repaired with New-MembraneAgentSession -Agent "
                + "connection-building, naming its id, or make another one."
        );

    // A page is said once, on a line of its own; in a progress bar its address would be cut.
    private static string Describe(Connection connection) =>
        (connection.ClientAction is { UiUrl.Length: > 0, Description: { Length: > 0 } action } ? action : DescribeAction(connection))
        ?? (
            connection.BuildingAgentSessionId is { } session
                ? $"{connection.State} by the agent session {session}"
                : connection.State ?? string.Empty
        );

    // What the service itself says to do needs no command of ours.
    private static string? DescribeAction(Connection connection) =>
        connection.DescribeAction() is not { } action ? null
        : connection.ClientAction?.Description is { Length: > 0 } ? action
        : string.Equals(connection.ClientAction?.Type, "provide-input", StringComparison.OrdinalIgnoreCase)
            ? action + " Set-MembraneConnection sets it, with -ConnectorParameters or -InputValue."
        : action + " Connect-MembraneApp -Connection does that.";

    private void ShowPage(string address, string what) => new PersonOutput(command).SayPage($"{what} Open this page:", address);

    private void SayWhatToDo(Connection connection)
    {
        if (DescribeAction(connection) is not { } action || !said.Add(connection.Id + action))
        {
            return;
        }

        if (connection.ClientAction?.UiUrl is { Length: > 0 } address)
        {
            var what = $"The connection {connection.Name} needs you: {connection.ClientAction.Description?.TrimEnd('.', ' ')}.";
            (showPage ?? ShowPage)(address, what);
        }
        else
        {
            command.WriteWarning($"The connection {connection.Name} needs you: {action}");
        }
    }
}
