using Membrane.Client.Json;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>The answer of <c>POST /oauth/token</c> as it is sent.</summary>
internal sealed class OAuthTokenAnswer : MembraneModel
{
    public static ModelReader<OAuthTokenAnswer> Reader { get; } =
        new ModelReader<OAuthTokenAnswer>(static () => new OAuthTokenAnswer())
            .Text("access_token", static (answer, value) => answer.AccessToken = value)
            .Text("token_type", static (answer, value) => answer.TokenType = value)
            .Number("expires_in", static (answer, value) => answer.ExpiresIn = value)
            .Text("refresh_token", static (answer, value) => answer.RefreshToken = value)
            .Text("default_workspace_key", static (answer, value) => answer.DefaultWorkspaceKey = value)
            .Text("default_tenant_key", static (answer, value) => answer.DefaultTenantKey = value)
            .Text("email", static (answer, value) => answer.Email = value);

    public string? AccessToken { get; private set; }

    public string? TokenType { get; private set; }

    public double? ExpiresIn { get; private set; }

    public string? RefreshToken { get; private set; }

    public string? DefaultWorkspaceKey { get; private set; }

    public string? DefaultTenantKey { get; private set; }

    public string? Email { get; private set; }
}
