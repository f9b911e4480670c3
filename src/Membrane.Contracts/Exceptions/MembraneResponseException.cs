using System;
using System.Net;

namespace Membrane;

/// <summary>An answer came, but not one that the API speaks: broken JSON, a web page, nothing at all.</summary>
/// <remarks>Makes an error, as the client does; in a test, to see what a program does with it.</remarks>
/// <param name="errorId">The stable name of the error, one of <see cref="ErrorIds"/>.</param>
/// <param name="message">What happened.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="statusCode">The HTTP status of the answer.</param>
/// <param name="innerException">What caused it.</param>
public sealed class MembraneResponseException(
    string errorId,
    string message,
    string? recommendedAction,
    HttpStatusCode statusCode,
    Exception? innerException
) : MembraneException(errorId, message, recommendedAction, innerException)
{
    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>The media type of the answer.</summary>
    public string? ContentType { get; internal set; }

    /// <summary>How the answer begins, at most 500 characters.</summary>
    public string? BodyStart { get; internal set; }
}
