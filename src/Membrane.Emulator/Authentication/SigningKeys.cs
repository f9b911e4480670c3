using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Tokens;
using Membrane.Emulator.Http;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Emulator.Authentication;

/// <summary>The keys with which a workspace's tokens may be signed.</summary>
/// <param name="workspaceKey">The workspace that tokens have to name.</param>
/// <param name="workspaceSecret">The secret; null when tokens signed with it are refused.</param>
/// <param name="own">With which the emulator itself signs.</param>
/// <param name="publicKeys">Registered public keys, in PEM form.</param>
internal sealed class SigningKeys(string workspaceKey, string? workspaceSecret, OwnSignature own, IReadOnlyCollection<string> publicKeys)
{
    private static readonly HashSet<string> RsaAlgorithms = new(StringComparer.Ordinal)
    {
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
    };

    public string WorkspaceKey { get; } = workspaceKey;

    /// <summary>The keys that can have made a signature of the algorithm.</summary>
    /// <exception cref="ApiException">A registered key cannot be used here.</exception>
    public SecurityKey[] For(string algorithm) =>
        algorithm is "HS256" or "HS384" or "HS512"
            ? Secrets(algorithm).ToArray()
            : publicKeys.Select(Read).Where(key => Fits(key.Key, key.Algorithm, algorithm)).Select(key => key.Key).ToArray();

    private static bool Fits(SecurityKey key, string usual, string algorithm) =>
        key is RsaSecurityKey ? RsaAlgorithms.Contains(algorithm) : usual == algorithm;

    // They were read when they were registered. A state file may come from another engine, which reads others.
    private static (SecurityKey Key, string Algorithm) Read(string pem)
    {
        try
        {
            return PemKey.ReadPublic(pem, null);
        }
        catch (MembraneInputException error)
        {
            throw ApiException.NotAuthenticated("A registered public key cannot be used: " + error.Message);
        }
    }

    private IEnumerable<SecurityKey> Secrets(string algorithm)
    {
        if (workspaceSecret is not null)
        {
            yield return SecretKey.Make(workspaceSecret, algorithm);
        }

        if (algorithm == OwnSignature.Algorithm)
        {
            yield return own.Key;
        }
    }
}
