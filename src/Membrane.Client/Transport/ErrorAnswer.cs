using System;
using System.Buffers;
using System.Linq;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Membrane.Client.Json;
using Membrane.Client.Tokens;

namespace Membrane.Client.Transport;

/// <summary>Turns an answer with an error status into the exception that describes it best.</summary>
internal static class ErrorAnswer
{
    private const int ShownCharacters = 500;
    private const int TooManyRequests = 429;

    public static MembraneException Describe(
        ApiRequest request,
        ApiResponse response,
        string token,
        IObjectAdapter objects,
        DateTimeOffset now
    )
    {
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            return Redirect(request, response);
        }

        response.HideToken();
        var error = Read(response, objects);
        var isHtml = error is null && LooksLikeHtml(response);
        if (isHtml && (int)response.StatusCode != TooManyRequests)
        {
            return Html(request, response);
        }

        error ??= new ErrorData { Message = request.HasSecretAnswer || isHtml ? null : FirstText(response) };
        var isOfApp = request.IsForApp && error is { Type: null, Key: null };
        var appStatus =
            isOfApp ? (int)response.StatusCode
            : IsOfRun(error) ? AppAnswer.Status(error, objects)
            : null;
        (var errorId, var advice) = appStatus is { } status ? NameOfApp(status, isOfApp) : Name(response.StatusCode, error, token, now);
        if ((int)response.StatusCode == 403 && request.AdviceWhenDenied is { } better)
        {
            advice = better;
        }

