using System;
using System.Collections.Generic;

namespace Membrane.Emulator;

/// <summary>A request that arrived, without secrets.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(
        DateTimeOffset time,
        string method,
        string path,
        string query,
        IReadOnlyDictionary<string, string> headers,
        string? operationId,
        string? body,
        int? status,
        IReadOnlyList<string> redacted,
        IReadOnlyList<string> ignored
    )
    {
        Time = time;
        Method = method;
        Path = path;
        Query = query;
        Headers = headers;
        OperationId = operationId;
        Body = body;
        Status = status;
        Redacted = redacted;
        Ignored = ignored;
    }

    /// <summary>When it arrived, by the workspace's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path, as it was sent.</summary>
    public string Path { get; }

    /// <summary>The query without its question mark, as it was sent; secrets in it are redacted.</summary>
    public string Query { get; }

    /// <summary>The headers; secrets are redacted, and of <c>Authorization</c> the scheme is kept.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The operation of the API that it asked for; null when there is none.</summary>
    public string? OperationId { get; }

    /// <summary>The beginning of the body, at most 16,384 bytes of it; secrets in it are redacted.</summary>
    public string? Body { get; }

    /// <summary>The names of what was redacted: headers, parameters and members of the body, such as <c>headers.Authorization</c>.</summary>
    public IReadOnlyList<string> Redacted { get; }

    /// <summary>
    /// The names of what the operation does not know or does not change, and what had no effect: parameters and members of the body, such
    /// as <c>query.hash</c> and <c>body.createdAt</c>.
    /// </summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>The status that was answered; null when the connection was cut instead.</summary>
    public int? Status { get; }
}
