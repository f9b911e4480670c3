using System;
using System.Net;

namespace Membrane;

/// <summary>An answer came, but not one that the API speaks: broken JSON, a web page, nothing at all.</summary>
public sealed class MembraneResponseException : MembraneException
{
    internal MembraneResponseException(
        string errorId,
        string message,
        string? recommendedAction,
        HttpStatusCode statusCode,
        Exception? innerException
    )
        : base(errorId, message, recommendedAction, innerException) => StatusCode = statusCode;

    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The media type of the answer.</summary>
    public string? ContentType { get; internal set; }

    /// <summary>How the answer begins, at most 500 characters.</summary>
    public string? BodyStart { get; internal set; }
}
