using System.Linq;
using System.Management.Automation;
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

    /// <summary>Returns the token that is given as text, as a SecureString, or as an object with one of them in its property Token.</summary>
    /// <returns>The token; null where there is none.</returns>
    public static SecureString? ReadToken(object? given) =>
        ReadText(given) ?? (given is null ? null : ReadText(PSObject.AsPSObject(given).Properties.Match("Token").FirstOrDefault()?.Value));

    /// <summary>Returns the error of what is not a secret. PowerShell's own would say what was given, which may be one in the wrong place.</summary>
    /// <param name="what">What was to be given.</param>
    /// <param name="forms">As what it may be.</param>
    /// <param name="given">What was given, without its value.</param>
    public static ArgumentTransformationMetadataException Refuse(string what, string forms, string given) =>
        new($"{what} was to be given, and {given} was: pass {forms}.");

    private static SecureString? ReadText(object? value) =>
        Bare.Value(value) switch
        {
            string text when text.Trim().Length > 0 => Protect(text),
            SecureString { Length: > 0 } secret => secret,
            _ => null,
        };
}
