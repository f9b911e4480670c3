using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.OAuth;

/// <summary>The programs that may ask a person to sign in: the CLI, which is known, and those that register themselves.</summary>
/// <param name="store">Keeps the programs that registered.</param>
/// <param name="clock">The workspace's time.</param>
/// <param name="codePage">The address of the page that shows a code to the person.</param>
internal sealed class OAuthClients(WorkspaceStore store, EmulatorClock clock, Func<string> codePage)
{
    /// <summary>The client id of the vendor's CLI.</summary>
    public const string CommandLine = "membrane-cli";

    private const string Collection = "oauth-clients";

    /// <summary>Returns the name to show for a client; null when it is not known.</summary>
    public string? NameOf(string? clientId) =>
        clientId switch
        {
            null => null,
            CommandLine => "Membrane CLI",
            _ => store.Find(Collection, clientId) is { } client ? client.Text("clientName") ?? clientId : null,
        };

    /// <summary>Returns whether the browser may be sent there on behalf of the client.</summary>
    public bool MayRedirect(string clientId, string? redirectUri)
    {
        if (redirectUri is null || !Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0)
        {
            return false;
        }

        if (clientId == CommandLine)
        {
            return IsLoopback(uri) || redirectUri == codePage();
        }

        var client = store.Find(Collection, clientId);
        return client?.Body.Member("redirectUris") is { } registered
            && registered.EnumerateArray().Any(one => Matches(one.GetString()!, redirectUri, uri));
    }

    /// <summary>Registers a public client (RFC 7591).</summary>
    public Reply Register(JsonElement body)
    {
        if (body.Text("token_endpoint_auth_method") is { } method && method != "none")
        {
            throw new OAuthError(
                "invalid_client_metadata",
                "Only public clients can be registered: 'token_endpoint_auth_method' must be 'none'."
            );
        }

        var redirectUris = RedirectUris(body);
        var name = body.Text("client_name") is { Length: > 0 } given ? UrlEncoding.Shorten(given) : "A program";
        var client = store.Change(transaction =>
            transaction.Put(
                Collection,
                new JsonObject
                {
                    ["id"] = transaction.NewId("client"),
                    ["clientName"] = name,
                    ["redirectUris"] = new JsonArray(redirectUris.Select(one => (JsonNode)one).ToArray()),
                }
            )
        );
        var answer = new JsonObject
        {
            ["client_id"] = client.Id,
            ["client_id_issued_at"] = clock.Now.ToUnixTimeSeconds(),
            ["client_name"] = name,
            ["redirect_uris"] = new JsonArray(redirectUris.Select(one => (JsonNode)one).ToArray()),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["response_types"] = new JsonArray("code"),
            ["token_endpoint_auth_method"] = "none",
        };
        return Reply.Json(answer, 201).With("Cache-Control", "no-store");
    }

    private static List<string> RedirectUris(JsonElement body)
    {
        var found = new List<string>();
        if (body.Member("redirect_uris") is { ValueKind: JsonValueKind.Array } given)
        {
            foreach (var one in given.EnumerateArray())
            {
                if (
                    one.ValueKind != JsonValueKind.String
                    || !Uri.TryCreate(one.GetString(), UriKind.Absolute, out var uri)
                    || uri.Fragment.Length > 0
                    || (uri.Scheme != Uri.UriSchemeHttps && !IsLoopback(uri))
                )
                {
                    throw new OAuthError(
                        "invalid_redirect_uri",
                        "A redirect address must be https, or http on a loopback address, without a fragment."
                    );
                }

                found.Add(one.GetString()!);
            }
        }

        return found.Count > 0 ? found : throw new OAuthError("invalid_redirect_uri", "'redirect_uris' must name at least one address.");
    }

    /// <summary>Returns whether the addresses are the same; on a loopback address the port may differ (RFC 8252).</summary>
    private static bool Matches(string registered, string given, Uri uri)
    {
        if (registered == given)
        {
            return true;
        }

        var known = new Uri(registered);
        return IsLoopback(known) && IsLoopback(uri) && known.Host == uri.Host && known.PathAndQuery == uri.PathAndQuery;
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp && uri.Host is "127.0.0.1" or "[::1]" or "localhost" && uri.UserInfo.Length == 0;
}
