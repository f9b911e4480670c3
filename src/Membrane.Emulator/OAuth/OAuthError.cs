using System;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.OAuth;

/// <summary>An error in the form of RFC 6749, which is another one than the API's.</summary>
internal sealed class OAuthError(string error, string description, int status = 400) : Exception(description)
{
    /// <summary>The word of the standard, such as <c>invalid_grant</c>.</summary>
    public string Error { get; } = error;

    public int Status { get; } = status;

    public static OAuthError Request(string description) => new("invalid_request", description);

    public static OAuthError Grant(string description) => new("invalid_grant", description);

    public Reply ToReply() =>
        Reply.Json(new JsonObject { ["error"] = Error, ["error_description"] = Message }, Status).With("Cache-Control", "no-store");
}
