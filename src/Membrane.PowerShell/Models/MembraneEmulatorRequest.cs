using System;
using System.Collections.Generic;

namespace Membrane;

/// <summary>A request that arrived at an emulator, without its secrets.</summary>
public sealed class MembraneEmulatorRequest
{
    internal MembraneEmulatorRequest(DateTimeOffset time, string method, string path)
    {
        Time = time;
        Method = method;
        Path = path;
    }

    /// <summary>When it arrived, by the clock of the workspace.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path, as it was sent.</summary>
    public string Path { get; }

    /// <summary>The query without its question mark, as it was sent; secrets in it are redacted.</summary>
    public string? Query { get; internal set; }

    /// <summary>The headers; secrets are redacted, and of Authorization the scheme is kept.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; internal set; }

    /// <summary>The beginning of the body as text, at most 16,384 bytes of it; secrets in it are redacted.</summary>
    public string? Body { get; internal set; }

    /// <summary>The names of what was redacted: headers, parameters and members of the body, such as headers.Authorization.</summary>
    public IReadOnlyList<string> Redacted { get; internal set; } = [];

    /// <summary>
    /// The names of what the operation does not know or does not change, and what had no effect, such as query.hash and body.createdAt.
    /// </summary>
    public IReadOnlyList<string> Ignored { get; internal set; } = [];

    /// <summary>The operation of the API that it asked for; empty when there is none.</summary>
    public string? OperationId { get; internal set; }

    /// <summary>The status of the answer; empty when it was not answered, or the connection was cut.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>The method and path.</summary>
    public override string ToString() => Method + " " + Path;
}
