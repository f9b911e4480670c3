using System.Collections.Generic;

namespace Membrane.Client;

/// <summary>A request of any operation, as it stands.</summary>
public sealed class RawRequest
{
    /// <summary>
    /// The path below the address of the API, with or without a slash before it, or an address of the same host. Required.
    /// </summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>The method: GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE. Default GET.</summary>
    public string Method { get; set; } = "GET";

    /// <summary>The query parameters. An array is sent as several parameters of the name; null is left out.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Query { get; set; } = [];

    /// <summary>Headers beyond those that every request has. Authorization and those of the connection itself are refused.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers { get; set; } = [];

    /// <summary>The body: text and bytes are sent as they are, anything else as JSON; null for none.</summary>
    public object? Body { get; set; }

    /// <summary>The media type of the body. Default: application/json, for bytes application/octet-stream.</summary>
    public string? ContentType { get; set; }

    /// <summary>Whether an answer with an error status is returned like any other, after the usual tries.</summary>
    public bool SkipErrorCheck { get; set; }
}
