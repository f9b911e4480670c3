using System.Threading;
using System.Threading.Tasks;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Connections;

/// <summary>The ids of the connections that parameters name.</summary>
internal static class ConnectionIds
{
    /// <summary>Gets the id of the connection that a parameter names, or null where it names none.</summary>
    /// <param name="command">The command, which waits for the answer where a key must be looked up.</param>
    /// <param name="connection">The value of the parameter.</param>
    public static string? ResolveId(this MembraneApiCommand command, ConnectionReference? connection) =>
        connection is null ? null
        : connection.IsId ? connection.IdOrKey
        : command.Await(token => command.Client.ConnectionResolver.ResolveIdAsync(connection.IdOrKey, token));

    /// <summary>Gets the id of the connection that the command line names, or null where it names none.</summary>
    public static async Task<string?> FindConnectionIdAsync(this CompletionRequest request, CancellationToken cancellationToken) =>
        ConnectionReference.From(request.Find("Connection")) is not { } connection ? null
        : connection.IsId ? connection.IdOrKey
        : await request.Client.ConnectionResolver.ResolveIdAsync(connection.IdOrKey, cancellationToken).ConfigureAwait(false);
}
