using System.Security.Cryptography;
using System.Text;
using Membrane.Client.Tokens;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>A secret that never leaves this machine until the code is exchanged, and its hash that goes ahead (RFC 7636, S256).</summary>
internal sealed class PkceSecret
{
    private PkceSecret(string verifier) => Verifier = verifier;

    /// <summary>The secret: 43 characters.</summary>
    public string Verifier { get; }

    /// <summary>The hash of the secret.</summary>
    public string Challenge => Hash(Verifier);

    public static PkceSecret Create() => new(RandomText());

    /// <summary>256 random bits as text that needs no escaping.</summary>
    public static string RandomText()
    {
        var bytes = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return Base64Url.Encode(bytes);
    }

    /// <summary>The SHA-256 of ASCII text, as PKCE (S256) wants it.</summary>
    public static string Hash(string text)
    {
        using var algorithm = SHA256.Create();
#pragma warning disable CA1850 // The static method is not part of netstandard2.0.
        return Base64Url.Encode(algorithm.ComputeHash(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA1850
    }
}
