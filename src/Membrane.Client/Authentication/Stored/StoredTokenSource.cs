using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Authentication.OAuth;

namespace Membrane.Client.Authentication.Stored;

/// <summary>
/// The tokens of a stored sign-in. One that is about to end is refreshed, once for all who wait; the refresh token that comes
/// with the new one is written back at once. What another process has refreshed is taken from the file. A new token that
/// cannot be written is used anyway; each use tries to write it again.
/// </summary>
/// <remarks>Prepares to use a sign-in. Nothing is read or sent.</remarks>
/// <param name="store">Where the sign-in is kept.</param>
/// <param name="signIn">The sign-in.</param>
/// <param name="oauth">The OAuth server of its API. It is disposed of together with this object.</param>
/// <param name="clock">The present time; the system's by default.</param>
/// <param name="warn">
/// Is called, on behalf of the caller that waits for a token, with words that say that a new one could not be stored. False if there is
/// no one to read them: then they are for the next one who waits. Without it that is an error, once.
/// </param>
internal sealed class StoredTokenSource(
    CredentialStore store,
    StoredSignIn signIn,
    OAuthClient oauth,
    Func<DateTimeOffset>? clock = null,
    Func<string, bool>? warn = null
) : ITokenSource, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private readonly Func<DateTimeOffset> clock = clock ?? (static () => DateTimeOffset.UtcNow);
    private readonly object gate = new();
    private StoredSignIn current = signIn;
    private StoredSignIn? outdated;
    private MembraneSignInException? untold;
    private string? refused;
    private Task<string>? refreshing;

    /// <summary>The sign-in as it is now.</summary>
    public StoredSignIn SignIn
    {
        get
        {
            lock (gate)
            {
                return current;
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt => SignIn.ExpiresAt;

    /// <inheritdoc/>
    public Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (outdated is null && IsUsable(current, Margin))
            {
                return Task.FromResult(current.AccessToken);
            }

            // The refresh belongs to all who wait for it, so no single caller's Ctrl-C ends it half-way: the service may have
            // replaced the refresh token already, and the new one must reach the file.
            refreshing ??= Task.Run(RefreshAsync);
            return WaitForAsync(refreshing, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public bool Discard(string token)
    {
        lock (gate)
        {
            if (token == current.AccessToken)
            {
                refused = token;
            }

            return true;
        }
    }

    /// <summary>Ends the sign-in at the service and forgets it here.</summary>
    /// <exception cref="MembraneException">It could not be ended; then it is still stored.</exception>
    public async Task RevokeAsync(CancellationToken cancellationToken = default)
    {
        using var taken = await store.LockAsync(isPatient: true, cancellationToken).ConfigureAwait(false);
        var section = store.Read();
        var stored = Find(section);
        var newest = stored is null ? SignIn : Newest(stored);
        await oauth.RevokeAsync(newest.RefreshToken ?? newest.AccessToken, cancellationToken).ConfigureAwait(false);
        if (stored is not null)
        {
            section.SignIns.Remove(newest.Name);
            await store.WriteAsync(section, isPatient: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the connections to the OAuth server.</summary>
    public void Dispose() => oauth.Dispose();

    private bool IsUsable(StoredSignIn signIn, TimeSpan margin) => signIn.AccessToken != refused && signIn.ExpiresAt - clock() > margin;

    private StoredSignIn? Find(CredentialSection section) =>
        section.SignIns.TryGetValue(current.Name, out var found) && found.Id == current.Id && found.ApiUri == current.ApiUri ? found : null;

    // What could not be written is newer than what is in the file, unless another session has written meanwhile.
    private StoredSignIn Newest(StoredSignIn stored)
    {
        lock (gate)
        {
            return outdated is not null && outdated.AccessToken == stored.AccessToken && outdated.RefreshToken == stored.RefreshToken
                ? current
                : stored;
        }
    }

    private async Task<string> WaitForAsync(Task<string> refresh, CancellationToken cancellationToken)
    {
        var token = await refresh.WaitAsync(cancellationToken).ConfigureAwait(false);
        MembraneSignInException? news;
        lock (gate)
        {
            news = untold;
            untold = null;
        }

        if (news is not null && !(warn ?? throw news)($"{news.Message} {news.RecommendedAction}"))
        {
            lock (gate)
            {
                untold ??= outdated is null ? null : news;
            }
        }

        return token;
    }

    private async Task<string> RefreshAsync()
    {
        var before = SignIn;
        try
        {
            using var timer = new CancellationTokenSource(MaxWait);
            var renewed = await RenewAsync(timer.Token).ConfigureAwait(false);
            return renewed.AccessToken;
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or MembraneException { ErrorId: not ErrorIds.SignInEnded })
        {
            // It was refreshed ahead of time: until the present token ends, there is no harm in trying later. Of a new one that
            // could not be written to the file someone must know: what is in the file is of no use any more.
            lock (gate)
            {
                if (!ReferenceEquals(current, before))
                {
                    untold = NotStored(exception);
                }

                if (IsUsable(current, TimeSpan.Zero))
                {
                    return current.AccessToken;
                }
            }

            if (exception is MembraneException)
            {
                throw;
            }

            throw new MembraneNetworkException(
                ErrorIds.RequestTimeout,
                $"The stored sign-in could not be refreshed within {MaxWait.TotalSeconds:0} seconds.",
                "Try again.",
                exception
            );
        }
        finally
        {
            lock (gate)
            {
                refreshing = null;
            }
        }
    }

    private async Task<StoredSignIn> RenewAsync(CancellationToken cancellationToken)
    {
        // While there is a token to go on with, no one waits for a file.
        var isPatient = !IsUsable(SignIn, Margin);
        using var taken = await store.LockAsync(isPatient, cancellationToken).ConfigureAwait(false);
        var section = store.Read(isPatient);
        if (Find(section) is null && !isPatient)
        {
            // There is no place any more for what was to be stored; the token is good until its end anyway.
            Take(current, null);
            return current;
        }

        var stored =
            Find(section)
            ?? throw new MembraneSignInException(
                ErrorIds.SignInEnded,
                $"The stored sign-in '{current.Name}' is no longer there: another session has signed out, or has signed in again.",
                "Sign in again."
            );
        var newest = Newest(stored);
        if (!IsUsable(newest, Margin))
        {
            var refreshToken =
                newest.RefreshToken
                ?? throw new MembraneSignInException(
                    ErrorIds.SignInEnded,
                    $"The sign-in ended at {newest.ExpiresAt:u}, and the service gave nothing to renew it with.",
                    "Sign in again."
                );
            newest = newest.Renewed(await oauth.RefreshAsync(refreshToken, cancellationToken).ConfigureAwait(false));
        }

        if (!ReferenceEquals(newest, stored))
        {
            section.SignIns[newest.Name] = newest;
            Take(newest, stored);

            // Its time is not that of the refresh: however long that took, the new token must reach the file.
            await store.WriteAsync(section, isPatient, CancellationToken.None).ConfigureAwait(false);
        }

        Take(newest, null);
        return newest;
    }

    private void Take(StoredSignIn signIn, StoredSignIn? replaced)
    {
        lock (gate)
        {
            current = signIn;
            outdated = replaced;
            untold = replaced is null ? null : untold;
        }
    }

    private MembraneSignInException NotStored(Exception exception) =>
        new(
            ErrorIds.CredentialStore,
            $"The sign-in '{current.Name}' was renewed and goes on in this session, but is not stored yet, which each further command "
                + $"tries again: {exception.Message}",
            $"{(exception as MembraneException)?.RecommendedAction} If the session ends before that, sign in again.",
            exception
        );
}
