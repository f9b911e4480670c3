namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with a token: of a workspace, or of an account.</summary>
internal sealed class TokenLogin(ConnectMembraneCommand command, string token) : ILogin
{
    public MembraneContext SignIn() => command.Contexts.MakeTokenContext(token, command.Address, command.Choice);
}
