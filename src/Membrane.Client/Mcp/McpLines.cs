using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Mcp;

/// <summary>Speaks with one client in lines: the transport of a server that the client has started itself.</summary>
/// <param name="server">The server.</param>
/// <param name="output">Where messages go.</param>
internal sealed class McpLines(LocalMcpServer server, McpOutput output) : IDisposable
{
    private readonly ConcurrentDictionary<Task, bool> open = new();
    private readonly McpSession session = new(server, output);

    /// <summary>Handles one line. What takes time continues after it returns.</summary>
    public void Accept(byte[] line)
    {
        if (!IsBlank(line))
        {
            var messages = McpText.Read(line, out var isBatch);
            Track(isBatch ? AnswerBatchAsync(messages) : session.AcceptAsync(messages[0], output, CancellationToken.None));
        }
    }

    /// <summary>Handles a line that could not be taken as a whole.</summary>
    public void Refuse(McpMessage unreadable) => Track(session.AcceptAsync(unreadable, output, CancellationToken.None));

    /// <summary>Waits until every request is answered.</summary>
    public async Task FinishAsync()
    {
        session.StopListening();
        while (open.Keys.FirstOrDefault() is { } request)
        {
            await request.ConfigureAwait(false);
            open.TryRemove(request, out var _);
        }
    }

    /// <summary>Cancels the running requests, and waits for them to end.</summary>
    public void Dispose()
    {
        session.Dispose();
        Task.WaitAll(open.Keys.ToArray());
    }

    private async Task AnswerBatchAsync(IReadOnlyList<McpMessage> messages)
    {
        if (session.Version is not null and not McpVersions.WithBatches)
        {
            McpSession.Fail(output, null, McpBatch.Refuse(session.Version));
            return;
        }

        var batch = new McpBatch(output);
        await Task.WhenAll(messages.Select(one => session.AcceptAsync(one, batch, CancellationToken.None))).ConfigureAwait(false);
        if (batch.Take() is { } answers)
        {
            output.Write((JsonNode)answers);
        }
    }

    private void Track(Task request)
    {
        if (request.IsCompleted)
        {
            return;
        }

        open.TryAdd(request, true);
        _ = request.ContinueWith(
            done => open.TryRemove(done, out var _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private static bool IsBlank(byte[] line)
    {
        foreach (var one in line)
        {
            if (one is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }
}
