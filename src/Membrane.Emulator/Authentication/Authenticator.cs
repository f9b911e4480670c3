using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Authentication;

/// <summary>Turns the token of a request into a principal, and makes tenants known on first sight.</summary>
internal sealed class Authenticator(
    ICollection<string> accountTokens,
    string publicToken,
    WorkspaceStore store,
    EmulatorClock clock,
    TokenVerifier verifier,
    Func<string, VerifiedClaims?> verifyIssued
)
{
    private const int CacheLimit = 2_000;

    private readonly ConcurrentDictionary<string, Admission> admitted = new(StringComparer.Ordinal);
    private int generation;

    /// <summary>Who sends the request.</summary>
    /// <exception cref="ApiException">401 when the caller cannot be identified.</exception>
    public Principal Authenticate(string? authorization)
    {
        if (string.IsNullOrEmpty(authorization))
        {
            throw ApiException.NotAuthenticated("There is no token: the header 'Authorization: Bearer <token>' is missing.");
        }

        if (!authorization!.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.NotAuthenticated("The Authorization header is not of the form 'Bearer <token>'.");
        }

        return AuthenticateToken(authorization.Substring(7).Trim());
    }

    /// <summary>Who holds the token.</summary>
    /// <exception cref="ApiException">401 when the caller cannot be identified.</exception>
    public Principal AuthenticateToken(string token)
    {
        if (token.Length == 0)
        {
            throw ApiException.NotAuthenticated("There is no token in the Authorization header.");
        }

        if (token.StartsWith("pat-", StringComparison.Ordinal))
        {
            return accountTokens.Contains(token)
                ? Principal.Manager
                : throw ApiException.NotAuthenticated(
                    token == publicToken
                        ? "The public development token is refused: the workspace has a secret of its own."
                        : "The account token is not known."
                );
        }

        while (true)
        {
            var current = Volatile.Read(ref generation);
            var admission = admitted.TryGetValue(token, out var known) && known.Generation == current ? known : Verify(token, current);
            verifier.CheckExpiry(admission.ExpiresAt);
            var isCurrent = IsCurrent(admission.Principal);
            if (current == Volatile.Read(ref generation))
            {
                return isCurrent ? admission.Principal : throw ApiException.AccessDenied("The tenant of this token is archived.");
            }
        }
    }

    /// <summary>Forgets who was let in, after keys, tenants or everything has changed.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref generation);
        admitted.Clear();
    }

    /// <param name="token">The token.</param>
    /// <param name="current">The generation before anything was looked at: what is found may be forgotten by the time it is kept.</param>
    private Admission Verify(string token, int current)
    {
        var claims = verifyIssued(token) ?? verifier.Verify(token);
        var admission = new Admission(claims.IsManager ? Principal.Manager : Principal.Tenant(Know(claims)), claims.ExpiresAt, current);
        if (admitted.Count >= CacheLimit)
        {
            admitted.Clear();
        }

        admitted[token] = admission;
        return admission;
    }

    /// <summary>Makes a tenant known, as its first request would.</summary>
    /// <returns>The tenant's id.</returns>
    public string KnowTenant(string tenantKey) => Know(new VerifiedClaims(isManager: false, tenantKey, null, null, long.MaxValue));

    private bool IsCurrent(Principal principal) =>
        principal.TenantId is null || store.Find(Collections.Customers, principal.TenantId) is { IsArchived: false };

    private string Know(VerifiedClaims claims)
    {
        return store.Change(transaction =>
        {
            StoredElement? known = null;
            foreach (var customer in transaction.All(Collections.Customers))
            {
                if (customer.Text("internalId") == claims.TenantKey)
                {
                    known = customer;
                }
            }

            if (known is not null && !HasNews(known, claims))
            {
                return known.Id;
            }

            var body = known is null
                ? new JsonObject
                {
                    ["id"] = transaction.NewId("cus"),
                    ["name"] = claims.Name ?? claims.TenantKey,
                    ["internalId"] = claims.TenantKey,
                    ["isActive"] = true,
                    ["createdAt"] = EmulatorJson.Time(clock.Now),
                }
                : EmulatorJson.Edit(known.Body);

            if (claims.Name is not null)
            {
                body["name"] = claims.Name;
            }

            if (claims.Fields is { } fields)
            {
                var kept = body["fields"] as JsonObject ?? new JsonObject();
                foreach (var field in fields.EnumerateObject())
                {
                    kept[field.Name] = EmulatorJson.ToNode(field.Value);
                }

                if (kept.Parent is null)
                {
                    body["fields"] = kept;
                }
            }

            return transaction.Put(Collections.Customers, body).Id;
        });
    }

    private static bool HasNews(StoredElement known, VerifiedClaims claims) =>
        claims.Fields is not null || (claims.Name is not null && claims.Name != known.Name);

    private sealed class Admission(Principal principal, long expiresAt, int generation)
    {
        public Principal Principal { get; } = principal;

        public long ExpiresAt { get; } = expiresAt;

        public int Generation { get; } = generation;
    }
}
