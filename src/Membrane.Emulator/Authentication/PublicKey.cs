using System;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Emulator.Authentication;

/// <summary>Reads public keys in PEM form (SubjectPublicKeyInfo), which .NET Standard cannot by itself.</summary>
internal static class PublicKey
{
    private static readonly byte[] RsaEncryption = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01 };
    private static readonly byte[] EllipticCurve = { 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01 };

    /// <summary>The key; null when the text holds none that is known.</summary>
    public static SecurityKey? Read(string pem)
    {
        const string Begin = "-----BEGIN PUBLIC KEY-----";
        const string End = "-----END PUBLIC KEY-----";
        var begin = pem.IndexOf(Begin, StringComparison.Ordinal);
        var end = pem.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            return null;
        }

        try
        {
            return ReadInfo(Convert.FromBase64String(pem.Substring(begin + Begin.Length, end - begin - Begin.Length)));
        }
        catch (Exception error) when (error is FormatException or CryptographicException or IndexOutOfRangeException or ArgumentException)
        {
            return null;
        }
    }

    private static SecurityKey? ReadInfo(byte[] der)
    {
        var info = new DerReader(der).Enter(0x30);
        var algorithm = info.Enter(0x30);
        var kind = algorithm.Take(0x06);
        var bits = info.Take(0x03);
        var key = Sub(bits, 1, bits.Length - 1);
        if (Same(kind, RsaEncryption))
        {
            var numbers = new DerReader(key).Enter(0x30);
            return new RsaSecurityKey(
                new RSAParameters { Modulus = Unsigned(numbers.Take(0x02)), Exponent = Unsigned(numbers.Take(0x02)) }
            );
        }

        return Same(kind, EllipticCurve) ? Point(algorithm.Take(0x06), key) : null;
    }

    private static ECDsaSecurityKey? Point(byte[] curve, byte[] point)
    {
        var size = (point.Length - 1) / 2;
        ECCurve? named = size switch
        {
            32 => ECCurve.NamedCurves.nistP256,
            48 => ECCurve.NamedCurves.nistP384,
            66 => ECCurve.NamedCurves.nistP521,
            _ => null,
        };
        if (named is null || point[0] != 4 || curve.Length == 0)
        {
            return null;
        }

        return new ECDsaSecurityKey(
            ECDsa.Create(
                new ECParameters
                {
                    Curve = named.Value,
                    Q = new ECPoint { X = Sub(point, 1, size), Y = Sub(point, 1 + size, size) },
                }
            )
        );
    }

    private static byte[] Unsigned(byte[] number) => number.Length > 1 && number[0] == 0 ? Sub(number, 1, number.Length - 1) : number;

    private static byte[] Sub(byte[] bytes, int offset, int count)
    {
        var part = new byte[count];
        Array.Copy(bytes, offset, part, 0, count);
        return part;
    }

    private static bool Same(byte[] left, byte[] right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var index = 0; index < left.Length; index++)
        {
            if (left[index] != right[index])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Walks through nested DER values.</summary>
    private sealed class DerReader(byte[] bytes)
    {
        private int position;

        public DerReader Enter(byte tag) => new(Take(tag));

        public byte[] Take(byte tag)
        {
            if (bytes[position++] != tag)
            {
                throw new FormatException("Not the DER value that was expected.");
            }

            int length = bytes[position++];
            if (length >= 0x80)
            {
                var count = length & 0x7F;
                if (count > 3)
                {
                    throw new FormatException("The DER value is too long.");
                }

                length = 0;
                for (var index = 0; index < count; index++)
                {
                    length = (length << 8) | bytes[position++];
                }
            }

            var value = Sub(bytes, position, length);
            position += length;
            return value;
        }
    }
}
