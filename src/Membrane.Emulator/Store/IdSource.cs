using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Membrane.Emulator.Store;

/// <summary>Opaque ids: random, or repeatable when there is a seed.</summary>
/// <param name="seed">Makes the ids repeatable.</param>
/// <param name="start">Where to begin counting, so that a workspace that is opened again makes new ids.</param>
internal sealed class IdSource(int? seed, Func<long>? start = null)
{
    private readonly object gate = new();
    private long? counter;

    public string Next(string prefix) => prefix + "_" + Hex(Next(12));

    public string NextUuid()
    {
        var bytes = Next(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return FormatUuid(bytes);
    }

    /// <summary>Returns an id that follows from a name alone, the same in every run.</summary>
    public static string Derived(string prefix, string name) => prefix + "_" + Hex(Hash("id/" + prefix + "/" + name, 12));

    /// <summary>Returns a uuid that follows from a name alone, the same in every run.</summary>
    public static string DerivedUuid(string name)
    {
        var bytes = Hash("uuid/" + name, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return FormatUuid(bytes);
    }

    private static string FormatUuid(byte[] bytes)
    {
        var hex = Hex(bytes);
        return $"{hex.Substring(0, 8)}-{hex.Substring(8, 4)}-{hex.Substring(12, 4)}-{hex.Substring(16, 4)}-{hex.Substring(20)}";
    }

    private byte[] Next(int length)
    {
        if (seed is not null)
        {
            long number;
            lock (gate)
            {
                counter = (counter ?? start?.Invoke() ?? 0) + 1;
                number = counter.Value;
            }

            return Hash(string.Format(CultureInfo.InvariantCulture, "seed/{0}/{1}", seed, number), length);
        }

        var bytes = new byte[length];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return bytes;
    }

    private static byte[] Hash(string text, int length)
    {
        using var algorithm = SHA256.Create();
        var hash = algorithm.ComputeHash(Encoding.UTF8.GetBytes(text));
        Array.Resize(ref hash, length);
        return hash;
    }

    private static string Hex(byte[] bytes)
    {
        var text = new char[bytes.Length * 2];
        for (var index = 0; index < bytes.Length; index++)
        {
            text[index * 2] = "0123456789abcdef"[bytes[index] >> 4];
            text[(index * 2) + 1] = "0123456789abcdef"[bytes[index] & 15];
        }

        return new string(text);
    }
}
