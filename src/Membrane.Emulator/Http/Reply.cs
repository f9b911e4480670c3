using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Http;

/// <summary>An answer: complete before the first byte of it is sent, or one that goes on.</summary>
internal sealed class Reply
{
    private Reply(int status, string? contentType, byte[] body)
    {
        Status = status;
        ContentType = contentType;
        Body = body;
    }

    public int Status { get; }

    public string? ContentType { get; }

    public byte[] Body { get; }

    /// <summary>
    /// Writes an answer that goes on, part by part, until it ends or the client has gone; null if the answer is complete. What it is given
    /// sends one part, and completes when the client can take more.
    /// </summary>
    public Func<Func<byte[], Task>, CancellationToken, Task>? WriteStream { get; private init; }

    /// <summary>Whether it is a page for people.</summary>
    public bool IsPage { get; private init; }

    /// <summary>Further headers of the answer.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>200 without a body's schema: the API's answer to archiving and deleting.</summary>
    public static Reply Done => Json(EmulatorJson.EmptyObject);

    public static Reply NoContent => new(204, null, Array.Empty<byte>());

    public static Reply Json(JsonNode? body, int status = 200) =>
        new(status, "application/json; charset=utf-8", EmulatorJson.ToBytes(body));

    public static Reply Json(JsonElement body, int status = 200) => Json(body.WriteTo, status);

    public static Reply Json(Action<Utf8JsonWriter> write, int status = 200) =>
        new(status, "application/json; charset=utf-8", EmulatorJson.Write(write));

    public static Reply Error(ApiException error) => Json(error.ToJson(), error.Status);

    public static Reply Html(string page, int status = 200) =>
        new(status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page)) { IsPage = true };

    public static Reply Bytes(byte[] body, string? contentType, int status = 200) => new(status, contentType, body);

    /// <summary>Makes an answer that goes on.</summary>
    public static Reply Stream(string contentType, Func<Func<byte[], Task>, CancellationToken, Task> write) =>
        new(200, contentType, Array.Empty<byte>()) { WriteStream = write };

    public static Reply Redirect(string location)
    {
        var reply = new Reply(303, null, Array.Empty<byte>());
        reply.Headers["Location"] = location;
        return reply;
    }

    public Reply With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
