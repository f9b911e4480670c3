using System.Collections.Generic;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Client.Tokens;

/// <summary>Checks the signature of a token.</summary>
internal static class SignatureCheck
{
    /// <summary>Whether a token was signed with a workspace secret.</summary>
    public static bool BySecret(string token, string workspaceSecret) =>
        Algorithm(token) is ("HS256" or "HS384" or "HS512") and { } algorithm
        && ByAny(token, algorithm, [SecretKey.Make(workspaceSecret, algorithm)]);

    /// <summary>Whether a token was signed with the private half of a public key.</summary>
    /// <param name="token">The token.</param>
    /// <param name="publicKey">The key in PEM form.</param>
    /// <exception cref="MembraneInputException">The key cannot be read, or does not fit the token.</exception>
    public static bool ByPublicKey(string token, string publicKey) =>
        Algorithm(token) is { Length: 5 } algorithm
        && (algorithm[0] is 'R' or 'P' or 'E')
        && ByAny(token, algorithm, [PemKey.ReadPublic(publicKey, algorithm).Key]);

    /// <summary>Whether a token was signed with one of several keys.</summary>
    internal static bool ByAny(string token, string algorithm, IEnumerable<SecurityKey> keys)
    {
        var parameters = new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [algorithm],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireExpirationTime = false,
        };

        // No key is fetched from anywhere, so nothing is waited for.
        return new JsonWebTokenHandler().ValidateTokenAsync(token, parameters).GetAwaiter().GetResult().IsValid;
    }

    private static string? Algorithm(string token) => TokenText.ReadText(TokenText.ReadHeader(token), "alg");
}
