using System;
using System.Collections.Generic;
using System.Net;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>What the service sends back with the browser: a code or an error, and the state.</summary>
internal sealed class RedirectAnswer
{
    private const int MaxReason = 300;

    private readonly Dictionary<string, string> values;

    private RedirectAnswer(Dictionary<string, string> values) => this.values = values;

    public static RedirectAnswer Read(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&'))
        {
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair.Substring(0, equals);
            values[WebUtility.UrlDecode(name)] = equals < 0 ? string.Empty : WebUtility.UrlDecode(pair.Substring(equals + 1));
        }

        return new RedirectAnswer(values);
    }

    /// <summary>
    /// Whether the service has ended the sign-in. What does not have its state, or brings neither a code nor an error, anyone may have
    /// sent who found the port.
    /// </summary>
    public bool IsRefusal(string expectedState) => Value("state") == expectedState && Value("error") is not null;

    /// <summary>The code, if the answer belongs to the sign-in.</summary>
    /// <exception cref="MembraneSignInException">It does not, or the sign-in was refused.</exception>
    public string TakeCode(string expectedState)
    {
        if (Value("state") != expectedState)
        {
            throw new MembraneSignInException(
                ErrorIds.SignInFailed,
                "The browser brought an answer that does not belong to this sign-in (its state is another one), so it was refused.",
                "Begin again, and use only the page that this sign-in opens."
            );
        }

        if (Value("error") is { } error)
        {
            var reason = ShownText.OfLine(Value("error_description") ?? error, MaxReason).Trim().TrimEnd('.');
            throw new MembraneSignInException(
                ErrorIds.SignInFailed,
                error == "access_denied"
                    ? $"The sign-in was refused in the browser: {reason}."
                    : $"The service ended the sign-in: {reason}.",
                "Begin again if that was not intended."
            );
        }

        return Value("code")
            ?? throw new MembraneSignInException(ErrorIds.SignInFailed, "The browser brought an answer without a code.", "Begin again.");
    }

    private string? Value(string name) => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
