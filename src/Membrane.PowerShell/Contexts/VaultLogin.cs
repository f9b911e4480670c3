using Membrane.Client.Tokens;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with a token, a workspace secret or a private key from a vault of SecretManagement.</summary>
internal sealed class VaultLogin(ConnectMembraneCommand command) : ILogin
{
    public MembraneContext SignIn()
    {
        var secret = SecretVault.Read(command, command.SecretName!, command.VaultName);
        return command.WorkspaceKey is null || TokenText.IsAccountToken(secret.Trim()) ? new TokenLogin(command, secret).SignIn()
            : KeyText.IsKey(secret) ? new KeyLogin(command) { PrivateKey = secret }.SignIn()
            : new KeyLogin(command) { WorkspaceSecret = secret }.SignIn();
    }
}
