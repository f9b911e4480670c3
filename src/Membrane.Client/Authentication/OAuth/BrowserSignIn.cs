using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Callers;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>A sign-in with a browser on this machine, which comes back to a port on the loopback address (RFC 8252).</summary>
internal sealed class BrowserSignIn : IDisposable
{
    private readonly OAuthClient client;
    private readonly LoopbackListener listener;
    private readonly PkceSecret pkce = PkceSecret.Create();
    private readonly string state = PkceSecret.RandomText();

    private BrowserSignIn(OAuthClient client, LoopbackListener listener)
    {
        this.client = client;
        this.listener = listener;
    }

    /// <summary>The page on which the person signs in.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Begins to listen, and finds out which page to open.</summary>
    /// <exception cref="MembraneSignInException">The API has no OAuth server that can be used, or no port is to be had.</exception>
    public static async Task<BrowserSignIn> BeginAsync(OAuthClient client, OAuthScope scope, CancellationToken cancellationToken = default)
    {
        var signIn = new BrowserSignIn(client, LoopbackListener.Start());
        try
        {
            signIn.Address = await client
                .MakeAddressAsync(scope, signIn.listener.RedirectUri, signIn.state, signIn.pkce, cancellationToken)
                .ConfigureAwait(false);
            return signIn;
        }
        catch
        {
            signIn.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the browser to come back, and exchanges the code that it brings.</summary>
    /// <param name="timeout">How long to wait for the person, from a second.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MembraneSignInException">The sign-in was refused (SignInFailed).</exception>
    /// <exception cref="MembraneTimeoutException">No one signed in in time (SignInTimeout).</exception>
    public async Task<OAuthTokens> CompleteAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(timeout);
        string code;
        try
        {
            code = await listener.WaitAsync(state, timer.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MembraneTimeoutException(
                ErrorIds.SignInTimeout,
                $"No one signed in within {timeout.TotalSeconds:0} seconds.",
                "Begin again, with a longer time-out; or sign in with a code where the browser runs on another machine.",
                null
            );
        }
        catch (OperationCanceledException exception)
        {
            throw CallerCancellation.Of(exception, cancellationToken);
        }

        return await client.ExchangeAsync(code, pkce.Verifier, listener.RedirectUri, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => listener.Dispose();
}
