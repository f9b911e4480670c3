using System;
using System.Text.Json.Nodes;
using System.Threading;

namespace Membrane.Client.Mcp.Http;

/// <summary>A client that began with a handshake, and names its session in each further request.</summary>
internal sealed class McpHttpSession : IMcpSink, IDisposable
{
    private McpEventStream? stream;

    /// <param name="server">The server.</param>
    /// <param name="id">The id.</param>
    public McpHttpSession(LocalMcpServer server, string id)
    {
        Id = id;
        Session = new McpSession(server, this);
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The client.</summary>
    public McpSession Session { get; }

    /// <summary>When it was used last, in ticks.</summary>
    public long UsedAt { get; set; }

    /// <summary>Whether the client listens to what belongs to no request.</summary>
    public bool IsListening => Volatile.Read(ref stream) is not null;

    /// <summary>Whether the client is served right now.</summary>
    public bool IsBusy => Session.IsBusy || IsListening;

    /// <summary>Sends what belongs to no request through a stream; false where there is one already.</summary>
    public bool TryOpen(McpEventStream opened) => Interlocked.CompareExchange(ref stream, opened, null) is null;

    /// <summary>Sends nothing through the stream any more.</summary>
    public void Close() => Volatile.Write(ref stream, null);

    /// <summary>Sends what belongs to no request; a client that does not listen lists the tools when it needs them.</summary>
    public void Write(JsonObject message) => Volatile.Read(ref stream)?.Write(message);

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();
}
