using System.Security.Cryptography;
using System.Text;

namespace Membrane.Client.Tokens;

/// <summary>
/// Signs claims with a secret, by the framework alone: to load the JWT package and make its keys takes longer than thousands of signatures.
/// </summary>
internal sealed class SecretTokenSigner(byte[] secret, string algorithm) : ITokenSigner
{
    private readonly string header = Base64Url.Encode(Encoding.ASCII.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));

    public string Algorithm => algorithm;

    public string Sign(byte[] claims)
    {
        var signed = header + "." + Base64Url.Encode(claims);
        return signed + "." + Base64Url.Encode(Hash(Encoding.ASCII.GetBytes(signed)));
    }

#if NET
    private byte[] Hash(byte[] signed) =>
        algorithm switch
        {
            "HS256" => HMACSHA256.HashData(secret, signed),
            "HS384" => HMACSHA384.HashData(secret, signed),
            _ => HMACSHA512.HashData(secret, signed),
        };
#else
    private byte[] Hash(byte[] signed)
    {
        // One for each token: none of them may be used by two threads.
        using HMAC hash = algorithm switch
        {
            "HS256" => new HMACSHA256(secret),
            "HS384" => new HMACSHA384(secret),
            _ => new HMACSHA512(secret),
        };
        return hash.ComputeHash(signed);
    }
#endif
}
