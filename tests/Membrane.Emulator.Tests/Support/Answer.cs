using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;

namespace Membrane.Emulator.Tests.Support;

/// <summary>What the emulator answered.</summary>
internal sealed class Answer(HttpResponseMessage response, string text)
{
    private readonly Lazy<JsonElement> json = new Lazy<JsonElement>(() => JsonDocument.Parse(text).RootElement);

    public HttpResponseMessage Response { get; } = response;

    public HttpStatusCode Status => Response.StatusCode;

    public string Text { get; } = text;

    public JsonElement Json => json.Value;

    public string this[string name] => Json.GetProperty(name).ToString();

    public string Message => this["message"];

    public IReadOnlyList<JsonElement> Items => Json.GetProperty("items").EnumerateArray().ToList();

    public string? Cursor => Json.TryGetProperty("cursor", out var cursor) ? cursor.GetString() : null;

    /// <summary>The answer, which must be a success.</summary>
    public Answer Ok() =>
        (int)Status is >= 200 and < 300
            ? this
            : throw new InvalidOperationException(
                $"{(int)Status} to {Response.RequestMessage?.Method} {Response.RequestMessage?.RequestUri}: {Text}"
            );
}
