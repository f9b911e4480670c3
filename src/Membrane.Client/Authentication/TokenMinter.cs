using System;
using System.Collections.Generic;
using System.IdentityModel.Tokens.Jwt;
using System.IO;
using System.Text;
using System.Text.Json;
using Membrane.Client.Json;
using Microsoft.IdentityModel.Tokens;

namespace Membrane.Client.Authentication;

/// <summary>Signs tokens. The only place that touches the JWT package.</summary>
public sealed class TokenMinter
{
    private readonly WorkspaceTokenOptions options;
    private readonly JwtHeader header;
    private readonly JwtSecurityTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Prepares to sign tokens.</summary>
    /// <exception cref="MembraneInputException">An option is missing or out of range.</exception>
    public TokenMinter(WorkspaceTokenOptions options)
    {
        this.options = options;
        options.Validate();
        header = new JwtHeader(new SigningCredentials(MakeKey(options.WorkspaceSecret, options.Algorithm), options.Algorithm));
    }

    /// <summary>Signs a token that is valid from now on.</summary>
    public string Mint(DateTimeOffset now)
    {
        // The names and their order are those of the vendor's SDK and samples.
        var payload = new JwtPayload();
        if (!options.IsManager)
        {
            payload.Add(options.ClaimForm == TokenClaimForm.TenantKey ? "tenantKey" : "id", options.TenantKey!);
        }

        if (options.TenantName is { Length: > 0 } name)
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
        return handler.WriteToken(new JwtSecurityToken(header, payload));
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

    // The package refuses a secret shorter than the hash. HMAC fills a short key up with zeros,
    // so the filled-up key gives the signature that every other library gives for the short one.
    private static SymmetricSecurityKey MakeKey(string secret, string algorithm)
    {
        int hashBytes = algorithm switch { "HS256" => 32, "HS384" => 48, _ => 64 };
        byte[] key = Encoding.UTF8.GetBytes(secret);
        if (key.Length < hashBytes)
        {
            Array.Resize(ref key, hashBytes);
        }

        // The package's own factory would keep the secret in a cache of the process.
        return new SymmetricSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
    }
}
