using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Membrane.Client.Tokens;

/// <summary>
/// Finds keys in text: PEM as files have it, and as it comes out of settings, variables and vaults, with its line breaks written out, in
/// quotes, indented, on one line, or as base64 as a whole; and DER as base64.
/// </summary>
internal static class KeyText
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly Regex Block = new("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END ", Options, Limit);
    private static readonly Regex WrittenCode = new(@"\\+u([0-9A-Fa-f]{4})", Options, Limit);
    private static readonly Regex WrittenBreak = new(@"\\+[rnt]", Options, Limit);

    /// <summary>Reads the keys and certificates in text, in its order.</summary>
    /// <exception cref="FormatException">There are none; the message says what it is instead, and never a part of it.</exception>
    public static IReadOnlyList<DerKey> Read(string text) => Read(Unwrap(text), isDecoded: false);

    /// <summary>Turns the bytes of a file into text that <see cref="Read(string)"/> reads.</summary>
    public static string OfFile(byte[] bytes) => DerKey.Begins(bytes) ? Convert.ToBase64String(bytes) : Decode(bytes);

    /// <summary>Returns whether text is meant as a key, and not as another secret.</summary>
    public static bool IsKey(string text)
    {
        try
        {
            return Read(text).Count > 0;
        }
        catch (FormatException)
        {
            return text.IndexOf("BEGIN ", StringComparison.Ordinal) >= 0;
        }
    }

    private static DerKey[] Read(string text, bool isDecoded)
    {
        if (text.IndexOf("-----BEGIN", StringComparison.Ordinal) >= 0)
        {
            return ReadPem(text);
        }

        var bytes = FromBase64(text);
        if (bytes is not null && DerKey.Begins(bytes))
        {
            return [ReadDer(bytes)];
        }

        return bytes is not null && !isDecoded && bytes.Length > 40
            ? Read(Unwrap(Decode(bytes)), isDecoded: true)
            : throw new FormatException(Describe(text, isDecoded));
    }

    private static DerKey[] ReadPem(string text)
    {
        var keys = new List<DerKey>();
        var names = new List<string>();
        foreach (Match block in Block.Matches(text))
        {
            var name = block.Groups[1].Value;
            var body = block.Groups[2].Value;
            names.Add(name);
            if (name.IndexOf("ENCRYPTED", StringComparison.Ordinal) >= 0 || body.IndexOf("ENCRYPTED", StringComparison.Ordinal) >= 0)
            {
                throw new FormatException("it is encrypted");
            }

            if (name == "OPENSSH PRIVATE KEY")
            {
                throw new FormatException("it is a key in the form of OpenSSH (ssh-keygen -p -m PKCS8 -f KEY changes it to PKCS#8)");
            }

            if (name.EndsWith("KEY", StringComparison.Ordinal) || name.EndsWith("CERTIFICATE", StringComparison.Ordinal))
            {
                keys.Add(
                    ReadDer(
                        FromBase64(body)
                            ?? throw new FormatException(
                                $"what stands between BEGIN {name} and END is not base64: a part is missing, or was changed"
                            )
                    )
                );
            }
        }

        return keys.Count > 0 ? [.. keys]
            : names.Count > 0
                ? throw new FormatException($"it holds no key, but {string.Join(", ", names.Distinct(StringComparer.Ordinal))}")
            : throw new FormatException("its line -----BEGIN has no line -----END after it: it is cut off");
    }

    private static DerKey ReadDer(byte[] bytes)
    {
        var key = DerKey.Of(bytes);
        return key.Kind switch
        {
            KeyKind.Unknown when DerKey.Begins(bytes) && DerValue.Read(bytes, 0, bytes.Length) is null => throw new FormatException(
                $"it is cut off after {bytes.Length} bytes"
            ),
            KeyKind.EncryptedPrivate => throw new FormatException("it is encrypted"),
            KeyKind.Store => throw new FormatException(
                "it is a PKCS#12 store (.pfx, .p12), which may hold several keys (openssl pkcs12 -in STORE -nodes takes them out)"
            ),
            KeyKind.CertificateRequest => throw new FormatException("it is the request for a certificate (.csr), which is not a key"),
            KeyKind.CurveParameters => throw new FormatException("it has the parameters of a curve only, and no key"),
            _ => key,
        };
    }

    // What programs put around a key when they keep it as one text.
    private static string Unwrap(string text)
    {
        if (text.IndexOf('\\') >= 0)
        {
            text = WrittenCode.Replace(
                text,
                static code => ((char)int.Parse(code.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
            );
            text = WrittenBreak.Replace(text, "\n").Replace("\\/", "/");
        }

        return text.Trim().Trim('\uFEFF', '"', '\'', '`', '\\', ' ', '\r', '\n', '\t');
    }

    private static byte[]? FromBase64(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && character != '\uFEFF')
            {
                digits.Append(
                    character switch
                    {
                        '-' => '+',
                        '_' => '/',
                        _ => character,
                    }
                );
            }
        }

        var bare = digits.ToString().TrimEnd('=');
        try
        {
            return bare.Length == 0 || bare.Length % 4 == 1
                ? null
                : Convert.FromBase64String(bare.PadRight((bare.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Decode(byte[] bytes)
    {
        using var reader = new System.IO.StreamReader(new System.IO.MemoryStream(bytes), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Describe(string text, bool isDecoded) =>
        text.Length == 0 ? "it is empty"
        : text[0] is '{' or '[' ? "it is JSON: a key in the form of a JWK has to be changed to PEM, of a document only the key is wanted"
        : text.StartsWith("ssh-", StringComparison.Ordinal) || text.StartsWith("ecdsa-", StringComparison.Ordinal)
            ? "it is a public key in the form of OpenSSH (ssh-keygen -e -m PKCS8 -f KEY changes it)"
        : text.StartsWith("PuTTY", StringComparison.Ordinal)
            ? "it is a key in the form of PuTTY (puttygen KEY -O private-openssh-new changes it)"
        : text.IndexOf("BEGIN ", StringComparison.Ordinal) >= 0
            ? "its line BEGIN has not five hyphens on each side, without which it is no PEM"
        : !isDecoded && text.Length < 300 && text.IndexOfAny(['/', '\\', '.']) >= 0 && text.IndexOf('\n') < 0
            ? "it looks like the path of a file, and has to be what the file holds"
        : "it is neither a key in PEM form nor one in DER as base64";
}
