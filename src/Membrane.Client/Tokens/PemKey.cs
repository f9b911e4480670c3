using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Client.Tokens;

/// <summary>Keys in PEM form or in DER: RSA for RS and PS signatures, elliptic curves for ES signatures.</summary>
internal static class PemKey
{
    private const int SmallestRsaKey = 2048;
    private const string NoKey = "it cannot be read as a key for RSA or an elliptic curve";

    /// <summary>A private key, and the signature that is made with it.</summary>
    /// <param name="text">The key: PKCS#8, PKCS#1 or SEC1, not encrypted.</param>
    /// <param name="algorithm">The signature; null for what fits the key.</param>
    /// <exception cref="MembraneInputException">It is no such key, or does not fit the signature.</exception>
    public static (SecurityKey Key, string Algorithm) ReadPrivate(string text, string? algorithm)
    {
        const string parameterName = "PrivateKey";
        var keys = Find(text, parameterName);
        var key =
            keys.FirstOrDefault(static one => one.IsPrivate)
            ?? throw Refuse(
                parameterName,
                keys[0].Kind switch
                {
                    KeyKind.Certificate => "it is a certificate, which has the public key only",
                    KeyKind.Unknown => NoKey,
                    _ => "it is a public key, not a private key",
                },
                "Pass the private key that belongs to it: a file with BEGIN PRIVATE KEY, often beside it and named .key."
            );
        return Read(key, algorithm, parameterName);
    }

    /// <summary>A public key, and the signature that it checks.</summary>
    /// <param name="text">The key, or a certificate with it.</param>
    /// <param name="algorithm">The signature; null for what fits the key.</param>
    /// <exception cref="MembraneInputException">It is no such key, or does not fit the signature.</exception>
    public static (SecurityKey Key, string Algorithm) ReadPublic(string text, string? algorithm)
    {
        const string parameterName = "PublicKey";
        var keys = Find(text, parameterName);
        var key =
            keys.FirstOrDefault(static one => one.IsPublic)
            ?? throw Refuse(
                parameterName,
                keys[0].IsPrivate ? "it is a private key, not a public key" : NoKey,
                "Pass the public half: openssl pkey -in PRIVATE -pubout writes it."
            );
        return Read(key.Kind == KeyKind.Certificate ? key.OfCertificate() : key, algorithm, parameterName);
    }

    private static IReadOnlyList<DerKey> Find(string text, string parameterName)
    {
        try
        {
            return KeyText.Read(text);
        }
        catch (FormatException exception)
        {
            throw Refuse(
                parameterName,
                exception.Message,
                exception.Message.Contains("encrypted")
                    ? "Decrypt it first (openssl pkey -in KEY -out DECRYPTED), and keep it in a vault."
                    : "Pass the whole text of a PEM file, from -----BEGIN to the end of its last line, or a file in DER."
            );
        }
    }

    private static (SecurityKey Key, string Algorithm) Read(DerKey key, string? algorithm, string parameterName)
    {
        if (!key.IsKnownAlgorithm)
        {
            throw Refuse(
                parameterName,
                "it is a key of another kind (such as Ed25519, DSA, or RSA for PSS only)",
                "RS and PS signatures need an RSA key, ES signatures a key on P-256, P-384 or P-521."
            );
        }

        return Read(key.ToPem(), algorithm, parameterName);
    }

    private static (SecurityKey Key, string Algorithm) Read(string pem, string? algorithm, string parameterName)
    {
        if ((algorithm is null || algorithm[0] is 'R' or 'P') && TryImport(RSA.Create(), pem, parameterName) is { } rsa)
        {
            return rsa.KeySize >= SmallestRsaKey
                ? (Uncached(new RsaSecurityKey(rsa)), algorithm ?? "RS256")
                : throw Refuse(parameterName, $"it has {rsa.KeySize} bits", $"Use an RSA key of {SmallestRsaKey} bits or more.");
        }

        if ((algorithm is null || algorithm[0] == 'E') && TryImport(ECDsa.Create(), pem, parameterName) is { } curve)
        {
            var fitting =
                Fitting(curve)
                ?? throw Refuse(parameterName, "its curve is not P-256, P-384 or P-521", "Use a key on one of these curves.");
            return algorithm is null || algorithm == fitting
                ? (Uncached(new ECDsaSecurityKey(curve)), fitting)
                : throw Refuse(
                    parameterName,
                    $"it is one for {fitting}, not for {algorithm}",
                    $"Use the algorithm {fitting}, or another key."
                );
        }

        throw Refuse(
            parameterName,
            $"it cannot be read as a key for {algorithm ?? "RSA or an elliptic curve"}",
            "RS and PS signatures need an RSA key, ES signatures a key on P-256, P-384 or P-521."
        );
    }

    // Not by the size: other curves have the same, and no one else checks a signature on one of those as ES256. Windows may know only the
    // name of a curve.
    private static string? Fitting(ECDsa curve)
    {
        var name = curve.ExportParameters(includePrivateParameters: false).Curve.Oid;
        return (string.IsNullOrEmpty(name?.Value) ? name?.FriendlyName : name!.Value) switch
        {
            "1.2.840.10045.3.1.7" or "nistP256" or "ECDSA_P256" => "ES256",
            "1.3.132.0.34" or "nistP384" or "ECDSA_P384" => "ES384",
            "1.3.132.0.35" or "nistP521" or "ECDSA_P521" => "ES512",
            _ => null,
        };
    }

    // The package's own factory would keep the key in a cache of the process.
    private static SecurityKey Uncached(SecurityKey key)
    {
        key.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false };
        return key;
    }

    private static T? TryImport<T>(T algorithm, string pem, string parameterName)
        where T : AsymmetricAlgorithm
    {
        try
        {
            Import(algorithm, pem, parameterName);
            return algorithm;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            algorithm.Dispose();
            return null;
        }
    }

#if NET
    private static void Import(AsymmetricAlgorithm algorithm, string pem, string parameterName) => algorithm.ImportFromPem(pem);
#else
    // Not part of netstandard2.0, but of every .NET that PowerShell 7 runs on.
    private static void Import(AsymmetricAlgorithm algorithm, string pem, string parameterName)
    {
        var import =
            algorithm.GetType().GetMethod("ImportFromPem", [typeof(ReadOnlySpan<char>)])
            ?? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                "The .NET Framework (Windows PowerShell) cannot read keys in PEM form.",
                "Use a newer .NET (PowerShell 7), or sign with the workspace secret."
            );
        ((ImportFromPem)import.CreateDelegate(typeof(ImportFromPem), algorithm))(pem.AsSpan());
    }

    private delegate void ImportFromPem(ReadOnlySpan<char> pem);
#endif

    private static MembraneInputException Refuse(string parameterName, string why, string advice) =>
        new(ErrorIds.InvalidInput, parameterName, $"The value of {parameterName} cannot be used: {why}.", advice);
}
