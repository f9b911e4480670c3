using System;
using System.Collections.Generic;

namespace Membrane.Client.Tokens;

/// <summary>A key or a certificate in DER. What it is follows from the bytes; the label above them may be wrong.</summary>
internal sealed class DerKey
{
    private const string RsaAlgorithm = "KoZIhvcNAQEB";
    private const string CurveAlgorithm = "KoZIzj0CAQ==";
    private const byte ExplicitVersion = 0xA0;

    private readonly byte[] bytes;

    private DerKey(byte[] bytes, KeyKind kind)
    {
        this.bytes = bytes;
        Kind = kind;
    }

    /// <summary>What it is.</summary>
    public KeyKind Kind { get; }

    /// <summary>Whether it is a private key.</summary>
    public bool IsPrivate => Kind is KeyKind.Private or KeyKind.RsaPrivate or KeyKind.CurvePrivate or KeyKind.EncryptedPrivate;

    /// <summary>Whether it is, or holds, a public key.</summary>
    public bool IsPublic => Kind is KeyKind.Public or KeyKind.RsaPublic or KeyKind.Certificate;

    /// <summary>Whether the algorithm is one that signs tokens here: RSA, or an elliptic curve.</summary>
    public bool IsKnownAlgorithm => Kind is not (KeyKind.Private or KeyKind.Public) || Algorithm() is RsaAlgorithm or CurveAlgorithm;

    /// <summary>Reads bytes.</summary>
    public static DerKey Of(byte[] bytes) =>
        DerValue.Read(bytes, 0, bytes.Length) is { Tag: DerValue.Sequence } whole && whole.Items() is { } items
            ? new DerKey(whole.Whole, Classify(items))
            : new DerKey(bytes, KindOfOne(bytes));

    /// <summary>Whether bytes begin as a key in DER does, be it cut off.</summary>
    public static bool Begins(byte[] bytes) =>
        bytes.Length > 8 && bytes[0] == DerValue.Sequence && (bytes[1] is >= 0x81 and <= 0x84 || bytes[1] == bytes.Length - 2);

    /// <summary>Returns the public key that a certificate certifies.</summary>
    public DerKey OfCertificate()
    {
        var request = Root()[0].Items()!;
        var index = request[0].Tag == ExplicitVersion ? 6 : 5;
        return Of(request[index].Whole);
    }

    /// <summary>Writes it in PEM form, under the name that fits the bytes.</summary>
    public string ToPem()
    {
        var label = Kind switch
        {
            KeyKind.RsaPrivate => "RSA PRIVATE KEY",
            KeyKind.CurvePrivate => "EC PRIVATE KEY",
            KeyKind.Private => "PRIVATE KEY",
            KeyKind.RsaPublic => "RSA PUBLIC KEY",
            _ => "PUBLIC KEY",
        };
        var body = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
        return $"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n";
    }

    private static KeyKind KindOfOne(byte[] bytes) =>
        DerValue.Read(bytes, 0, bytes.Length) is { Tag: DerValue.ObjectId } ? KeyKind.CurveParameters : KeyKind.Unknown;

    private static KeyKind Classify(IReadOnlyList<DerValue> items) =>
        items.Count < 2 ? KeyKind.Unknown
        : items[0].Tag == DerValue.Integer ? ClassifyNumbered(items)
        : items[0].Tag != DerValue.Sequence ? KeyKind.Unknown
        : items[1].Tag == DerValue.BitString ? KeyKind.Public
        : items[1].Tag == DerValue.OctetString ? KeyKind.EncryptedPrivate
        : items.Count == 3 && items[2].Tag == DerValue.BitString ? ClassifySigned(items[0].Items())
        : KeyKind.Unknown;

    private static KeyKind ClassifyNumbered(IReadOnlyList<DerValue> items) =>
        items[1].Tag switch
        {
            DerValue.Integer => items.Count switch
            {
                2 => KeyKind.RsaPublic,
                >= 9 => KeyKind.RsaPrivate,
                _ => KeyKind.Unknown,
            },
            DerValue.OctetString when items[0].IsNumber(1) => KeyKind.CurvePrivate,
            DerValue.Sequence when items[0].IsNumber(3) => KeyKind.Store,
            DerValue.Sequence when items.Count > 2 && items[2].Tag == DerValue.OctetString => KeyKind.Private,
            DerValue.Sequence => KeyKind.CurveParameters,
            _ => KeyKind.Unknown,
        };

    private static KeyKind ClassifySigned(IReadOnlyList<DerValue>? signed) =>
        signed is { Count: >= 6 } ? KeyKind.Certificate
        : signed is { Count: >= 3 } && signed[0].IsNumber(0) ? KeyKind.CertificateRequest
        : KeyKind.Unknown;

    private IReadOnlyList<DerValue> Root() => DerValue.Read(bytes, 0, bytes.Length)!.Value.Items()!;

    private string? Algorithm() =>
        Root()[Kind == KeyKind.Private ? 1 : 0].Items() is { Count: > 0 } parts && parts[0].Tag == DerValue.ObjectId
            ? Convert.ToBase64String(parts[0].Content)
            : null;
}
