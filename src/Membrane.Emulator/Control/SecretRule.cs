using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.Emulator.Control;

/// <summary>
/// Tells which values are secrets: those whose name says so, and those that look like a token whatever their name is. One rule for
/// headers, queries, forms and JSON.
/// </summary>
internal static class SecretRule
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Redacted = "(redacted)";

    private static readonly string[] Parts = ["key", "secret", "token", "pass", "credential", "signature", "authorization", "cookie"];

    // Of the queries and forms of OAuth and of the pages. In JSON they are the code of an action, what an app sends, and objects whose
    // members are looked at one by one.
    private static readonly HashSet<string> PairNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "code",
        "payload",
        "input",
        "connectionParameters",
        "connectorParameters",
    };

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase) { "code_verifier", "client_assertion", "sig" };

    // Keys that name things, of which the API is full.
    private const string Named =
        "workspace|tenant|integration|connection|connector|instance|collection|start_?node|node|parent|external_?app|data_?source|"
        + "data_?collection|data_?location|auth_?option|webhook|operation|action|flow|field|field_?mapping|element|app|event|package|user|"
        + "product|customer|unique|primary|sort|public|idempotency|x-idempotency";

    // Besides them: words of lists, of models and of schemas.
    private static readonly Regex Harmless = new(
        "^(?:(?:id_?or_?)?keys?|(?:"
            + Named
            + ")[-_]?keys?|(?:max|prompt|completion|input|output|total)?[-_]?tokens|"
            + "(?:next|page|next_?page)[-_]?token|keywords?|token_?type|membrane-.*key)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    private static readonly Regex Token = new(
        "^(?:(?:Bearer|Basic) .+|eyJ[\\w-]+\\.[\\w.-]+|pat-.+|(?:sk|rk|pk)[_-](?:live|test|proj)[_-].+|"
            + "gh[pousr]_\\w+|xox[abprs]-.+|AKIA[A-Z0-9]{16}|"
            + "-----BEGIN [\\s\\S]*|"
            + "(?=[^\\s]*[a-z])(?=[^\\s]*[A-Z])(?=[^\\s]*\\d)[\\w+/=-]{32,512})$",
        RegexOptions.CultureInvariant
    );

    /// <summary>Returns whether a value of this name is a secret, whatever it is.</summary>
    public static bool IsName(string name) =>
        Names.Contains(name) || (Parts.Any(part => name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0) && !Harmless.IsMatch(name));

    /// <summary>Returns whether a value of this name in a query or a form is a secret.</summary>
    public static bool IsPairName(string name) => PairNames.Contains(name) || IsName(name);

    /// <summary>Returns whether the text looks like a token.</summary>
    public static bool IsToken(string text) => Token.IsMatch(text);
}
