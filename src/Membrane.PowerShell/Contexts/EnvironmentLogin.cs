using Membrane.Client.Authentication;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with the environment variables; without any, with the stored sign-in.</summary>
internal sealed class EnvironmentLogin(ConnectMembraneCommand command) : ILogin
{
    public MembraneContext SignIn()
    {
        var environment = EnvironmentSettings.Read();
        if (command.SignInName is not null)
        {
            return new StoredLogin(command).SignIn();
        }

        if (environment.Token is { } token)
        {
            command.WriteVerbose($"Signing in with the environment variable {environment.TokenVariable}.");
            var choice = command.Choice;
            return command.Contexts.MakeTokenContext(
                token,
                command.Address,
                choice.IsEmpty ? EnvironmentContext.ChoiceOf(environment) : choice
            );
        }

        if ((command.WorkspaceKey ?? environment.WorkspaceKey) is { } key && environment.WorkspaceSecret is { } secret)
        {
            command.WriteVerbose("Signing in with the environment variables MEMBRANE_WORKSPACE_KEY and MEMBRANE_WORKSPACE_SECRET.");
            return new KeyLogin(command)
            {
                WorkspaceKey = key,
                WorkspaceSecret = secret,
                TenantKey = command.TenantKey ?? environment.TenantKey,
            }.SignIn();
        }

        return new StoredLogin(command).SignIn();
    }
}
