using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tokens;
using Membrane.Client.Transport;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>Talks to the OAuth server of an API, as a public client with PKCE. Safe for use from several threads.</summary>
/// <remarks>
/// The grants, PKCE and the client's lack of a secret are what the service publishes. Assumed, because nothing public says
/// so: that the client id <c>membrane-cli</c> may be used with any loopback port, and the names and encoding of the
/// parameters, which are those of RFC 6749, 7636 and 7009.
/// </remarks>
/// <remarks>Makes a client. No request is sent.</remarks>
/// <param name="options">The address of the API, and how to talk to it; the token source is not used.</param>
/// <param name="clock">The present time; the system's by default.</param>
/// <exception cref="MembraneInputException">An option cannot be used, as for <see cref="MembraneClient"/>.</exception>
internal sealed class OAuthClient(MembraneClientOptions options, Func<DateTimeOffset>? clock = null) : IDisposable
{
    /// <summary>The client id: the constant of the vendor's SDK.</summary>
    public const string ClientId = "membrane-cli";

    private readonly MembraneClientOptions options = (options ?? throw new ArgumentNullException(nameof(options))).CheckReach();
    private readonly ApiTransport transport = new ApiTransport(options);
    private readonly Func<DateTimeOffset> clock = clock ?? (static () => DateTimeOffset.UtcNow);

    /// <summary>The address of the API.</summary>
    public Uri ApiUri => options.ApiUri;

    /// <summary>The address of the page on which a person signs in.</summary>
    /// <exception cref="MembraneSignInException">The API has no OAuth server that can be used.</exception>
    internal async Task<Uri> MakeAddressAsync(
        OAuthScope scope,
        string redirectUri,
        string state,
        PkceSecret pkce,
        CancellationToken cancellationToken
    )
    {
        var server = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
        if (server.ChallengeMethods is { } methods && !methods.Contains("S256", StringComparer.Ordinal))
        {
            throw OAuthServer.Unusable(ApiUri, "it does not support PKCE with S256");
        }

        var page = server.FindAuthorizationPage(ApiUri);
        var query = string.Join(
            "&",
            new (string Name, string Value)[]
            {
                ("response_type", "code"),
                ("client_id", ClientId),
                ("redirect_uri", redirectUri),
                ("scope", scope.ToWord()),
                ("state", state),
                ("code_challenge", pkce.Challenge),
                ("code_challenge_method", "S256"),
            }.Select(static parameter => parameter.Name + "=" + Uri.EscapeDataString(parameter.Value))
        );
        return new Uri(page.AbsoluteUri + (page.Query.Length == 0 ? "?" : "&") + query);
    }

    /// <summary>Exchanges a code for tokens (<c>POST /oauth/token</c>, <c>grant_type=authorization_code</c>).</summary>
    /// <exception cref="MembraneSignInException">The service refuses the code (SignInFailed).</exception>
    internal async Task<OAuthTokens> ExchangeAsync(
        string code,
        string codeVerifier,
        string redirectUri,
        CancellationToken cancellationToken
    )
    {
        var server = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AskForTokensAsync(
                    server,
                    code,
                    cancellationToken,
                    ("grant_type", "authorization_code"),
                    ("code", code),
                    ("redirect_uri", redirectUri),
                    ("client_id", ClientId),
                    ("code_verifier", codeVerifier)
                )
                .ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (IsRefusal(exception))
        {
            throw new MembraneSignInException(
                ErrorIds.SignInFailed,
                "The service does not accept the code of the sign-in: " + Reason(exception),
                "A code is good once and for a short time. Begin the sign-in again.",
                exception
            );
        }
    }

    /// <summary>Exchanges a refresh token for new tokens (<c>POST /oauth/token</c>, <c>grant_type=refresh_token</c>).</summary>
    /// <exception cref="MembraneSignInException">The service refuses the refresh token (SignInEnded).</exception>
    internal async Task<OAuthTokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var server = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AskForTokensAsync(
                    server,
                    refreshToken,
                    cancellationToken,
                    ("grant_type", "refresh_token"),
                    ("refresh_token", refreshToken),
                    ("client_id", ClientId)
                )
                .ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (IsRefusal(exception))
        {
            throw new MembraneSignInException(
                ErrorIds.SignInEnded,
                "The stored sign-in has ended: the service no longer accepts it. " + Reason(exception),
                "Sign in again.",
                exception
            );
        }
    }

    /// <summary>Ends a sign-in at the service (<c>POST /oauth/revoke</c>, RFC 7009).</summary>
    /// <exception cref="MembraneException">It could not be ended.</exception>
    public async Task RevokeAsync(string token, CancellationToken cancellationToken = default)
    {
        var server = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
        var path = OAuthServer.FindPath(ApiUri, server.RevocationEndpoint, "revocation endpoint");
        await transport
            .SendAsync(
                ApiRequest.Post(path).Anonymous(token).WithSecretAnswer().Repeatable().Form(("token", token), ("client_id", ClientId)),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();

    private const int MaxReason = 300;

    private static bool IsRefusal(MembraneApiException exception) =>
        exception.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    private static string Reason(MembraneApiException exception)
    {
        var fields = exception.Error.GetUnknownFields();
        var description = fields.TryGetValue("error_description", out var text) ? text as string : null;
        var error = fields.TryGetValue("error", out var word) ? word as string : null;
        return (description ?? error)?.TrimEnd('.') is { Length: > 0 } reason
            ? ShownText.OfLine(reason, MaxReason) + "."
            : exception.Message;
    }

    private async Task<OAuthServer> DiscoverAsync(CancellationToken cancellationToken)
    {
        OAuthServer server;
        try
        {
            server = await transport
                .SendAsync(ApiRequest.Get(".well-known", "oauth-authorization-server").Anonymous(), OAuthServer.Reader, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            throw OAuthServer.Unusable(ApiUri, "it has no OAuth server");
        }

        // RFC 8414, against one server posing as another.
        return server.Issuer?.TrimEnd('/') == ApiUri.AbsoluteUri.TrimEnd('/')
            ? server
            : throw OAuthServer.Unusable(ApiUri, $"its OAuth server says that it belongs to '{server.Issuer}'");
    }

    private async Task<OAuthTokens> AskForTokensAsync(
        OAuthServer server,
        string secret,
        CancellationToken cancellationToken,
        params (string Name, string? Value)[] fields
    )
    {
        var path = OAuthServer.FindPath(ApiUri, server.TokenEndpoint, "token endpoint");
        var request = ApiRequest.Post(path).Anonymous(secret).WithSecretAnswer().Form(fields);
        var asked = clock();
        var answer = await transport.SendAsync(request, OAuthTokenAnswer.Reader, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(answer.AccessToken) || !string.Equals(answer.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw new MembraneSignInException(
                ErrorIds.SignInFailed,
                "The service's answer to the sign-in holds no bearer token.",
                "Try again; if it stays, sign in with a token or a workspace secret."
            );
        }

        return new OAuthTokens
        {
            AccessToken = TokenText.Check(answer.AccessToken, "access_token"),
            ExpiresAt = asked.AddSeconds(Math.Max(0, Math.Min(answer.ExpiresIn ?? 0, 315_360_000))),
            RefreshToken = string.IsNullOrEmpty(answer.RefreshToken) ? null : answer.RefreshToken,
            WorkspaceKey = answer.DefaultWorkspaceKey,
            TenantKey = answer.DefaultTenantKey,
            Email = answer.Email,
        };
    }
}
