using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Authentication;

/// <summary>
/// Signs the tokens that the emulator gives out itself (HS256). The key follows from the workspace secret and is another:
/// what is signed with the secret is not taken for one of these, and they stay good where the secret is refused.
/// </summary>
internal sealed class OwnSignature
{
    private readonly byte[] key;

    /// <param name="workspaceSecret">The workspace secret.</param>
    /// <param name="purpose">What the tokens are for: those of one purpose are not good for another.</param>
    public OwnSignature(string workspaceSecret, string purpose)
    {
        using var derive = new HMACSHA256(Encoding.UTF8.GetBytes(workspaceSecret));
        key = derive.ComputeHash(Encoding.ASCII.GetBytes(purpose));
    }

    public byte[] Key => (byte[])key.Clone();

    /// <summary>The claims as a JSON Web Token.</summary>
    public string Token(JsonObject claims)
    {
        var signed = Encode(Encoding.ASCII.GetBytes("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")) + "." + Encode(EmulatorJson.ToBytes(claims));
        return signed + "." + Of(signed);
    }

    /// <summary>The signature of a token's first two parts.</summary>
    public string Of(string signed)
    {
        using var sign = new HMACSHA256(key);
        return Encode(sign.ComputeHash(Encoding.UTF8.GetBytes(signed)));
    }

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
