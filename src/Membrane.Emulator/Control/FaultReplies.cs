using System;
using System.Globalization;
using System.Text;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Control;

/// <summary>The answers that faults give in place of the work.</summary>
internal static class FaultReplies
{
    /// <summary>Returns whether the fault answers itself; one that loses the answer lets the work be done first.</summary>
    public static bool ReplacesWork(Fault fault) =>
        fault.Drop != FaultDrop.After && (fault.Status is not null || fault.RequestsPerSecond is not null);

    public static Reply Make(Fault fault)
    {
        var status = fault.Status ?? 429;
        var reply = fault.Body is null
            ? Envelope(status)
            : Reply.Bytes(Encoding.UTF8.GetBytes(fault.Body), ContentTypeOf(fault.Body), status);
        if (fault.RequestsPerSecond is not null && fault.RetryAfter != RetryAfterForm.None)
        {
            reply.Headers["Retry-After"] =
                fault.RetryAfter == RetryAfterForm.Seconds
                    ? "1"
                    : DateTimeOffset.UtcNow.AddSeconds(1).ToString("R", CultureInfo.InvariantCulture);
        }

        return reply;
    }

    private static Reply Envelope(int status) =>
        Reply.Error(
            status switch
            {
                401 => ApiException.NotAuthenticated("A fault of the emulator: not authenticated."),
                403 => ApiException.AccessDenied("A fault of the emulator: access denied."),
                404 => ApiException.NotFound("A fault of the emulator: not found."),
                429 => new ApiException(429, "bad_request", "rate_limit_exceeded", "A fault of the emulator: too many requests."),
                >= 500 => new ApiException(status, "internal", null, $"A fault of the emulator: status {status}."),
                _ => new ApiException(status, "bad_request", null, $"A fault of the emulator: status {status}."),
            }
        );

    private static string ContentTypeOf(string body)
    {
        var start = body.TrimStart();
        if (start.StartsWith("{", StringComparison.Ordinal) || start.StartsWith("[", StringComparison.Ordinal))
        {
            return "application/json; charset=utf-8";
        }

        return start.StartsWith("<", StringComparison.Ordinal) ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
    }
}
