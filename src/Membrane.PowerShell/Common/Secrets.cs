using System.Net;
using System.Security;

namespace Membrane.PowerShell.Common;

/// <summary>Converts secure strings from and to text.</summary>
internal static class Secrets
{
    public static SecureString Protect(string text)
    {
        // Appending character by character would copy the whole for each.
        var secret = new NetworkCredential(string.Empty, text).SecurePassword;
        secret.MakeReadOnly();
        return secret;
    }

    public static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
