using Membrane.Client;
using Membrane.Client.Authentication;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Sessions;

/// <summary>
/// The context of MEMBRANE_TOKEN, for a script that calls no Connect-Membrane: the variable alone is enough, as for the CLI.
/// </summary>
internal static class EnvironmentContext
{
    /// <summary>Makes it the default context; null where there is no token, or where the session has signed in or tried to.</summary>
    /// <exception cref="MembraneException">The token or the address in the environment is not valid.</exception>
    public static MembraneContext? Make(RunspaceState state)
    {
        if (state.HasSignedIn)
        {
            return null;
        }

        var environment = EnvironmentSettings.Read();
        if (environment.Token is not { } token)
        {
            return null;
        }

        var command = MembraneCommand.Current;
        command?.WriteVerbose($"Signing in with the environment variable {environment.TokenVariable}.");
        var contexts = new ContextFactory(new ContextSettings { HostVersion = command?.Host.Version });
        var context = contexts.MakeTokenContext(token, environment.ApiUri, ChoiceOf(environment));
        state.Add(context);
        return context;
    }

    /// <summary>Returns the tenant that the environment chooses for the token of an account; a choice of nothing for other tokens.</summary>
    public static WorkspaceChoice ChoiceOf(EnvironmentSettings environment) =>
        Client.Tokens.TokenText.IsAccountToken(environment.Token!) && environment.TenantKey is { } tenant
            ? new WorkspaceChoice { WorkspaceKey = environment.WorkspaceKey, TenantKey = tenant }
            : new WorkspaceChoice();
}
