using System;
using System.Globalization;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Transport;

/// <summary>What the app behind a connection said, as far as the error of a run, or one behind it, tells.</summary>
internal static class AppAnswer
{
    private static readonly string[] StatusNames = ["status", "statusCode", "httpStatus", "code"];

    /// <summary>The status of the app's answer: 401, 403 or 429; null for any other.</summary>
    public static int? Status(ErrorData run, IObjectAdapter objects)
    {
        for (var error = run; error is not null; error = error.CausedByError)
        {
            if (StatusOfKey(error.Key) is { } named)
            {
                return named;
            }

            if (StatusOfData(error, objects) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    /// <summary>Returns the id of what has ended with an error: a rate limit has one, whatever it ended.</summary>
    public static string IdOf(ErrorData? error, string otherwise, IObjectAdapter objects) =>
        error is not null && Status(error, objects) == 429 ? ErrorIds.RateLimitExceeded : otherwise;

    private static int? StatusOfKey(string? key) =>
        key switch
        {
            "rate_limit_exceeded" => 429,
            "access_token_expired" or "connection_is_defunct" or "not_authenticated" => 401,
            "access_denied" or "missing_scope" or "insufficient_scope" => 403,
            _ => null,
        };

    private static int? StatusOfData(ErrorData error, IObjectAdapter objects) =>
        StatusIn(error.Data, objects) ?? StatusIn(ErrorMembers.Find(error.Data, "response", objects), objects);

    private static int? StatusIn(object? data, IObjectAdapter objects) =>
        StatusNames
            .Select(name => Convert.ToString(ErrorMembers.Find(data, name, objects), CultureInfo.InvariantCulture))
            .Select(static text => text is "401" or "403" or "429" ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null)
            .FirstOrDefault(static status => status is not null);
}
