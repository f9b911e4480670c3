using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tokens;

namespace Membrane.Client;

/// <summary>
/// Tokens for one workspace that the service makes for an account (<c>POST /org-workspaces/{id}/access-token</c>). Each is
/// used until shortly before it ends.
/// </summary>
public sealed class AccountTokenSource : ITokenSource, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim mutex = new(1, 1);
    private readonly WorkspacesClient workspaces;
    private readonly WorkspaceChoice choice;
    private readonly Func<DateTimeOffset> clock;
    private volatile Token? current;
    private string? workspaceId;

    /// <summary>Prepares to ask for tokens. No request is sent.</summary>
    /// <param name="workspaces">The workspaces as the account sees them.</param>
    /// <param name="choice">Which workspace, and on whose behalf.</param>
    /// <param name="clock">The present time; the system's by default.</param>
    /// <exception cref="MembraneInputException">Nothing says on whose behalf.</exception>
    public AccountTokenSource(WorkspacesClient workspaces, WorkspaceChoice choice, Func<DateTimeOffset>? clock = null)
    {
        choice.Validate();
        this.workspaces = workspaces;
        this.choice = choice;
        this.clock = clock ?? (static () => DateTimeOffset.UtcNow);
    }

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt => current?.ExpiresAt;

    /// <inheritdoc/>
    public async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (current is { } known && IsUsable(known))
        {
            return known.Text;
        }

        await mutex.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (current is { } renewed && IsUsable(renewed))
            {
                return renewed.Text;
            }

            workspaceId ??= (await workspaces.FindAsync(choice.WorkspaceKey, cancellationToken).ConfigureAwait(false)).Id!;
            var text = await workspaces.CreateTokenAsync(workspaceId, choice, cancellationToken).ConfigureAwait(false);
            current = new Token(text);
            return text;
        }
        finally
        {
            mutex.Release();
        }
    }

    /// <inheritdoc/>
    public bool Discard(string token)
    {
        if (current is { } known && known.Text == token)
        {
            current = null;
        }

        return true;
    }

    /// <summary>Frees what it holds.</summary>
    public void Dispose() => mutex.Dispose();

    private bool IsUsable(Token token) => token.ExpiresAt is not { } end || end - clock() > Margin;

    private sealed class Token(string text)
    {
        public string Text { get; } = text;

        public DateTimeOffset? ExpiresAt { get; } = TokenText.ReadExpiry(text);
    }
}
