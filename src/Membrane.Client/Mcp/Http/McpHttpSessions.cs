using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;

namespace Membrane.Client.Mcp.Http;

/// <summary>The sessions of a server. Clients that end without a word leave theirs behind: of too many the oldest idle one ends.</summary>
internal sealed class McpHttpSessions(LocalMcpServer server)
{
    private const int MaxSessions = 256;

    private readonly ConcurrentDictionary<string, McpHttpSession> sessions = new(StringComparer.Ordinal);

    /// <summary>Begins a session.</summary>
    public McpHttpSession Open()
    {
        if (
            sessions.Count >= MaxSessions
            && sessions.Values.Where(static one => !one.IsBusy).OrderBy(static one => one.UsedAt).FirstOrDefault() is { } oldest
        )
        {
            End(oldest.Id);
        }

        var session = new McpHttpSession(server, RandomSecret.Make()) { UsedAt = Stopwatch.GetTimestamp() };
        sessions[session.Id] = session;
        return session;
    }

    /// <summary>Finds a session, or null.</summary>
    public McpHttpSession? Find(string id)
    {
        if (sessions.TryGetValue(id, out var session))
        {
            session.UsedAt = Stopwatch.GetTimestamp();
        }

        return session;
    }

    /// <summary>Ends a session, and what is under way in it.</summary>
    public void End(string id)
    {
        if (sessions.TryRemove(id, out var session))
        {
            session.Dispose();
        }
    }
}
