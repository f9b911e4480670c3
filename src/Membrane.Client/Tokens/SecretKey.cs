using System;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Client.Tokens;

/// <summary>Secrets as keys.</summary>
internal static class SecretKey
{
    public static SymmetricSecurityKey Make(string secret, string algorithm) => Make(Encoding.UTF8.GetBytes(secret), algorithm);

    public static SymmetricSecurityKey Make(byte[] key, string algorithm)
    {
        var hashBytes = algorithm switch
        {
            "HS256" => 32,
            "HS384" => 48,
            _ => 64,
        };
        // The package refuses a secret shorter than the hash. HMAC fills a short key up with zeros,
        // so the filled-up key gives the signature that every other library gives for the short one.
        if (key.Length < hashBytes)
        {
            Array.Resize(ref key, hashBytes);
        }

        // The package's own factory would keep the secret in a cache of the process.
        return new SymmetricSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
    }
}
