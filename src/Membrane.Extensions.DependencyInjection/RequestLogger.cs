using System;
using Membrane.Client;
using Microsoft.Extensions.Logging;

namespace Membrane.Extensions.DependencyInjection;

/// <summary>Logs what a client does: answers as Debug, those with an error and further tries as Warning. Never a token or a body.</summary>
internal sealed partial class RequestLogger(ILogger logger) : IRequestObserver
{
    private const int FirstErrorStatus = 400;

    public void Answered(string operation, int statusCode, TimeSpan duration) =>
        LogAnswered(
            logger,
            statusCode < FirstErrorStatus ? LogLevel.Debug : LogLevel.Warning,
            operation,
            statusCode,
            (long)duration.TotalMilliseconds
        );

    public void Retrying(string operation, string reason, TimeSpan delay) =>
        LogRetrying(logger, operation, (long)delay.TotalMilliseconds, reason);

    [LoggerMessage(EventId = 1, EventName = "Answered", Message = "{Operation} was answered with {StatusCode} after {Milliseconds} ms")]
    private static partial void LogAnswered(ILogger logger, LogLevel level, string operation, int statusCode, long milliseconds);

    [LoggerMessage(
        EventId = 2,
        EventName = "Retrying",
        Level = LogLevel.Warning,
        Message = "{Operation} is sent again in {Milliseconds} ms: {Reason}"
    )]
    private static partial void LogRetrying(ILogger logger, string operation, long milliseconds, string reason);
}
