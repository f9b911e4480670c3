using System;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client;

/// <summary>Where the bearer tokens of a client come from. Safe for use from several threads.</summary>
public interface ITokenSource
{
    /// <summary>When the token that would be used now ends; null where that is not known or it does not end.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>A token that can be sent now.</summary>
    /// <exception cref="MembraneSignInException">There is no usable one.</exception>
    Task<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Says that the service refused a token. True where another try may get a better one.</summary>
    bool Discard(string token);
}
