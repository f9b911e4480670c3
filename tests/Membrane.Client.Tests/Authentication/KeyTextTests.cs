using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Membrane.Client.Tokens;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

/// <summary>Keys that openssl makes, in every form that it writes and in every way that a key comes to us as text.</summary>
public sealed class KeyTextTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private static readonly (string Name, string Make, string Digest)[] Algorithms =
    [
        ("RSA", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048", "sha256"),
        ("P-256", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256", "sha256"),
        ("P-384", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384", "sha384"),
        ("P-521", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521", "sha512"),
    ];

    [OpenSslFact]
    public void Every_form_of_a_key_signs_and_checks_what_openssl_signs_and_checks_with_it()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var openssl = new OpenSsl();
        foreach (var (name, make, digest) in Algorithms)
        {
            openssl.Run(make + " -out key.pem");
            var (privateForms, publicForms) = Forms(openssl, name == "RSA");
            var plain = Mint(openssl.Text("key.pem"));
            AssertSignedFor(openssl, plain, digest);
            foreach (var (form, text) in privateForms)
            {
                foreach (var (wrapping, wrapped) in Wrappings(text, random))
                {
                    var what = $"{name}, {form}, {wrapping}, seed {seed}";
                    var token = Try(() => Mint(wrapped), what);
                    Assert.True(SignatureCheck.ByPublicKey(token, openssl.Text("public.pem")), what);
                    Assert.True(KeyText.IsKey(wrapped), what);
                }
            }

            foreach (var (form, text) in publicForms)
            {
                foreach (var (wrapping, wrapped) in Wrappings(text, random))
                {
                    var what = $"{name}, {form}, {wrapping}, seed {seed}";
                    Assert.True(Try(() => SignatureCheck.ByPublicKey(plain, wrapped), what), what);
                }
            }
        }
    }

    [OpenSslFact]
    public void What_cannot_be_used_is_refused_with_the_cause_and_never_quoted()
    {
        using var openssl = new OpenSsl();
        openssl.Run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem");
        openssl.Run("pkey -in key.pem -pubout -out public.pem");
        openssl.Run("pkey -in key.pem -aes256 -passout pass:secret -out encrypted.pem");
        openssl.Run("rsa -in key.pem -traditional -aes256 -passout pass:secret -out old-encrypted.pem");
        openssl.Run("pkcs8 -topk8 -in key.pem -outform DER -passout pass:secret -out encrypted.der");
        openssl.Run("req -x509 -key key.pem -subj /CN=x -out certificate.pem");
        openssl.Run("req -new -key key.pem -subj /CN=x -out request.pem");
        openssl.Run("pkcs12 -export -inkey key.pem -in certificate.pem -passout pass:secret -out store.p12");
        openssl.Run("genpkey -algorithm ED25519 -out ed25519.pem");
        openssl.Run("ecparam -name prime256v1 -out parameters.pem");
        openssl.Run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out other-curve.pem");
        var pem = openssl.Text("key.pem");
        // A line that begins neither as a path does nor as DER.
        var body = pem.Split('\n').First(static line => line.Length > 0 && line[0] is >= 'a' and <= 'z');

        Refuses(openssl.Text("encrypted.pem"), "it is encrypted");
        Refuses(openssl.Text("old-encrypted.pem"), "it is encrypted");
        Refuses(KeyText.OfFile(openssl.Bytes("encrypted.der")), "it is encrypted");
        Refuses(KeyText.OfFile(openssl.Bytes("store.p12")), "PKCS#12");
        Refuses(openssl.Text("certificate.pem"), "it is a certificate, which has the public key only");
        Refuses(openssl.Text("request.pem"), "CERTIFICATE REQUEST");
        Refuses(openssl.Text("public.pem"), "it is a public key, not a private key");
        Refuses(openssl.Text("ed25519.pem"), "it is a key of another kind");
        Refuses(openssl.Text("parameters.pem"), "EC PARAMETERS");
        Refuses(openssl.Text("other-curve.pem"), "its curve is not P-256, P-384 or P-521");
        Refuses(pem.Replace("-----END PRIVATE KEY-----", string.Empty, StringComparison.Ordinal), "cut off");
        Refuses(pem.Replace(body + "\n", string.Empty, StringComparison.Ordinal), "cut off");
        Refuses(pem.Replace(body, "!" + body[1..], StringComparison.Ordinal), "is not base64");
        Refuses(pem.Replace("-----", "—", StringComparison.Ordinal), "five hyphens");
        Refuses("/home/ada/keys/private.pem", "path of a file");
        Refuses("{\"kty\":\"RSA\"}", "JWK");
        Refuses("ssh-rsa AAAAB3NzaC1yc2E", "OpenSSH");
        Refuses(string.Empty.PadRight(3, '"'), "it is empty");
        // What is in base64 is no path, whatever its bytes are, and this is not the beginning of JSON.
        Refuses(
            Convert.ToBase64String("/home/ada/\\."u8.ToArray().Concat(new byte[40]).ToArray()),
            "it is neither a key in PEM form nor one in DER"
        );
        Refuses("i" + body[1..].Replace('/', '+'), "it is neither a key in PEM form nor one in DER");

        var isPrivate = Assert.Throws<MembraneInputException>(() => SignatureCheck.ByPublicKey(Mint(pem), pem));
        Assert.Contains("it is a private key, not a public key", isPrivate.Message, StringComparison.Ordinal);

        void Refuses(string text, string cause)
        {
            var refusal = Assert.Throws<MembraneInputException>(() => Mint(text));
            Assert.Contains(cause, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(body[1..20], refusal.ToString(), StringComparison.Ordinal);
        }
    }

    [OpenSslFact]
    public void Damaged_keys_are_refused_or_read_and_nothing_else()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var openssl = new OpenSsl();
        openssl.Run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
        openssl.Run("pkey -in key.pem -outform DER -out key.der");
        var der = openssl.Bytes("key.der");
        var pem = openssl.Text("key.pem");
        for (var round = 0; round < 500; round++)
        {
            var damaged = (byte[])der.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Array.Resize(ref damaged, random.Next(4) == 0 ? random.Next(damaged.Length) : damaged.Length);
            var characters = pem.ToCharArray();
            characters[random.Next(characters.Length)] = (char)random.Next(0x3000);
            foreach (var text in (string[])[KeyText.OfFile(damaged), Convert.ToBase64String(damaged), new string(characters)])
            {
                try
                {
                    Mint(text);
                }
                catch (MembraneInputException)
                {
                    // Refused, as it may be.
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"Seed {seed}, round {round}: {Convert.ToHexString(damaged)}", exception);
                }
            }
        }
    }

    private static (Dictionary<string, string> Private, Dictionary<string, string> Public) Forms(OpenSsl openssl, bool isRsa)
    {
        openssl.Run("pkey -in key.pem -pubout -out public.pem");
        openssl.Run("pkey -in key.pem -outform DER -out key.der");
        openssl.Run("pkey -in key.pem -traditional -out old.pem");
        openssl.Run("pkey -in key.pem -traditional -outform DER -out old.der");
        openssl.Run("pkey -in key.pem -pubout -outform DER -out public.der");
        openssl.Run("req -x509 -key key.pem -subj /CN=x/O=Acme -out certificate.pem");
        openssl.Run("x509 -in certificate.pem -outform DER -out certificate.der");
        var privateForms = new Dictionary<string, string>
        {
            ["PKCS#8"] = openssl.Text("key.pem"),
            ["PKCS#8 in DER"] = KeyText.OfFile(openssl.Bytes("key.der")),
            ["PKCS#1 or SEC1"] = openssl.Text("old.pem"),
            ["PKCS#1 or SEC1 in DER"] = KeyText.OfFile(openssl.Bytes("old.der")),
            ["a certificate and its key"] = openssl.Text("certificate.pem") + openssl.Text("key.pem"),
            ["another name above it"] = openssl.Text("old.pem").Replace("RSA PRIVATE", "PRIVATE", StringComparison.Ordinal),
        };
        var publicForms = new Dictionary<string, string>
        {
            ["X.509"] = openssl.Text("public.pem"),
            ["X.509 in DER"] = KeyText.OfFile(openssl.Bytes("public.der")),
            ["a certificate"] = openssl.Text("certificate.pem"),
            ["a certificate in DER"] = KeyText.OfFile(openssl.Bytes("certificate.der")),
        };
        if (isRsa)
        {
            openssl.Run("rsa -in key.pem -RSAPublicKey_out -out rsa-public.pem");
            publicForms["PKCS#1"] = openssl.Text("rsa-public.pem");
        }
        else
        {
            openssl.Run("ecparam -in key.pem -name prime256v1 -out parameters.pem");
            privateForms["parameters before the key"] = openssl.Text("parameters.pem") + openssl.Text("old.pem");
        }

        return (privateForms, publicForms);
    }

    private static IEnumerable<(string Name, string Text)> Wrappings(string text, Random random)
    {
        yield return ("as it is", text);
        yield return ("with CRLF", text.Replace("\n", "\r\n", StringComparison.Ordinal));
        yield return ("indented", string.Join("\n", text.Split('\n').Select(line => new string(' ', random.Next(8)) + line)));
        yield return ("on one line", text.Replace("\n", " ", StringComparison.Ordinal));
        yield return ("without breaks", text.Replace("\n", string.Empty, StringComparison.Ordinal));
        yield return ("with breaks written out", text.Replace("\n", "\\n", StringComparison.Ordinal));
        yield return ("with breaks written out twice", text.Replace("\n", "\\\\r\\\\n", StringComparison.Ordinal));
        yield return ("in double quotes", '"' + text + '"');
        yield return ("in single quotes, with breaks written out", "'" + text.Replace("\n", "\\n", StringComparison.Ordinal) + "'\n");
        yield return ("as text of JSON", JsonSerializer.Serialize(text));
        yield return ("as text of JSON of PHP", JsonSerializer.Serialize(text).Replace("/", "\\/", StringComparison.Ordinal));
        yield return ("as base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        yield return ("as base64 in lines", Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks));
        yield return (
            "as base64 for addresses",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        );
        yield return ("behind a byte order mark", "\uFEFF" + text);
        yield return ("with blank lines", "\n\n" + text.Replace("\n", "\n\n", StringComparison.Ordinal));
    }

    private static string Mint(string privateKey) =>
        new TokenMinter(
            new WorkspaceTokenOptions
            {
                WorkspaceKey = "w",
                PrivateKey = privateKey,
                TenantKey = "t",
            }
        ).Mint(Now);

    private static T Try<T>(Func<T> read, string what)
    {
        try
        {
            return read();
        }
        catch (MembraneInputException exception)
        {
            throw new InvalidOperationException(what, exception);
        }
    }

    private static void AssertSignedFor(OpenSsl openssl, string token, string digest)
    {
        var parts = token.Split('.');
        openssl.Write("signed", Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]));
        var signature = Base64Url(parts[2]);
        openssl.Write("signature", signature.Length == 256 ? signature : ToDer(signature));
        openssl.Run($"dgst -{digest} -verify public.pem -signature signature signed");
    }

    // Tokens have the two numbers of a signature side by side, openssl has them in DER.
    private static byte[] ToDer(byte[] signature)
    {
        var half = signature.Length / 2;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(signature.AsSpan(0, half), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature.AsSpan(half), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private static byte[] Base64Url(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
