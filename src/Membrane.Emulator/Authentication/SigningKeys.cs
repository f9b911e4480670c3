using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Emulator.Authentication;

/// <summary>The keys with which a workspace's tokens may be signed.</summary>
internal sealed class SigningKeys
{
    private readonly Dictionary<string, SecurityKey[]> keysByAlgorithm = new(StringComparer.Ordinal);

    /// <param name="workspaceKey">The workspace that tokens have to name.</param>
    /// <param name="workspaceSecret">The secret; null when tokens signed with it are refused.</param>
    /// <param name="ownKey">With which the emulator itself signs; HS256.</param>
    /// <param name="publicKeys">Registered public keys, in PEM form.</param>
    public SigningKeys(string workspaceKey, string? workspaceSecret, byte[] ownKey, IEnumerable<string> publicKeys)
    {
        WorkspaceKey = workspaceKey;
        keysByAlgorithm["HS256"] = new SecurityKey[] { new SymmetricSecurityKey(ownKey) };
        if (workspaceSecret is not null)
        {
            AddSecret("HS256", workspaceSecret, 32);
            AddSecret("HS384", workspaceSecret, 48);
            AddSecret("HS512", workspaceSecret, 64);
        }

        var registered = publicKeys.Select(PublicKey.Read).OfType<SecurityKey>().ToArray();
        var rsa = registered.OfType<RsaSecurityKey>().ToArray<SecurityKey>();
        foreach (var algorithm in new[] { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" })
        {
            keysByAlgorithm[algorithm] = rsa;
        }

        foreach ((var algorithm, var size) in new[] { ("ES256", 256), ("ES384", 384), ("ES512", 521) })
        {
            keysByAlgorithm[algorithm] = registered.OfType<ECDsaSecurityKey>().Where(key => key.KeySize == size).ToArray<SecurityKey>();
        }
    }

    public string WorkspaceKey { get; }

    /// <summary>The keys that can have made a signature of the algorithm.</summary>
    public IReadOnlyList<SecurityKey> For(string algorithm) =>
        keysByAlgorithm.TryGetValue(algorithm, out var keys) ? keys : Array.Empty<SecurityKey>();

    private void AddSecret(string algorithm, string secret, int hashSize)
    {
        var key = Encoding.UTF8.GetBytes(secret);

        // HMAC pads a short key with zeros itself; the library refuses it unpadded, npm's jsonwebtoken does not.
        if (key.Length < hashSize)
        {
            Array.Resize(ref key, hashSize);
        }

        keysByAlgorithm[algorithm] = For(algorithm).Prepend(new SymmetricSecurityKey(key)).ToArray();
    }
}
