using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Authentication.Stored;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Contexts;

/// <summary>Completes the names of stored sign-ins.</summary>
public sealed class SignInNameCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words
    {
        get
        {
            try
            {
                return new CredentialStore().Read().SignIns.Values.Select(Word).ToArray();
            }
            catch (MembraneException)
            {
                // The command itself says what is wrong with the file.
                return [];
            }
        }
    }

    private static (string Value, string Hint) Word(StoredSignIn signIn) =>
        (
            signIn.Name,
            string.Join(", ", new[] { signIn.Email, signIn.WorkspaceKey, signIn.TenantKey, signIn.ApiUri.ToString() }.OfType<string>())
        );
}
