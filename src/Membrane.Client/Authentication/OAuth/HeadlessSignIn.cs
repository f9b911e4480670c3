using System;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>
/// A sign-in without a browser on this machine: the person opens the address anywhere, and brings back the code that is shown.
/// </summary>
/// <remarks>Assumed, because nothing public says so: the address of the page that shows the code, <see cref="CodePage"/>.</remarks>
internal static class HeadlessSignIn
{
    /// <summary>The page that shows the code, below the address of the API.</summary>
    public const string CodePage = "oauth/code";

    /// <summary>Begins a sign-in.</summary>
    /// <param name="client">The OAuth server.</param>
    /// <param name="choice">The name, scope, workspace and tenant; the rest is filled in.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What must be kept until the code comes, and the address for the person.</returns>
    /// <exception cref="MembraneSignInException">The API has no OAuth server that can be used.</exception>
    public static async Task<(PendingSignIn Pending, Uri Address)> BeginAsync(
        OAuthClient client,
        PendingSignIn choice,
        CancellationToken cancellationToken = default
    )
    {
        var pkce = PkceSecret.Create();
        var state = PkceSecret.RandomText();
        var redirectUri = client.ApiUri.AbsoluteUri.TrimEnd('/') + "/" + CodePage;
        var address = await client.MakeAddressAsync(choice.Scope, redirectUri, state, pkce, cancellationToken).ConfigureAwait(false);
        var pending = new PendingSignIn
        {
            Name = choice.Name,
            ApiUri = client.ApiUri,
            Scope = choice.Scope,
            RedirectUri = redirectUri,
            State = state,
            CodeVerifier = pkce.Verifier,
            WorkspaceKey = choice.WorkspaceKey,
            TenantKey = choice.TenantKey,
            IsManager = choice.IsManager,
            CreatedAt = DateTimeOffset.UtcNow,
        };
        return (pending, address);
    }

    /// <summary>Ends a sign-in with the code that the browser shows, or with the whole address that it was sent to.</summary>
    /// <exception cref="MembraneInputException">It is not a code.</exception>
    /// <exception cref="MembraneSignInException">The code is of another sign-in, or is refused (SignInFailed).</exception>
    public static Task<OAuthTokens> CompleteAsync(
        OAuthClient client,
        PendingSignIn pending,
        string code,
        CancellationToken cancellationToken = default
    )
    {
        var trimmed = PastedText.Clean(code);
        if (Uri.TryCreate(trimmed, UriKind.Absolute, out var address) && address.Query.Length > 0)
        {
            trimmed = RedirectAnswer.Read(address.Query).TakeCode(pending.State);
        }

        if (trimmed.Length is 0 or > 4096 || trimmed.IndexOfAny([' ', '\t', '\r', '\n']) >= 0)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Code",
                "The value of Code is not a code of a sign-in.",
                "Copy the code that the browser shows, whole."
            );
        }

        return client.ExchangeAsync(trimmed, pending.CodeVerifier, pending.RedirectUri, cancellationToken);
    }
}
