using System;
using System.Linq;
using Membrane.Emulator.Contract;

namespace Membrane.Emulator.OAuth;

/// <summary>What a program asks a person for (<c>GET /oauth/authorize</c>), checked.</summary>
internal sealed class AuthorizationRequest
{
    private AuthorizationRequest(string clientId, string clientName, string redirectUri, string? state, QueryValues query)
    {
        ClientId = clientId;
        ClientName = clientName;
        RedirectUri = redirectUri;
        State = state;
        Scope = query.Text("scope") ?? "";
        Challenge = query.Text("code_challenge") ?? "";
    }

    public string ClientId { get; }

    public string ClientName { get; }

    public string RedirectUri { get; }

    public string? State { get; }

    public string Scope { get; }

    public string Challenge { get; }

    /// <summary>Whether the person's account is asked for, not one tenant.</summary>
    public bool WantsAccount => Scope == "platform-user";

    /// <summary>Reads the request; null when the browser must not be sent back because its origin is not known.</summary>
    public static AuthorizationRequest? Read(QueryValues query, OAuthClients clients)
    {
        var clientId = query.Text("client_id");
        var redirectUri = query.Text("redirect_uri");
        return clients.NameOf(clientId) is { } name && clients.MayRedirect(clientId!, redirectUri)
            ? new AuthorizationRequest(clientId!, name, redirectUri!, query.Text("state"), query)
            : null;
    }

    /// <summary>Says what is wrong with the rest of it.</summary>
    /// <exception cref="OAuthError">Something is; the browser is to be sent back with it.</exception>
    public void Check(QueryValues query)
    {
        if (query.Text("response_type") != "code")
        {
            throw new OAuthError("unsupported_response_type", "'response_type' must be 'code'.");
        }

        if (Scope is not ("platform-user" or "tenant"))
        {
            throw new OAuthError("invalid_scope", "'scope' must be exactly one of platform-user and tenant.");
        }

        if (query.Text("code_challenge_method") != "S256" || Challenge.Length != 43 || !Challenge.All(IsChallengeCharacter))
        {
            throw OAuthError.Request("PKCE is required: 'code_challenge' with 'code_challenge_method' S256.");
        }
    }

    /// <summary>Returns where the browser goes next.</summary>
    public string Back(params (string Name, string Value)[] answer)
    {
        var parameters = answer.ToList();
        if (State is not null)
        {
            parameters.Add(("state", State));
        }

        var query = string.Join("&", parameters.Select(one => one.Name + "=" + Uri.EscapeDataString(one.Value)));
        return RedirectUri + (RedirectUri.IndexOf('?') < 0 ? "?" : "&") + query;
    }

    private static bool IsChallengeCharacter(char character) =>
        character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_';
}
