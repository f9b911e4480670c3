using System;
using System.Net;
using System.Text;
using Membrane.Client.Json;

namespace Membrane.Client.Mcp.Http;

/// <summary>
/// The headers that repeat what a request says, for those in between who do not read it: in the revision without a handshake they must be
/// there and say the same.
/// </summary>
internal static class McpHttpHeaders
{
    private const string EncodedStart = "=?base64?";
    private const string EncodedEnd = "?=";

    /// <summary>Refuses a request whose headers say something else than the request does.</summary>
    /// <exception cref="McpException">They do.</exception>
    public static void Check(HttpListenerRequest request, McpMessage message)
    {
        Require(request, McpHttpExchange.VersionHeader, message.Version);
        if (message.Id is null)
        {
            return;
        }

        Require(request, "Mcp-Method", message.Method);
        if (message.Method == "tools/call")
        {
            Require(request, "Mcp-Name", message.Parameters.Text("name"));
        }
    }

    private static void Require(HttpListenerRequest request, string header, string? expected)
    {
        var given = request.Headers[header];
        if (given is null)
        {
            throw new McpException(McpException.HeaderMismatch, $"The header {header} is missing.");
        }

        if (Decode(given) != expected)
        {
            throw new McpException(
                McpException.HeaderMismatch,
                $"The header {header} has '{ShownText.OfLine(given, 100)}', the message '{ShownText.OfLine(expected ?? "nothing", 100)}'."
            );
        }
    }

    private static string? Decode(string value)
    {
        if (
            !value.StartsWith(EncodedStart, StringComparison.Ordinal)
            || !value.EndsWith(EncodedEnd, StringComparison.Ordinal)
            || value.Length < EncodedStart.Length + EncodedEnd.Length
        )
        {
            return value;
        }

        try
        {
            var inner = value.Substring(EncodedStart.Length, value.Length - EncodedStart.Length - EncodedEnd.Length);
            return Encoding.UTF8.GetString(Convert.FromBase64String(inner));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
