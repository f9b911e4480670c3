using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tokens;

namespace Membrane.Client;

/// <summary>One token, used as it is.</summary>
public sealed class FixedTokenSource : ITokenSource
{
    private readonly string token;

    /// <summary>Takes a token: a JWT, or an account token that begins with <c>pat-</c>.</summary>
    /// <exception cref="MembraneInputException">The text is neither.</exception>
    public FixedTokenSource(string token)
    {
        this.token = TokenText.Check(token, nameof(token));
        ExpiresAt = TokenText.ReadExpiry(this.token);
    }

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt { get; }

    /// <inheritdoc/>
    public Task<string> GetTokenAsync(CancellationToken cancellationToken) => Task.FromResult(token);

    /// <inheritdoc/>
    public bool Discard(string token) => false;
}
