using System;
using System.Security.Cryptography;

namespace Membrane.Client.Mcp.Http;

/// <summary>Secrets that no one can guess.</summary>
internal static class RandomSecret
{
    private const int ByteCount = 32;

    /// <summary>Makes one of 64 hexadecimal digits, which no address, header or shell needs to escape.</summary>
    public static string Make()
    {
        var bytes = new byte[ByteCount];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
#pragma warning disable CA1308 // Lower case is how hexadecimal digits are written here.
        return BitConverter.ToString(bytes).Replace("-", string.Empty).ToLowerInvariant();
#pragma warning restore CA1308
    }
}
