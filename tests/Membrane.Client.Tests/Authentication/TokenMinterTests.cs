using System;
using System.Collections;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Membrane.Client.Tests.Support;
using Membrane.Client.Tokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

public sealed class TokenMinterTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private static WorkspaceTokenOptions Options(string secret = "s", string algorithm = "HS256") =>
        new()
        {
            WorkspaceKey = "ws-key",
            WorkspaceSecret = secret,
            TenantKey = "tenant-1",
            Algorithm = algorithm,
        };

    private static string Part(string token, int index)
    {
        var text = token.Split('.')[index].Replace('-', '+').Replace('_', '/');
        return Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
    }

    private static void AssertSigned(string token, string secret, string algorithm)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        var content = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        var expected = algorithm switch
        {
            "HS256" => HMACSHA256.HashData(key, content),
            "HS384" => HMACSHA384.HashData(key, content),
            _ => HMACSHA512.HashData(key, content),
        };
        Assert.Equal(Make.Base64Url(expected), token[(token.LastIndexOf('.') + 1)..]);
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public void The_signature_is_the_HMAC_of_the_secret_whatever_its_length(string algorithm)
    {
        for (var length = 1; length <= 200; length++)
        {
            string secret = new((char)('!' + (length % 90)), length);
            AssertSigned(new TokenMinter(Options(secret, algorithm)).Mint(Now), secret, algorithm);
        }
    }

    [Theory]
    [InlineData("ü")]
    [InlineData("пароль")]
    [InlineData("秘密の鍵")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("with\0zero\0")]
    [InlineData(" leading and trailing ")]
    public void A_secret_is_taken_as_its_UTF8_bytes(string secret)
    {
        foreach (var algorithm in new[] { "HS256", "HS384", "HS512" })
        {
            AssertSigned(new TokenMinter(Options(secret, algorithm)).Mint(Now), secret, algorithm);
        }
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public void The_header_is_the_one_that_jsonwebtoken_writes(string algorithm) =>
        Assert.Equal($$"""{"alg":"{{algorithm}}","typ":"JWT"}""", Part(new TokenMinter(Options(algorithm: algorithm)).Mint(Now), 0));

    [Theory]
    [InlineData(TokenClaimForm.Issuer, """{"id":"tenant-1","iat":1800000000,"exp":1800003600,"iss":"ws-key"}""")]
    [InlineData(TokenClaimForm.WorkspaceKey, """{"id":"tenant-1","iat":1800000000,"exp":1800003600,"workspaceKey":"ws-key"}""")]
    [InlineData(TokenClaimForm.TenantKey, """{"tenantKey":"tenant-1","iat":1800000000,"exp":1800003600,"workspaceKey":"ws-key"}""")]
    public void Each_claim_form_names_workspace_and_tenant(TokenClaimForm form, string expected)
    {
        var options = new WorkspaceTokenOptions
        {
            WorkspaceKey = "ws-key",
            WorkspaceSecret = "s",
            TenantKey = "tenant-1",
            ClaimForm = form,
        };

        Assert.Equal(expected, Part(new TokenMinter(options).Mint(Now), 1));
    }

    [Theory]
    [InlineData(TokenClaimForm.Issuer)]
    [InlineData(TokenClaimForm.WorkspaceKey)]
    [InlineData(TokenClaimForm.TenantKey)]
    public void A_manager_has_no_tenant(TokenClaimForm form)
    {
        var options = new WorkspaceTokenOptions
        {
            WorkspaceKey = "ws-key",
            WorkspaceSecret = "s",
            TenantKey = "ignored",
            IsManager = true,
            ClaimForm = form,
        };

        Assert.Equal(
            """{"isAdmin":true,"iat":1800000000,"exp":1800003600,"workspaceKey":"ws-key"}""",
            Part(new TokenMinter(options).Mint(Now), 1)
        );
    }

    [Fact]
    public void Name_fields_and_lifetime_are_as_asked_for()
    {
        var options = new WorkspaceTokenOptions
        {
            WorkspaceKey = "ws-key",
            WorkspaceSecret = "s",
            TenantKey = "tenänt",
            TenantName = "Ätna \"GmbH\"",
            Lifetime = TimeSpan.FromMinutes(1),
            Fields = new Dictionary<string, object?>
            {
                ["plan"] = "gold",
                ["seats"] = 5,
                ["ratio"] = 0.5m,
                ["on"] = true,
                ["none"] = null,
                ["tags"] = new object[] { "a", 1 },
                ["nested"] = new Hashtable { ["deep"] = new Dictionary<string, object?> { ["x"] = new[] { 1.5 } } },
                ["when"] = new DateTimeOffset(2026, 7, 26, 10, 0, 0, TimeSpan.FromHours(2)),
            },
        };

        var payload = JsonDocument.Parse(Part(new TokenMinter(options).Mint(Now), 1)).RootElement;

        Assert.Equal("tenänt", payload.GetProperty("id").GetString());
        Assert.Equal("Ätna \"GmbH\"", payload.GetProperty("name").GetString());
        Assert.Equal(1_800_000_060, payload.GetProperty("exp").GetInt64());
        Assert.Equal(
            """{"plan":"gold","seats":5,"ratio":0.5,"on":true,"none":null,"tags":["a",1],"nested":{"deep":{"x":[1.5]}},"when":"2026-07-26T10:00:00+02:00"}""",
            JsonSerializer.Serialize(payload.GetProperty("fields"), Readable)
        );
    }

    [Fact]
    public void A_field_without_a_form_in_JSON_is_refused_by_its_name()
    {
        var options = new WorkspaceTokenOptions
        {
            WorkspaceKey = "k",
            WorkspaceSecret = "s",
            TenantKey = "t",
            Fields = new Dictionary<string, object?> { ["bad"] = new object() },
        };

        var error = Assert.Throws<MembraneInputException>(() => new TokenMinter(options).Mint(Now));

        Assert.Contains("Fields.bad", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WorkspaceKey", "", "s", "t", "HS256", 3600)]
    [InlineData("WorkspaceSecret", "k", " ", "t", "HS256", 3600)]
    [InlineData("TenantKey", "k", "s", null, "HS256", 3600)]
    [InlineData("Algorithm", "k", "s", "t", "none", 3600)]
    [InlineData("Algorithm", "k", "s", "t", "RS256", 3600)]
    [InlineData("Algorithm", "k", "s", "t", "hs256", 3600)]
    [InlineData("Lifetime", "k", "s", "t", "HS256", 59)]
    [InlineData("Lifetime", "k", "s", "t", "HS256", -1)]
    [InlineData("Lifetime", "k", "s", "t", "HS256", 922337203685)]
    public void What_is_missing_or_out_of_range_is_named(
        string parameter,
        string key,
        string secret,
        string? tenant,
        string algorithm,
        double lifetime
    )
    {
        var options = new WorkspaceTokenOptions
        {
            WorkspaceKey = key,
            WorkspaceSecret = secret,
            TenantKey = tenant,
            Algorithm = algorithm,
            Lifetime = TimeSpan.FromSeconds(lifetime),
        };

        Assert.Equal(parameter, Assert.Throws<MembraneInputException>(() => new TokenMinter(options)).ParameterName);
        Assert.Equal(parameter, Assert.Throws<MembraneInputException>(() => new WorkspaceTokenSource(options)).ParameterName);
    }

    [Fact]
    public void The_secret_does_not_stay_in_a_cache_of_the_process()
    {
        const string Secret = "a secret of this test that is at least sixty-four bytes long, yes!";
        new TokenMinter(Options(Secret)).Mint(Now);

        var isCached = CryptoProviderFactory.Default.CryptoProviderCache.TryGetSignatureProvider(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret)),
            "HS256",
            typeof(SymmetricSignatureProvider).ToString(),
            true,
            out _
        );

        Assert.False(isCached);
    }
}
