using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Mcp.Http;

/// <summary>Answers messages that come by POST.</summary>
internal sealed class McpHttpPost(LocalMcpServer server, McpHttpSessions sessions)
{
    /// <summary>What a client is told whose session is over.</summary>
    public const string NoSession = "There is no such session (any more): begin a new one with 'initialize'.";

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="sessionId">The session that it names, or null.</param>
    public async Task AnswerAsync(McpHttpExchange exchange, string? sessionId)
    {
        if (!IsJson(exchange.Request.ContentType))
        {
            exchange.Refuse(415, "A message is JSON: 'Content-Type: application/json'.");
            return;
        }

        if (await exchange.ReadBodyAsync(server.Leaving).ConfigureAwait(false) is not { } body)
        {
            exchange.Refuse(413, null, McpText.TooLong().Problem!);
            return;
        }

        var messages = McpText.Read(body, out var isBatch);
        var version = exchange.Request.Headers[McpHttpExchange.VersionHeader];
        if (messages[0] is { Problem: { } problem } && !isBatch)
        {
            exchange.Refuse(400, messages[0].Id, problem);
        }
        else if (!isBatch && (messages[0].Version is not null || version == McpVersions.Stateless))
        {
            await AnswerStatelessAsync(exchange, messages[0]).ConfigureAwait(false);
        }
        else if (version is not null && !McpVersions.Handshake.Contains(version))
        {
            exchange.Refuse(400, messages[0].Id, McpSession.Unsupported(version));
        }
        else if (!isBatch && messages[0] is { Method: "initialize", Id: not null })
        {
            var session = sessions.Open();
            exchange.Response.Headers[McpHttpExchange.SessionHeader] = session.Id;
            await AnswerOneAsync(exchange, session.Session, messages[0]).ConfigureAwait(false);
        }
        else if (sessionId is null)
        {
            exchange.Refuse(400, $"The header {McpHttpExchange.SessionHeader} is missing: a session begins with 'initialize'.");
        }
        else if (sessions.Find(sessionId) is not { } session)
        {
            exchange.Refuse(404, NoSession);
        }
        else if (isBatch)
        {
            await AnswerBatchAsync(exchange, session.Session, messages).ConfigureAwait(false);
        }
        else
        {
            await AnswerOneAsync(exchange, session.Session, messages[0]).ConfigureAwait(false);
        }
    }

    private async Task AnswerStatelessAsync(McpHttpExchange exchange, McpMessage message)
    {
        try
        {
            // First what is not spoken here: its headers may be others.
            McpSession.CheckVersion(message);
            McpHttpHeaders.Check(exchange.Request, message);
        }
        catch (McpException exception)
        {
            exchange.Refuse(400, message.Id, exception);
            return;
        }

        using var session = new McpSession(server, new McpBatch());
        await AnswerOneAsync(exchange, session, message).ConfigureAwait(false);
    }

    // What takes long is answered in a stream, with its progress; a client that closes it does not want the answer any more, or, in the
    // revisions with a handshake, may just have lost the connection.
    private static async Task AnswerOneAsync(McpHttpExchange exchange, McpSession session, McpMessage message)
    {
        var isLong = message.Id is not null && message.Method is "tools/call" or "subscriptions/listen";
        if (isLong && exchange.TakesEvents)
        {
            using var stream = new McpEventStream(exchange.Response);
            await session
                .AcceptAsync(message, stream, message.Version is null ? CancellationToken.None : stream.Gone)
                .ConfigureAwait(false);
            return;
        }

        if (message.Method == "subscriptions/listen" && message.Version is not null)
        {
            exchange.Refuse(
                406,
                message.Id,
                new McpException(McpException.InvalidRequest, "A stream has to be accepted: 'Accept: text/event-stream'.")
            );
            return;
        }

        var answers = new McpBatch();
        await session.AcceptAsync(message, answers, CancellationToken.None).ConfigureAwait(false);
        if (answers.Take() is not { } taken)
        {
            exchange.Respond(202);
            return;
        }

        var isUnknown = message.Version is not null && taken[0]!["error"]?["code"]?.GetValue<int>() == McpException.MethodNotFound;
        exchange.Respond(isUnknown ? 404 : 200, taken[0]!.DeepClone());
    }

    private static async Task AnswerBatchAsync(McpHttpExchange exchange, McpSession session, IReadOnlyList<McpMessage> messages)
    {
        if (session.Version != McpVersions.WithBatches)
        {
            exchange.Refuse(400, null, McpBatch.Refuse(session.Version!));
            return;
        }

        var answers = new McpBatch();
        await Task.WhenAll(messages.Select(one => session.AcceptAsync(one, answers, CancellationToken.None))).ConfigureAwait(false);
        if (answers.Take() is { } taken)
        {
            exchange.Respond(200, taken);
        }
        else
        {
            exchange.Respond(202);
        }
    }

    private static bool IsJson(string? contentType) =>
        string.Equals(contentType?.Split(';')[0].Trim(), "application/json", StringComparison.OrdinalIgnoreCase);
}
