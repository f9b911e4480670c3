using System;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>The scopes in the service's own words.</summary>
internal static class SignInScopes
{
    public static string ToWord(this SignInScope scope) => scope == SignInScope.PlatformUser ? "platform-user" : "tenant";

    /// <exception cref="FormatException">It is not a scope.</exception>
    public static SignInScope Parse(string word) =>
        word switch
        {
            "platform-user" => SignInScope.PlatformUser,
            "tenant" => SignInScope.Tenant,
            _ => throw new FormatException($"'{word}' is not a scope."),
        };
}
