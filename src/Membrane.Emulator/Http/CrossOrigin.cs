using System;

namespace Membrane.Emulator.Http;

/// <summary>Cross-origin resource sharing: lets the pages of allowed origins call the API and read its answers.</summary>
internal sealed class CrossOrigin(AllowedOrigins origins)
{
    private const string Methods = "GET, POST, PUT, PATCH, DELETE";
    private const string RequestHeaders = "authorization, content-type, membrane-api-version, x-membrane-session-id, " + StrictHeader;
    private const string McpHeaders = ", mcp-protocol-version, mcp-session-id, last-event-id";
    private const string ResponseHeaders = "Retry-After, WWW-Authenticate";

    /// <summary>The header by which one request asks to have refused what would be ignored.</summary>
    public const string StrictHeader = "membrane-emulator-strict";

    /// <summary>Returns whether the request wants to have refused what would be ignored; null if it does not say.</summary>
    public static bool? AsksToBeStrict(IncomingRequest request) =>
        request.Headers[StrictHeader] is not { Length: > 0 } asked
            ? null
            : asked != "0" && !asked.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers the question of a browser whether a page may send a request; null if the request is another.</summary>
    public Reply? AnswerPreflight(IncomingRequest request)
    {
        if (request.Method != "OPTIONS" || request.Origin is not { } origin || request.Headers["Access-Control-Request-Method"] is null)
        {
            return null;
        }

        if (!origins.Contains(origin))
        {
            return Reply.Error(AllowedOrigins.Refusal(origin));
        }

        var isMcp = request.RawPath.StartsWith("/mcp/", StringComparison.Ordinal);
        var reply = Reply
            .NoContent.With("Access-Control-Allow-Methods", Methods)
            .With("Access-Control-Allow-Headers", isMcp ? RequestHeaders + McpHeaders : RequestHeaders);

        // Browsers ask this for a page of the Internet that calls an address of this machine.
        return request.Headers["Access-Control-Request-Private-Network"] is null
            ? reply
            : reply.With("Access-Control-Allow-Private-Network", "true");
    }

    /// <summary>Says on an answer which page may read it. Pages for people are read by no other page.</summary>
    public void Mark(Reply reply, string? origin)
    {
        if (reply.IsPage)
        {
            return;
        }

        // Also without an origin: a cache must not keep that answer for a page.
        reply.With("Vary", "Origin");
        if (origin is not null && origins.Contains(origin))
        {
            reply.With("Access-Control-Allow-Origin", origin).With("Access-Control-Expose-Headers", ResponseHeaders);
        }
    }
}
