using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Tokens;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Workspaces;

/// <summary>What is set for the workspace as a whole: key, secret, public keys, switches.</summary>
internal sealed class WorkspaceSettings
{
    private readonly string workspaceKey;
    private readonly string initialSecret;
    private readonly WorkspaceStore store;
    private readonly EmulatorClock clock;
    private readonly StoredElement initial;
    private volatile Tuple<StoredElement, SigningKeys>? keys;

    public WorkspaceSettings(string workspaceKey, string initialSecret, WorkspaceStore store, EmulatorClock clock)
    {
        this.workspaceKey = workspaceKey;
        this.initialSecret = initialSecret;
        this.store = store;
        this.clock = clock;
        Id = IdSource.Derived("ws", workspaceKey);
        var now = EmulatorJson.Time(clock.Now);
        initial = new StoredElement(
            Collections.Workspaces,
            0,
            EmulatorJson.Freeze(
                new JsonObject
                {
                    ["id"] = Id,
                    ["name"] = "Emulator",
                    ["orgId"] = "org_emulator",
                    ["key"] = workspaceKey,
                    ["createdAt"] = now,
                    ["updatedAt"] = now,
                    ["settings"] = new JsonObject { ["disableSecretKeyAuth"] = false },
                    ["publicKeys"] = new JsonArray(),
                    ["type"] = "development",
                }
            )
        );
    }

    /// <summary>The id of the workspace; it follows from its key.</summary>
    public string Id { get; }

    /// <summary>The workspace as it is now.</summary>
    public StoredElement Current => store.Find(Collections.Workspaces, Id) ?? initial;

    /// <summary>The secret in force: the one it was started with, until it is rotated.</summary>
    public string Secret => Current.RotatedSecret ?? initialSecret;

    private OwnSignature Signature => new(Secret, "emulator-access");

    /// <summary>Returns the keys with which tokens may be signed now.</summary>
    public SigningKeys Keys()
    {
        var current = Current;
        if (keys is { } known && ReferenceEquals(known.Item1, current))
        {
            return known.Item2;
        }

        var withoutSecret = current.Body.Member("settings")?.Flag("disableSecretKeyAuth") == true;
        var made = new SigningKeys(workspaceKey, withoutSecret ? null : Secret, Signature, PublicKeysOf(current.Body));
        keys = Tuple.Create(current, made);
        return made;
    }

    /// <summary>Refuses public keys that cannot be used.</summary>
    public static void CheckPublicKeys(JsonObject body)
    {
        foreach (var key in PublicKeysOf(EmulatorJson.Freeze(body)))
        {
            try
            {
                PemKey.ReadPublic(key, null);
            }
            catch (MembraneInputException error)
            {
                throw ApiException.BadRequest("'publicKeys' holds a key that is not accepted. " + error.Message);
            }
        }
    }

    /// <summary>Signs a token of this workspace.</summary>
    public string Sign(JsonObject claims, TimeSpan lifetime)
    {
        claims["iat"] = clock.Now.ToUnixTimeSeconds();
        claims["exp"] = (clock.Now + lifetime).ToUnixTimeSeconds();
        return Signature.Token(claims);
    }

    private static List<string> PublicKeysOf(JsonElement body)
    {
        var found = new List<string>();
        if (body.Member("publicKeys") is { ValueKind: JsonValueKind.Array } given)
        {
            foreach (var one in given.EnumerateArray())
            {
                if (one.Text("publicKey") is { } key)
                {
                    found.Add(key);
                }
            }
        }

        return found;
    }
}
