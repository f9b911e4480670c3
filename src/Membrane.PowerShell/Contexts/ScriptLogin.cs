namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with the tokens that a script block emits.</summary>
internal sealed class ScriptLogin(ConnectMembraneCommand command) : ILogin
{
    public MembraneContext SignIn() =>
        command.Contexts.MakeContext(new ScriptTokenSource(command.TokenScript!), AuthenticationType.ScriptBlock, command.Address);
}
