using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tokens;

namespace Membrane.Client;

/// <summary>Signs tokens with a workspace's key and secret, and uses each until shortly before it ends.</summary>
public sealed class WorkspaceTokenSource : ITokenSource
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly object gate = new();
    private readonly Lazy<TokenMinter> minter;
    private readonly TimeSpan lifetime;
    private readonly Func<DateTimeOffset> clock;
    private string? current;
    private DateTimeOffset currentEnds;

    /// <summary>Prepares to sign tokens. A later change of the options has no effect.</summary>
    /// <param name="options">What the tokens say.</param>
    /// <param name="clock">The present time; the system's by default.</param>
    /// <exception cref="MembraneInputException">An option is missing or out of range.</exception>
    public WorkspaceTokenSource(WorkspaceTokenOptions options, Func<DateTimeOffset>? clock = null)
    {
        (options ?? throw new ArgumentNullException(nameof(options))).Validate();
        Options = options.Copy();
        minter = new Lazy<TokenMinter>(() => new TokenMinter(Options));
        lifetime = options.Lifetime;
        this.clock = clock ?? (static () => DateTimeOffset.UtcNow);
    }

    /// <summary>What the tokens say.</summary>
    internal WorkspaceTokenOptions Options { get; }

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt
    {
        get
        {
            lock (gate)
            {
                return current is null ? null : currentEnds;
            }
        }
    }

    /// <inheritdoc/>
    public Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = clock();
            if (current is null || currentEnds - now <= Margin)
            {
                current = minter.Value.Mint(now);
                currentEnds = now + lifetime;
            }

            return Task.FromResult(current);
        }
    }

    /// <inheritdoc/>
    public bool Discard(string token)
    {
        // A token that was just signed is refused for a reason that a second one would share.
        return false;
    }
}
