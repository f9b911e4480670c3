using System;
using System.Net;

namespace Membrane;

/// <summary>The service answered with an error.</summary>
/// <remarks>Makes an error, as the client does; in a test, to see what a program does with it.</remarks>
/// <param name="errorId">The stable name of the error, one of <see cref="ErrorIds"/>.</param>
/// <param name="message">What happened.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="statusCode">The HTTP status of the answer.</param>
/// <param name="error">The error as the service describes it.</param>
public sealed class MembraneApiException(
    string errorId,
    string message,
    string? recommendedAction,
    HttpStatusCode statusCode,
    ErrorData error
) : MembraneException(errorId, message, recommendedAction)
{
    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>The error as the service describes it.</summary>
    public ErrorData Error { get; } = error;

    /// <summary>The kind of the error, such as bad_request, connection or action_run.</summary>
    public string? Type => Error.Type;

    /// <summary>The key within the kind, such as not_found.</summary>
    public string? Key => Error.Key;

    /// <summary>More facts about the error; their shape depends on the kind.</summary>
    public object? Details => Error.Data;

    /// <summary>The error behind this one.</summary>
    public ErrorData? CausedBy => Error.CausedByError;

    /// <summary>What to quote to the vendor's support: the id of the error or of the request, where the service sends one.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The id of the action run log, after a failed run.</summary>
    public string? ActionRunId { get; internal set; }

    /// <summary>How long the service asks to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; internal set; }

    /// <summary>
    /// The status with which the app behind the connection answered, where it was the app that said no and the service tells: 401, 403 or
    /// 429 in a run, any status in a request that was passed on.
    /// </summary>
    public int? AppStatus { get; internal set; }

    /// <summary>The operation that failed: method and path.</summary>
    public string? Operation { get; internal set; }
}
