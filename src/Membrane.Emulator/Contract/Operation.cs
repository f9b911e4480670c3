using System.Collections.Generic;

namespace Membrane.Emulator.Contract;

/// <summary>One operation of the API: where it is, who may call it and what it takes.</summary>
internal sealed class Operation(string id, string method, string path)
{
    public string Id { get; } = id;

    public string Method { get; } = method;

    public string Path { get; } = path;

    /// <summary>A tenant's token is refused.</summary>
    public bool ManagerOnly { get; init; }

    /// <summary>The name of the schema of the body; null when the operation takes none.</summary>
    public string? RequestSchema { get; init; }

    /// <summary>The body is passed on as it is, whatever it is.</summary>
    public bool RawBody { get; init; }

    /// <summary>Query parameters beyond the listed ones are allowed.</summary>
    public bool OpenQuery { get; init; }

    /// <summary>The token is in the query: a browser's EventSource sends no headers of its own.</summary>
    public bool TakesTokenInQuery => Path.StartsWith("/sse/", System.StringComparison.Ordinal);

    public IReadOnlyDictionary<string, QueryParameter> Query { get; init; } = new Dictionary<string, QueryParameter>();
}
