using System;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class PublicKeyTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    public async Task A_token_signed_with_a_registered_RSA_key_is_accepted(string algorithm)
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var hash = Hash(algorithm);
        var padding = algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;

        await Check(
            algorithm,
            key.ExportSubjectPublicKeyInfoPem(),
            bytes => key.SignData(bytes, hash, padding),
            bytes => other.SignData(bytes, hash, padding)
        );
    }

    [Theory]
    [InlineData("ES256", "nistP256")]
    [InlineData("ES384", "nistP384")]
    [InlineData("ES512", "nistP521")]
    public async Task A_token_signed_with_a_registered_elliptic_curve_key_is_accepted(string algorithm, string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using var other = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));

        await Check(
            algorithm,
            key.ExportSubjectPublicKeyInfoPem(),
            bytes => key.SignData(bytes, Hash(algorithm)),
            bytes => other.SignData(bytes, Hash(algorithm))
        );
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        using var key = RSA.Create(2048);
        using var workspace = new TestWorkspace();
        var pem = key.ExportSubjectPublicKeyInfoPem();
        await Register(workspace, pem);

        var answer = await workspace.As(Token.Sign(Claims(), pem)).Get("/self");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    [Fact]
    public async Task Signing_with_the_secret_can_be_turned_off()
    {
        using var workspace = new TestWorkspace();
        var account = workspace.As(EmulatorOptions.DefaultAccountToken);
        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/self")).Status);

        var id = (await account.Get("/org-workspaces")).Ok().Items[0].GetProperty("id").GetString()!;
        (await account.Patch("/org-workspaces/" + id, new { settings = new { disableSecretKeyAuth = true } })).Ok();

        Assert.Equal(HttpStatusCode.Unauthorized, (await workspace.Alice.Get("/self")).Status);
    }

    [Theory]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "it cannot be read as a key for RSA or an elliptic curve")]
    [InlineData("AAAA", "it is neither a key in PEM form nor one in DER")]
    public async Task What_is_no_public_key_is_not_registered(string pem, string reason)
    {
        using var workspace = new TestWorkspace();

        var answer = await Patch(workspace, pem);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("'publicKeys'", answer.Message, StringComparison.Ordinal);
        Assert.Contains(reason, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_RSA_key_is_not_registered()
    {
        using var key = RSA.Create(1024);
        using var workspace = new TestWorkspace();

        var answer = await Patch(workspace, key.ExportSubjectPublicKeyInfoPem());

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("it has 1024 bits", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_several_kinds_are_registered_side_by_side()
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var workspace = new TestWorkspace();
        await Register(workspace, rsa.ExportSubjectPublicKeyInfoPem(), curve.ExportSubjectPublicKeyInfoPem());
        var byRsa = Sign("RS256", bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var byCurve = Sign("ES256", bytes => curve.SignData(bytes, HashAlgorithmName.SHA256));
        var byNone = Sign("ES384", bytes => curve.SignData(bytes, HashAlgorithmName.SHA384));

        Assert.Equal(HttpStatusCode.OK, (await workspace.As(byRsa).Get("/self")).Status);
        Assert.Equal(HttpStatusCode.OK, (await workspace.As(byCurve).Get("/self")).Status);
        var refusal = await workspace.As(byNone).Get("/self");
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.Status);
        Assert.Contains("'ES384'", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task Check(string algorithm, string pem, Func<byte[], byte[]> sign, Func<byte[], byte[]> forge)
    {
        using var workspace = new TestWorkspace();
        Assert.Equal(HttpStatusCode.Unauthorized, (await workspace.As(Sign(algorithm, sign)).Get("/self")).Status);
        await Register(workspace, pem);

        Assert.Equal(HttpStatusCode.OK, (await workspace.As(Sign(algorithm, sign)).Get("/self")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await workspace.As(Sign(algorithm, forge)).Get("/self")).Status);
    }

    private static async Task Register(TestWorkspace workspace, params string[] keys) => (await Patch(workspace, keys)).Ok();

    private static async Task<Answer> Patch(TestWorkspace workspace, params string[] keys)
    {
        var account = workspace.As(EmulatorOptions.DefaultAccountToken);
        var id = (await account.Get("/org-workspaces")).Ok().Items[0].GetProperty("id").GetString()!;
        var publicKeys = keys.Select((pem, index) => new { name = $"key {index + 1}", publicKey = pem }).ToArray();
        return await account.Patch("/org-workspaces/" + id, new { publicKeys });
    }

    private static string Sign(string algorithm, Func<byte[], byte[]> sign)
    {
        var signed = Token.Part(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" }) + "." + Token.Part(Claims());
        return signed + "." + Token.Encode(sign(Encoding.ASCII.GetBytes(signed)));
    }

    private static JsonObject Claims() =>
        new()
        {
            ["iss"] = EmulatorOptions.DefaultWorkspaceKey,
            ["id"] = "t1",
            ["exp"] = Token.InSeconds(3600),
        };

    private static HashAlgorithmName Hash(string algorithm) =>
        algorithm[2..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
}
