using System;
using System.IO;
using System.Text;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Tokens;

/// <summary>
/// Signs tokens. Only <see cref="TokenSigner"/>, <see cref="SignatureCheck"/> and the keys for them touch the JWT package, which takes
/// long to load.
/// </summary>
internal sealed class TokenMinter
{
    private readonly WorkspaceTokenOptions options;
    private readonly ITokenSigner signer;

    /// <summary>Prepares to sign tokens.</summary>
    /// <exception cref="MembraneInputException">An option is missing or out of range.</exception>
    public TokenMinter(WorkspaceTokenOptions options)
    {
        this.options = options;
        options.Validate();
        signer = options.PrivateKey is { } pem
            ? ReadKey(pem, options.Algorithm)
            : new SecretTokenSigner(Encoding.UTF8.GetBytes(options.WorkspaceSecret), options.Algorithm ?? "HS256");
    }

    /// <summary>The signature of the tokens.</summary>
    public string Algorithm => signer.Algorithm;

    /// <summary>When a token ends that is signed now: whole seconds, as in the token.</summary>
    internal DateTimeOffset EndOf(DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds(now.Add(options.Lifetime).ToUnixTimeSeconds());

    /// <summary>Signs a token that is valid from now on.</summary>
    public string Mint(DateTimeOffset now) => Mint(now, options.TenantKey, options.TenantName);

    /// <summary>Signs a token for another tenant than that of the options, with all else as there.</summary>
    internal string Mint(DateTimeOffset now, string? tenantKey, string? tenantName) => signer.Sign(Payload(now, tenantKey, tenantName));

    // In a method of its own, so that a token by a secret does without the JWT package.
    private static TokenSigner ReadKey(string pem, string? wanted)
    {
        (var key, var algorithm) = PemKey.ReadPrivate(pem, wanted);
        return new TokenSigner(key, algorithm);
    }

    // The names and their order are those of the vendor's SDK and samples.
    private byte[] Payload(DateTimeOffset now, string? tenantKey, string? tenantName)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (!options.IsManager)
            {
                writer.WriteText(options.ClaimForm == TokenClaimForm.TenantKey ? "tenantKey" : "id", tenantKey);
            }

            writer.WriteText("name", tenantName);
            if (options.Fields is { Count: > 0 } fields)
            {
                writer.WriteValue("fields", fields, DictionaryObjectAdapter.Instance, nameof(WorkspaceTokenOptions.Fields));
            }

            if (options.IsManager)
            {
                writer.WriteBoolean("isAdmin", true);
            }

            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", now.Add(options.Lifetime).ToUnixTimeSeconds());
            writer.WriteText(
                options.IsManager || options.ClaimForm != TokenClaimForm.Issuer ? "workspaceKey" : "iss",
                options.WorkspaceKey
            );
            writer.WriteEndObject();
        }

        return json.ToArray();
    }
}
