using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Membrane.Client.NativeCommands;

/// <summary>A few letters that follow from a text, for where nothing else tells two things apart.</summary>
internal static class ShortHash
{
    /// <summary>Two hexadecimal digits for each byte.</summary>
    public static string Of(string text, int bytes) =>
        string.Concat(Bytes(text).Take(bytes).Select(static value => value.ToString("X2", CultureInfo.InvariantCulture)));

    /// <summary>An id that follows from a text.</summary>
    public static Guid Id(string text) => new(Bytes(text).Take(16).ToArray());

    private static byte[] Bytes(string text)
    {
        // Half a surrogate pair cannot be encoded in UTF-8.
        var content = Encoding.Unicode.GetBytes(text);
#if NET
        return SHA256.HashData(content);
#else
        using var hash = SHA256.Create();
        return hash.ComputeHash(content);
#endif
    }
}
