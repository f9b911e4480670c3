using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Membrane.Client.Tokens;
using Membrane.Emulator.Json;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Emulator.Authentication;

/// <summary>
/// Signs the tokens that the emulator gives out itself. The key follows from the workspace secret and is another:
/// what is signed with the secret is not taken for one of these, and they stay good where the secret is refused.
/// </summary>
internal sealed class OwnSignature
{
    public const string Algorithm = "HS256";

    private readonly TokenSigner signer;

    /// <param name="workspaceSecret">The workspace secret.</param>
    /// <param name="purpose">What the tokens are for: those of one purpose are not good for another.</param>
    public OwnSignature(string workspaceSecret, string purpose)
    {
        using var derive = new HMACSHA256(Encoding.UTF8.GetBytes(workspaceSecret));
        Key = SecretKey.Make(derive.ComputeHash(Encoding.ASCII.GetBytes(purpose)), Algorithm);
        signer = new TokenSigner(Key, Algorithm);
    }

    public SecurityKey Key { get; }

    /// <summary>The claims as a JSON Web Token.</summary>
    public string Token(JsonObject claims) => signer.Sign(EmulatorJson.ToBytes(claims));

    /// <summary>Whether a token was signed here.</summary>
    public bool IsOf(string token) => SignatureCheck.ByAny(token, Algorithm, [Key]);
}
