using System;
using System.Collections.Generic;
using Membrane.Client.Json;
using Membrane.Client.Transport;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>What an API says of its OAuth server (<c>GET /.well-known/oauth-authorization-server</c>).</summary>
internal sealed class OAuthServer : MembraneModel
{
    public static ModelReader<OAuthServer> Reader { get; } =
        new ModelReader<OAuthServer>(static () => new OAuthServer())
            .Text("issuer", static (server, value) => server.Issuer = value)
            .Text("authorization_endpoint", static (server, value) => server.AuthorizationEndpoint = value)
            .Text("token_endpoint", static (server, value) => server.TokenEndpoint = value)
            .Text("revocation_endpoint", static (server, value) => server.RevocationEndpoint = value)
            .Texts("code_challenge_methods_supported", static (server, value) => server.ChallengeMethods = value);

    public string? Issuer { get; private set; }

    public string? AuthorizationEndpoint { get; private set; }

    public string? TokenEndpoint { get; private set; }

    public string? RevocationEndpoint { get; private set; }

    public IReadOnlyList<string>? ChallengeMethods { get; private set; }

    /// <summary>The page on which the person signs in, which may be elsewhere than the API.</summary>
    /// <exception cref="MembraneSignInException">There is none, or it is not protected.</exception>
    public Uri FindAuthorizationPage(Uri apiUri) =>
        Uri.TryCreate(AuthorizationEndpoint, UriKind.Absolute, out var page) && page.IsAsSafeAs(apiUri)
            ? page
            : throw Unusable(apiUri, $"its sign-in page '{AuthorizationEndpoint}' is not an https address");

    /// <summary>The path of an endpoint below the API's own address: codes and tokens go nowhere else.</summary>
    /// <exception cref="MembraneSignInException">The endpoint is elsewhere.</exception>
    public static string[] FindPath(Uri apiUri, string? endpoint, string name)
    {
        var start = apiUri.AbsoluteUri.TrimEnd('/') + "/";
        if (
            !Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
            || !address.AbsoluteUri.StartsWith(start, StringComparison.Ordinal)
            || address.Query.Length > 0
        )
        {
            throw Unusable(apiUri, $"its {name} '{endpoint}' is not below the address of the API");
        }

        return address.AbsoluteUri.Substring(start.Length).Split('/');
    }

    public static MembraneSignInException Unusable(Uri apiUri, string why) =>
        new(
            ErrorIds.SignInFailed,
            $"No one can sign in by browser at {apiUri}: {why}.",
            "Check the address of the API, or sign in with a token or a workspace secret."
        );
}
