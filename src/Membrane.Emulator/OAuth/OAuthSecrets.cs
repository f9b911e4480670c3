using System.Security.Cryptography;
using System.Text;
using Membrane.Emulator.Authentication;

namespace Membrane.Emulator.OAuth;

/// <summary>Random text, hashes of it, and comparing them.</summary>
internal static class OAuthSecrets
{
    public static string NewText()
    {
        var bytes = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return OwnSignature.Encode(bytes);
    }

    /// <summary>Returns the SHA-256 of ASCII text, as PKCE (S256) wants it.</summary>
    public static string Hash(string text)
    {
        using var algorithm = SHA256.Create();
        return OwnSignature.Encode(algorithm.ComputeHash(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>Compares in a time that does not depend on where the texts differ.</summary>
    public static bool Same(string left, string right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        var difference = 0;
        for (var index = 0; index < left.Length; index++)
        {
            difference |= left[index] ^ right[index];
        }

        return difference == 0;
    }
}
