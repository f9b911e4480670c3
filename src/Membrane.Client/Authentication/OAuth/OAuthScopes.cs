using System;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>The scopes in the service's own words.</summary>
internal static class OAuthScopes
{
    public static string ToWord(this OAuthScope scope) => scope == OAuthScope.PlatformUser ? "platform-user" : "tenant";

    /// <exception cref="FormatException">It is not a scope.</exception>
    public static OAuthScope Parse(string word) =>
        word switch
        {
            "platform-user" => OAuthScope.PlatformUser,
            "tenant" => OAuthScope.Tenant,
            _ => throw new FormatException($"'{word}' is not a scope."),
        };
}
