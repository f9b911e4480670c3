using System.Net;
using System.Security;

namespace Membrane.PowerShell.Common;

/// <summary>Secure strings in and out.</summary>
internal static class Secrets
{
    public static SecureString Protect(string text)
    {
        var secret = new SecureString();
        foreach (char character in text)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    public static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
