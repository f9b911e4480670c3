using System;
using System.Collections.Generic;
using System.IdentityModel.Tokens.Jwt;
using System.IO;
using System.Text;
using System.Text.Json;
using Membrane.Client.Json;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Client.Authentication;

/// <summary>Signs tokens. Only this, <see cref="SignatureCheck"/> and the keys for them touch the JWT package.</summary>
public sealed class TokenMinter
{
    private readonly WorkspaceTokenOptions options;
    private readonly string header;

    // Kept: to make one takes far longer than a signature does. It may be used by several threads.
    private readonly SignatureProvider signer;

    /// <summary>Prepares to sign tokens.</summary>
    /// <exception cref="MembraneInputException">An option is missing or out of range.</exception>
    public TokenMinter(WorkspaceTokenOptions options)
    {
        this.options = options;
        options.Validate();
        (SecurityKey key, string algorithm) = options.PrivateKey is { } pem
            ? PemKey.ReadPrivate(pem, options.Algorithm)
            : (SecretKey.Make(options.WorkspaceSecret, options.Algorithm ?? "HS256"), options.Algorithm ?? "HS256");
        Algorithm = algorithm;
        header = new JwtHeader(new SigningCredentials(key, algorithm)).Base64UrlEncode();
        signer = key.CryptoProviderFactory.CreateForSigning(key, algorithm);
    }

    /// <summary>The signature of the tokens.</summary>
    public string Algorithm { get; }

    /// <summary>When a token ends that is signed now: whole seconds, as in the token.</summary>
    internal DateTimeOffset EndOf(DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds(now.Add(options.Lifetime).ToUnixTimeSeconds());

    /// <summary>Signs a token that is valid from now on.</summary>
    public string Mint(DateTimeOffset now) => Mint(now, options.TenantKey, options.TenantName);

    /// <summary>Signs a token for another tenant than that of the options, with all else as there.</summary>
    internal string Mint(DateTimeOffset now, string? tenantKey, string? tenantName)
    {
        // The names and their order are those of the vendor's SDK and samples.
        var payload = new JwtPayload();
        if (!options.IsManager)
        {
            payload.Add(options.ClaimForm == TokenClaimForm.TenantKey ? "tenantKey" : "id", tenantKey!);
        }

        if (tenantName is { Length: > 0 } name)
        {
            payload.Add("name", name);
        }

        if (options.Fields is { Count: > 0 } fields)
        {
            payload.Add("fields", ToJson(fields));
        }

        if (options.IsManager)
        {
            payload.Add("isAdmin", true);
        }

        payload.Add("iat", now.ToUnixTimeSeconds());
        payload.Add("exp", now.Add(options.Lifetime).ToUnixTimeSeconds());
        payload.Add(options.IsManager || options.ClaimForm != TokenClaimForm.Issuer ? "workspaceKey" : "iss", options.WorkspaceKey);
        string signed = header + "." + payload.Base64UrlEncode();
        return signed + "." + Base64UrlEncoder.Encode(signer.Sign(Encoding.ASCII.GetBytes(signed)));
    }

    // The package writes only some types, and not as the rest of the client does.
    private static JsonElement ToJson(IReadOnlyDictionary<string, object?> fields)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            JsonValueWriter.Write(writer, fields, DictionaryObjectModel.Instance, nameof(WorkspaceTokenOptions.Fields));
        }

        var reader = new Utf8JsonReader(json.ToArray());
        return JsonElement.ParseValue(ref reader);
    }
}
