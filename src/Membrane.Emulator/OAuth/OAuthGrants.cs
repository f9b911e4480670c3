using System;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Tokens;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.OAuth;

/// <summary>
/// What persons have agreed to, and the tokens that follow from it. Grants outlive a restart with a state file; codes do not.
/// A refresh token is good once: who shows one for the second time may have stolen it, so the grant ends.
/// </summary>
internal sealed class OAuthGrants(string workspaceKey, string workspaceSecret, WorkspaceStore store, EmulatorClock clock)
{
    /// <summary>How long an access token lasts. Emulated: the service's own value is not public.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private const string Collection = "oauth-grants";
    private const string RefreshPrefix = "rt-";
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    private readonly OwnSignature signature = new OwnSignature(workspaceSecret, "emulator-oauth");
    private readonly ConcurrentDictionary<string, IssuedCode> codes = new(StringComparer.Ordinal);

    /// <summary>Issues a code for the browser to carry.</summary>
    public string IssueCode(Consent consent, string redirectUri, string challenge)
    {
        foreach (var one in codes)
        {
            if (one.Value.EndsAt < clock.Now)
            {
                codes.TryRemove(one.Key, out _);
            }
        }

        // Short enough to be read whole on the page, and still 144 random bits.
        var code = PkceSecret.RandomText().Substring(0, 24);
        codes[code] = new IssuedCode(consent, redirectUri, challenge, clock.Now + CodeLifetime);
        return code;
    }

    /// <summary>Exchanges a code.</summary>
    /// <exception cref="OAuthError">The code is not valid, or was issued to another client.</exception>
    public JsonObject Exchange(string code, string clientId, string redirectUri, string verifier)
    {
        if (!codes.TryGetValue(code, out var issued) || issued.EndsAt < clock.Now)
        {
            throw OAuthError.Grant("The code is not known, or its time is over.");
        }

        lock (issued)
        {
            if (issued.GrantId is { } used)
            {
                Revoke(used);
                throw OAuthError.Grant("The code was used already; what it was exchanged for has been revoked.");
            }

            if (issued.Consent.ClientId != clientId || issued.RedirectUri != redirectUri)
            {
                throw OAuthError.Grant("The code was issued to another client, or for another redirect address.");
            }

            if (PkceSecret.Hash(verifier) != issued.Challenge)
            {
                throw OAuthError.Grant("The code verifier does not fit the code challenge.");
            }

            var secret = PkceSecret.RandomText();
            var grant = store.Change(transaction =>
                transaction.Put(
                    Collection,
                    new JsonObject
                    {
                        ["id"] = transaction.NewId("grant"),
                        ["clientId"] = clientId,
                        ["scope"] = issued.Consent.Scope,
                        ["email"] = issued.Consent.Email,
                        ["tenantKey"] = issued.Consent.TenantKey,
                        RefreshHash = PkceSecret.Hash(secret),
                    }
                )
            );
            issued.GrantId = grant.Id;
            return Answer(grant, secret);
        }
    }

    /// <summary>Exchanges a refresh token for a new one and an access token.</summary>
    /// <exception cref="OAuthError">The refresh token is not good.</exception>
    public JsonObject Refresh(string refreshToken, string clientId)
    {
        var grant = FindByRefresh(refreshToken, out var shown) ?? throw OAuthError.Grant("The refresh token is not known, or was revoked.");
        if (grant.Text("clientId") != clientId)
        {
            throw OAuthError.Grant("The refresh token was issued to another client.");
        }

        var secret = PkceSecret.RandomText();
        var renewed = store.Change(transaction =>
        {
            var now = transaction.Find(Collection, grant.Id);
            if (now is null || now.RefreshHash != PkceSecret.Hash(shown))
            {
                return null;
            }

            var body = EmulatorJson.Edit(now.Body);
            body.RefreshHash = PkceSecret.Hash(secret);
            return transaction.Put(Collection, body);
        });
        if (renewed is null)
        {
            Revoke(grant.Id);
            throw OAuthError.Grant("The refresh token was used already; the sign-in has been revoked.");
        }

        return Answer(renewed, secret);
    }

    /// <summary>Ends the grant that a token of either kind belongs to; whether there was one is not said.</summary>
    public void RevokeToken(string token)
    {
        var grant = FindByRefresh(token, out _);
        if ((grant?.Id ?? ReadClaims(token)?.Text("grantId")) is { } id)
        {
            Revoke(id);
        }
    }

    /// <summary>Returns what an access token of ours says; null when it was not issued here, or is revoked.</summary>
    public VerifiedClaims? Verify(string token)
    {
        if (ReadClaims(token) is not { } claims || store.Find(Collection, claims.Text("grantId")) is not { } grant)
        {
            return null;
        }

        return new VerifiedClaims(
            grant.Text("scope") == "platform-user",
            grant.Text("tenantKey"),
            null,
            null,
            claims.GetProperty("exp").GetInt64()
        );
    }

    private void Revoke(string grantId) => store.Change(transaction => transaction.Remove(Collection, grantId));

    private StoredElement? FindByRefresh(string token, out string secret)
    {
        var dot = token.IndexOf('.');
        var isOne = token.StartsWith(RefreshPrefix, StringComparison.Ordinal) && dot > 0;
        secret = isOne ? token.Substring(dot + 1) : "";
        return isOne ? store.Find(Collection, token.Substring(RefreshPrefix.Length, dot - RefreshPrefix.Length)) : null;
    }

    private JsonObject Answer(StoredElement grant, string secret)
    {
        var answer = new JsonObject
        {
            ["access_token"] = Sign(grant),
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)TokenLifetime.TotalSeconds,
            ["refresh_token"] = RefreshPrefix + grant.Id + "." + secret,
            ["default_workspace_key"] = workspaceKey,
            ["email"] = grant.Text("email"),
            ["org_id"] = "org_emulator",
        };
        if (grant.Text("tenantKey") is { } tenantKey)
        {
            answer["default_tenant_key"] = tenantKey;
        }

        return answer;
    }

    // The vendor's SDK wants every token but pat- ones to be readable as a JWT.
    private string Sign(StoredElement grant)
    {
        var claims = new JsonObject
        {
            ["grantId"] = grant.Id,
            ["scope"] = grant.Text("scope"),
            ["iat"] = clock.Now.ToUnixTimeSeconds(),
            ["exp"] = (clock.Now + TokenLifetime).ToUnixTimeSeconds(),
            ["jti"] = PkceSecret.RandomText(),
        };
        if (grant.Text("scope") == "tenant")
        {
            claims["workspaceKey"] = workspaceKey;
            claims["tenantKey"] = grant.Text("tenantKey");
        }

        return signature.Token(claims);
    }

    private JsonElement? ReadClaims(string token) => signature.IsOf(token) ? EmulatorJson.Parse(TokenText.DecodePart(token, 1)!) : null;
}
