using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Emulator.Authentication;

/// <summary>The keys with which a workspace's tokens may be signed.</summary>
internal sealed class SigningKeys
{
    private readonly Dictionary<string, SecurityKey[]> keysByAlgorithm = new(StringComparer.Ordinal);

    public SigningKeys(string workspaceKey, string workspaceSecret)
    {
        WorkspaceKey = workspaceKey;
        AddSecret("HS256", workspaceSecret, 32);
        AddSecret("HS384", workspaceSecret, 48);
        AddSecret("HS512", workspaceSecret, 64);
    }

    public string WorkspaceKey { get; }

    /// <summary>The keys that can have made a signature of the algorithm.</summary>
    public IReadOnlyList<SecurityKey> For(string algorithm) =>
        keysByAlgorithm.TryGetValue(algorithm, out SecurityKey[]? keys) ? keys : Array.Empty<SecurityKey>();

    private void AddSecret(string algorithm, string secret, int hashSize)
    {
        byte[] key = Encoding.UTF8.GetBytes(secret);

        // HMAC pads a short key with zeros itself; the library refuses it unpadded, npm's jsonwebtoken does not.
        if (key.Length < hashSize)
            Array.Resize(ref key, hashSize);

        keysByAlgorithm[algorithm] = new SecurityKey[] { new SymmetricSecurityKey(key) };
    }
}
