using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Contexts;

/// <summary>Secrets of Microsoft.PowerShell.SecretManagement, which is used where it is installed and is not required.</summary>
internal static class SecretVault
{
    private const string Command = @"Microsoft.PowerShell.SecretManagement\Get-Secret";

    /// <exception cref="MembraneSignInException">The module is missing, or there is no such secret (SecretUnavailable).</exception>
    public static string Read(PSCmdlet caller, string name, string? vaultName)
    {
        // The name of the module loads it where it is not loaded yet.
        if (caller.InvokeCommand.GetCommand(Command, CommandTypes.Cmdlet | CommandTypes.Function) is not { } command)
        {
            throw new MembraneSignInException(
                ErrorIds.SecretUnavailable,
                "The module Microsoft.PowerShell.SecretManagement is not installed.",
                "Install it (Install-PSResource Microsoft.PowerShell.SecretManagement) with a vault, or pass the secret itself, for "
                    + "example with -Token."
            );
        }

        Collection<PSObject> found;
        try
        {
            var script = ScriptBlock.Create(
                "param($Command, $Name, $Vault) $parameters = @{ Name = $Name; ErrorAction = 'Stop' }; if ($Vault) { $parameters.Vault "
                    + "= $Vault }; & $Command @parameters"
            );
            found = caller.InvokeCommand.InvokeScript(useLocalScope: true, script, null, command, name, vaultName);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw new MembraneSignInException(
                ErrorIds.SecretUnavailable,
                $"The secret '{name}' could not be read: {exception.Message}",
                "Check the name with Get-SecretInfo, and that the vault is unlocked (Test-SecretVault).",
                exception
            );
        }

        return found.LastOrDefault()?.BaseObject switch
        {
            SecureString secret => Secrets.Reveal(secret),
            string text => text,
            var other => throw new MembraneSignInException(
                ErrorIds.SecretUnavailable,
                other is null ? $"There is no secret '{name}'." : $"The secret '{name}' is a {other.GetType().Name}.",
                "Store a token, a workspace secret or a private key as a string or SecureString."
            ),
        };
    }
}
