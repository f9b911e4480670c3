using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.OAuth;

/// <summary>The OAuth server: who it is, its pages, and its endpoints for programs.</summary>
internal sealed class OAuthRoutes(
    OAuthClients clients,
    SignInPages pages,
    OAuthGrants grants,
    Authenticator authenticator,
    Func<Uri> baseUri
)
{
    private const string Resource = "/mcp/integrate-anything";

    private string Issuer => baseUri().AbsoluteUri.TrimEnd('/');

    /// <summary>Answers the request; null when the path is not one of these.</summary>
    public Reply? Handle(IncomingRequest request)
    {
        try
        {
            var method = request.Method == "HEAD" ? "GET" : request.Method;
            if (method == "POST" && request.RawPath is (SignInPages.Path or "/oauth/register"))
            {
                request.CheckOrigin(baseUri());
            }

            return (method + " " + request.RawPath) switch
            {
                "GET /.well-known/oauth-authorization-server" => Reply.Json(Metadata()),
                "GET /.well-known/oauth-protected-resource" + Resource => Reply.Json(ResourceMetadata()),
                "GET " + SignInPages.Path => pages.Show(QueryValues.Parse(request.RawQuery)),
                "POST " + SignInPages.Path => pages.Answer(QueryValues.Parse(request.RawQuery), Form(request)),
                "GET " + SignInPages.CodePath => SignInPages.ShowCode(QueryValues.Parse(request.RawQuery)),
                "POST /oauth/token" => Token(Form(request)),
                "POST /oauth/register" => clients.Register(Json(request)),
                "POST /oauth/revoke" => Revoke(Form(request)),
                _ => null,
            };
        }
        catch (OAuthError error)
        {
            return error.ToReply();
        }
    }

    private JsonObject Metadata() =>
        new()
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = Issuer + SignInPages.Path,
            ["token_endpoint"] = Issuer + "/oauth/token",
            ["registration_endpoint"] = Issuer + "/oauth/register",
            ["revocation_endpoint"] = Issuer + "/oauth/revoke",
            ["response_types_supported"] = new JsonArray("code"),
            ["grant_types_supported"] = new JsonArray("authorization_code", "refresh_token"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["revocation_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),

            // The service fetches such documents; the emulator calls no one.
            ["client_id_metadata_document_supported"] = false,
        };

    private JsonObject ResourceMetadata() =>
        new()
        {
            ["resource"] = Issuer + Resource,
            ["authorization_servers"] = new JsonArray(Issuer),
            ["scopes_supported"] = new JsonArray("tenant"),
            ["bearer_methods_supported"] = new JsonArray("header"),
        };

    private Reply Token(QueryValues form)
    {
        var clientId = Required(form, "client_id");
        if (clients.NameOf(clientId) is null)
        {
            throw new OAuthError("invalid_client", "The client is not known.", 401);
        }

        try
        {
            return Reply.Json(Exchange(form, clientId)).With("Cache-Control", "no-store");
        }
        catch (OAuthError)
        {
            // What was shown twice has been revoked.
            authenticator.Forget();
            throw;
        }
    }

    private JsonObject Exchange(QueryValues form, string clientId) =>
        Required(form, "grant_type") switch
        {
            "authorization_code" => grants.Exchange(
                Required(form, "code"),
                clientId,
                Required(form, "redirect_uri"),
                Required(form, "code_verifier")
            ),
            "refresh_token" => grants.Refresh(Required(form, "refresh_token"), clientId),
            _ => throw new OAuthError("unsupported_grant_type", "'grant_type' must be authorization_code or refresh_token."),
        };

    private Reply Revoke(QueryValues form)
    {
        grants.RevokeToken(Required(form, "token"));
        authenticator.Forget();
        return Reply.Json(EmulatorJson.EmptyObject).With("Cache-Control", "no-store");
    }

    private static string Required(QueryValues form, string name) => form.Text(name) ?? throw OAuthError.Request($"'{name}' is missing.");

    private static QueryValues Form(IncomingRequest request)
    {
        var type = request.ContentType ?? "";
        return type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            ? QueryValues.Parse(Encoding.UTF8.GetString(request.Body))
            : throw OAuthError.Request("The body must be a form (application/x-www-form-urlencoded).");
    }

    private static JsonElement Json(IncomingRequest request)
    {
        try
        {
            var body = EmulatorJson.ParseForeign(request.Body);
            return body.ValueKind == JsonValueKind.Object
                ? body
                : throw new OAuthError("invalid_client_metadata", "The body must be a JSON object.");
        }
        catch (JsonException)
        {
            throw new OAuthError("invalid_client_metadata", "The body is not valid JSON.");
        }
    }
}
