using Membrane.Client;
using Membrane.Client.Tokens;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with a token: of a workspace, or of an account.</summary>
internal sealed class TokenLogin(ConnectMembraneCommand command, string token) : ILogin
{
    public MembraneContext SignIn()
    {
        var contexts = command.Contexts;
        var choice = command.Choice;
        var tokens = new FixedTokenSource(token);
        var claims = TokenText.ReadPayload(token.Trim());
        var workspaceKey = TokenText.ReadWorkspaceKey(claims);
        if (TokenText.IsAccountToken(token.Trim()) || (workspaceKey is null && !choice.IsEmpty))
        {
            return contexts.MakeAccountContext(tokens, AuthenticationType.Token, command.Address, choice);
        }

        if (!choice.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(command.TenantKey),
                "The token is made for a workspace already: nothing can be chosen with it.",
                "Leave out -WorkspaceKey, -TenantKey and -Manager, or pass an account token (pat-…)."
            );
        }

        var context = contexts.MakeContext(tokens, AuthenticationType.Token, command.Address);
        context.WorkspaceKey = workspaceKey;
        context.TenantKey = TokenText.ReadText(claims, "tenantKey") ?? TokenText.ReadText(claims, "id");
        context.IsManager = TokenText.IsManager(claims);
        return context;
    }
}
