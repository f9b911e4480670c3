using System.IdentityModel.Tokens.Jwt;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Client.Tokens;

/// <summary>Signs claims with a private key.</summary>
internal sealed class TokenSigner(SecurityKey key, string algorithm) : ITokenSigner
{
    private readonly string header = new JwtHeader(new SigningCredentials(key, algorithm)).Base64UrlEncode();

    // Kept: to make one takes far longer than a signature does.
    private readonly SignatureProvider signer = key.CryptoProviderFactory.CreateForSigning(key, algorithm);

    public string Algorithm => algorithm;

    public string Sign(byte[] claims)
    {
        var signed = header + "." + Base64UrlEncoder.Encode(claims);
        return signed + "." + Base64UrlEncoder.Encode(signer.Sign(Encoding.ASCII.GetBytes(signed)));
    }
}
