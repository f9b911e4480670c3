using System;
using System.Text.Json;
using Membrane.Client.Tokens;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Authentication;

/// <summary>Verifies the JSON Web Tokens that a workspace's own backend signs, in every documented form.</summary>
internal sealed class TokenVerifier(Func<SigningKeys> keys, EmulatorClock clock)
{
    /// <summary>The claims of a token that is genuine and in force.</summary>
    /// <exception cref="ApiException">It is not; the message says why.</exception>
    public VerifiedClaims Verify(string token)
    {
        var current = keys();
        if (
            Part(token, 0) is not { ValueKind: JsonValueKind.Object } header
            || Part(token, 1) is not { ValueKind: JsonValueKind.Object } payload
        )
        {
            throw ApiException.NotAuthenticated("The token is not a JSON Web Token.");
        }

        var algorithm = header.Text("alg") ?? "";
        if (algorithm.Length == 0 || algorithm.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.NotAuthenticated("The token is not signed: algorithm 'none' is refused.");
        }

        var workspace = payload.Text("workspaceKey") ?? payload.Text("iss");
        if (workspace is null)
        {
            throw ApiException.NotAuthenticated("The token names no workspace: 'iss' or 'workspaceKey' is missing.");
        }

        if (workspace != current.WorkspaceKey)
        {
            throw ApiException.NotAuthenticated(
                $"The token is for the workspace '{UrlEncoding.Shorten(workspace)}', which is not this one."
            );
        }

        var expiresAt = Seconds(payload, "exp") ?? throw ApiException.NotAuthenticated("The token has no expiry: 'exp' is missing.");
        var notBefore = Seconds(payload, "nbf");
        CheckSignature(token, algorithm, current);
        CheckExpiry(expiresAt);
        if (clock.Now.ToUnixTimeSeconds() < notBefore)
        {
            throw ApiException.NotAuthenticated($"The token is not valid before {EmulatorJson.Time(Moment(notBefore.Value))}.");
        }

        var isManager = payload.Flag("isAdmin");
        var tenantKey = TenantKey(payload);
        if (isManager ? tenantKey is not null : tenantKey is null)
        {
            throw ApiException.NotAuthenticated(
                isManager
                    ? "The token is for a manager (isAdmin) and for a tenant at once."
                    : "The token names no tenant: 'id' or 'tenantKey' is missing."
            );
        }

        JsonElement? fields = payload.Member("fields") is { ValueKind: JsonValueKind.Object } given ? given : null;
        return new VerifiedClaims(isManager, tenantKey, payload.Text("name"), fields, expiresAt);
    }

    /// <summary>Refuses a token whose time is over.</summary>
    public void CheckExpiry(long expiresAt)
    {
        if (clock.Now.ToUnixTimeSeconds() >= expiresAt)
        {
            throw ApiException.NotAuthenticated($"The token has expired at {EmulatorJson.Time(Moment(expiresAt))}.");
        }
    }

    private static DateTimeOffset Moment(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Max(-62135596800, Math.Min(253402300799, seconds)));

    /// <summary>A part of the token as JSON; null when it is not JSON.</summary>
    private static JsonElement? Part(string token, int index)
    {
        try
        {
            return TokenText.DecodePart(token, index) is { } json ? EmulatorJson.ParseForeign(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TenantKey(JsonElement payload)
    {
        var key = payload.Text("tenantKey");
        if (key is null && payload.Member("id") is { } id)
        {
            key = id.ValueKind == JsonValueKind.Number ? id.GetRawText() : payload.Text("id");
        }

        return string.IsNullOrEmpty(key) ? null : key;
    }

    private static void CheckSignature(string token, string algorithm, SigningKeys current)
    {
        var candidates = current.For(algorithm);
        if (candidates.Length == 0)
        {
            throw ApiException.NotAuthenticated(
                $"The algorithm '{UrlEncoding.Shorten(algorithm)}' is refused, or no public key for it is registered."
            );
        }

        if (!SignatureCheck.ByAny(token, algorithm, candidates))
        {
            throw ApiException.NotAuthenticated("The token's signature is not valid for this workspace.");
        }
    }

    private static long? Seconds(JsonElement payload, string name)
    {
        if (payload.Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind != JsonValueKind.Number || !member.TryGetDouble(out var seconds) || double.IsNaN(seconds))
        {
            throw ApiException.NotAuthenticated($"The token's '{name}' is not a number of seconds.");
        }

        return (long)Math.Max(long.MinValue / 2d, Math.Min(long.MaxValue / 2d, seconds));
    }
}