        var message = string.IsNullOrWhiteSpace(error.Message)
            ? $"{request.Operation} was answered with status {(int)response.StatusCode} {response.StatusCode}."
            : error.ToString();
        return new MembraneApiException(errorId, message, advice, response.StatusCode, objects.CreatePart(error))
        {
            AppStatus = appStatus,
            Topic = appStatus is null ? null : "App",
            Operation = request.Operation,
            RequestId =
                ErrorMembers.Find(error.Data, "errorId", objects) as string
                ?? response.WithoutToken(Header(response.Headers, "x-request-id")),
            ActionRunId =
                error.GetUnknownFields().TryGetValue("actionRunId", out var id) && id is string text
                    ? text
                    : ErrorMembers.Find(error.Data, "actionRunId", objects) as string,
            RetryAfter = RetryAfter(response.Headers, now),
        };
    }

    /// <summary>Whether the service says that it went on to the external app, or began a run.</summary>
    public static bool ReachedApp(MembraneException failure) =>
        failure is MembraneApiException api
        && (
            api.AppStatus is not null
            || api.ActionRunId is not null
            || api.Type is "connection" or "action_run" or "unit_run" or "custom_code" or "flow_run"
        );

    private static bool IsOfRun(ErrorData error) => error.Type is "action_run" or "unit_run" or "custom_code" or "flow_run";

    private static (string ErrorId, string? Advice) RateLimited => (ErrorIds.RateLimitExceeded, "Wait, or send fewer requests at once.");

    private static (string ErrorId, string? Advice) NameOfApp(int status, bool isWholeAnswer) =>
        (status, isWholeAnswer) switch
        {
            (TooManyRequests, _) => (
                ErrorIds.RateLimitExceeded,
                "The app behind the connection, not Membrane, limits requests. Wait, or send fewer requests at once."
            ),
            (401, false) => (
                ErrorIds.ConnectionProblem,
                "The app no longer accepts the credentials of the connection. Sign in to the app again."
            ),
            (403, false) => (
                ErrorIds.AppAccessDenied,
                "The account of the connection may not do that in the app, or the sign-in lacks a scope. Sign in to the app with one that may."
            ),
            _ => (
                ErrorIds.AppRequestFailed,
                "The app behind the connection, not Membrane, says no. Look at Error of the exception for what it says."
            ),
        };

    public static MembraneResponseException Html(ApiRequest request, ApiResponse response) =>
        Wrong(
            ErrorIds.HtmlResponse,
            request,
            response,
            "a web page instead of JSON",
            "A proxy or a sign-in page answers in place of Membrane, or the address of the API is wrong. Look at BodyStart of the "
                + "exception, at the address and at the proxy."
        );

    public static MembraneResponseException Empty(ApiRequest request, ApiResponse response) =>
        Wrong(
            ErrorIds.EmptyResponse,
            request,
            response,
            "an empty body where JSON was expected",
            "Try again; if it stays, something between here and Membrane swallows the answer."
        );

    public static MembraneResponseException Malformed(ApiRequest request, ApiResponse response, Exception exception) =>
        Wrong(
            ErrorIds.MalformedResponse,
            request,
            response,
            "a body that cannot be read as the JSON that the API sends",
            "Look at BodyStart of the exception. If Membrane changed its answers, look for a newer version of this library.",
            JsonFailure.WithoutText(exception)
        );

    public static bool LooksLikeHtml(ApiResponse response)
    {
        if (response.ContentHeaders.ContentType?.MediaType is { } type && type.IndexOf("html", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return true;
        }

        foreach (var segment in response.Body)
        {
            foreach (var character in segment.Span)
            {
                if (character is not ((byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t'))
                {
                    return character == (byte)'<';
                }
            }
        }

        return false;
    }

    /// <summary>How long the service asks to wait, by either form of the header.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var delay = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - now);
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }

    private static MembraneResponseException Wrong(
        string errorId,
        ApiRequest request,
        ApiResponse response,
        string how,
        string advice,
        Exception? exception = null
    )
    {
        response.HideToken();
        return new(
            errorId,
            $"{request.Operation} was answered with status {(int)response.StatusCode} and {how}.",
            advice,
            response.StatusCode,
            exception
        )
        {
            ContentType = response.WithoutToken(response.ContentHeaders.ContentType?.ToString()),
            BodyStart = request.HasSecretAnswer ? null : FirstText(response),
        };
    }

    private static MembraneResponseException Redirect(ApiRequest request, ApiResponse response) =>
        new(
            ErrorIds.UnexpectedRedirect,
            $"{request.Operation} was answered with a redirect to "
                + $"{response.WithoutToken(response.Headers.Location?.ToString()) ?? "nowhere"}. Redirects are not followed, so that a "
                + $"token never reaches another host.",
            "Set the address of the API to the one that the service wants.",
            response.StatusCode,
            null
        );

    // What the body says goes first: a 401 may be the app's, not ours.
    private static (string ErrorId, string? Advice) Name(HttpStatusCode status, ErrorData error, string token, DateTimeOffset now) =>
        (error.Type, error.Key) switch
        {
            ("connection", "rate_limit_exceeded") => NameOfApp(TooManyRequests, isWholeAnswer: false),
            (_, "rate_limit_exceeded") => RateLimited,
            _ when (int)status == TooManyRequests => RateLimited,
            (_, "already_exists") => (ErrorIds.AlreadyExists, "Use the existing one, or choose another key."),
            ("connection", _) => (ErrorIds.ConnectionProblem, "Sign in to the app again."),
            ("action_run" or "unit_run" or "custom_code", _) => (
                ErrorIds.ActionRunFailed,
                "Look at Error and CausedBy of the exception, and at the run log."
            ),
            _ => NameByStatus(status, error, token, now),
        };

    private static (string ErrorId, string? Advice) NameByStatus(
        HttpStatusCode status,
        ErrorData error,
        string token,
        DateTimeOffset now
    ) =>
        (int)status switch
        {
            401 when TokenText.ReadExpiry(token) is { } end && end <= now => (
                ErrorIds.TokenExpired,
                $"The token ended at {end:u}. Sign in again."
            ),
            401 => (ErrorIds.NotAuthenticated, "Check the token, or the workspace key and secret, and sign in again."),
            403 => (ErrorIds.AccessDenied, "Sign in as someone who may do that; operations of the whole workspace need a manager token."),
            404 => (ErrorIds.NotFound, "Check the id or key. What belongs to another tenant is not visible either."),
            407 => (ErrorIds.BadRequest, "A proxy that is not in the settings may want a user name and a password. Look at the proxy."),
            >= 500 => (ErrorIds.ServerError, "Try again later. If it stays, give the vendor's support the RequestId of the exception."),
            _ => (error.Type is "bad_request" or null ? ErrorIds.BadRequest : ErrorIds.RequestFailed, null),
        };

    private static ErrorData? Read(ApiResponse response, IObjectAdapter objects)
    {
        try
        {
            var reader = new Utf8JsonReader(response.Body);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? ElementFields.Error.Read(ref reader, objects) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Gateways answer with anything; what came is shown as text.
            return null;
        }
    }

    private static string? FirstText(ApiResponse response)
    {
        var body = response.Body;
        var text = Encoding.UTF8.GetString(body.Slice(0, Math.Min(body.Length, ShownCharacters * 4)).ToArray()).Trim();
        return text.Length == 0 ? null
            : text.Length > ShownCharacters ? text.Substring(0, ShownCharacters)
            : text;
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
