using System;
using System.IO;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;

namespace Membrane.Client.Mcp.Http;

/// <summary>One request over HTTP, and its response.</summary>
internal sealed class McpHttpExchange(HttpListenerContext context)
{
    /// <summary>The header that names a session.</summary>
    public const string SessionHeader = "Mcp-Session-Id";

    /// <summary>The header that names the revision of the protocol.</summary>
    public const string VersionHeader = "MCP-Protocol-Version";

    /// <summary>The request.</summary>
    public HttpListenerRequest Request => context.Request;

    /// <summary>The response.</summary>
    public HttpListenerResponse Response => context.Response;

    /// <summary>Whether the client reads server-sent events.</summary>
    public bool TakesEvents =>
        (Request.Headers["Accept"] ?? string.Empty).IndexOf("text/event-stream", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Ends a response, also where no one reads it any more.</summary>
    public static void Close(HttpListenerResponse response)
    {
        try
        {
            response.Close();
        }
        catch (Exception exception)
            when (exception is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client is gone.
        }
    }

    /// <summary>Reads the body; null where it is longer than a message may be.</summary>
    public async Task<byte[]?> ReadBodyAsync(CancellationToken cancellationToken)
    {
        if (Request.ContentLength64 > McpText.MaxBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[65_536];
        int count;
#pragma warning disable CA1835 // The overloads for memory are not part of netstandard2.0.
        while ((count = await Request.InputStream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
#pragma warning restore CA1835
        {
            body.Write(buffer, 0, count);
            if (body.Length > McpText.MaxBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    /// <summary>Responds without a body.</summary>
    public void Respond(int status)
    {
        Response.StatusCode = status;
        Response.ContentLength64 = 0;
        Close(Response);
    }

    /// <summary>Responds with JSON.</summary>
    public void Respond(int status, JsonNode body)
    {
        var bytes = JsonNodes.ToBytes(body);
        Response.StatusCode = status;
        Response.ContentType = "application/json";
        Response.ContentLength64 = bytes.Length;
        Response.Headers["Cache-Control"] = "no-store";
        try
        {
            Response.OutputStream.Write(bytes, 0, bytes.Length);
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client is gone.
        }

        Close(Response);
    }

    /// <summary>Responds with an error that belongs to no request of the protocol.</summary>
    public void Refuse(int status, string why) => Refuse(status, null, new McpException(McpException.InvalidRequest, why));

    /// <summary>Responds with an error.</summary>
    public void Refuse(int status, JsonNode? id, McpException problem)
    {
        // What is left of a long body is not read, so nothing can follow it.
        if (status == 413)
        {
            Response.KeepAlive = false;
        }

        var answer = new McpBatch();
        McpSession.Fail(answer, id, problem);
        Respond(status, answer.Take()![0]!.DeepClone());
    }
}
