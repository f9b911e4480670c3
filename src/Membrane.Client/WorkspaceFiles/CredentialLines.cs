using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>
/// Finds files of a workspace that hold what looks like a credential, such as the Authorization header of an action. Files go to source
/// control, where many can read them.
/// </summary>
internal static class CredentialLines
{
    private const int MinLength = 6;

    // A member with its value on the same line, in YAML, JSON and JavaScript.
    private static readonly Regex Member = new(
        "(?<![\\w$-])[\"']?(?<name>[A-Za-z][\\w-]*)[\"']?[ \\t]*[:=][ \\t]+(?<value>[^\\s].*)$",
        RegexOptions.CultureInvariant | RegexOptions.Multiline
    );

    // A header as a member of a list: its name, and its value on the next line.
    private static readonly Regex Pair = new(
        "\\b(?:key|name|header):[ \\t]*[\"']?(?<name>[A-Za-z][\\w-]*)[\"']?[ \\t]*\\r?\\n[ \\t]*value:[ \\t]+(?<value>[^\\s].*)$",
        RegexOptions.CultureInvariant | RegexOptions.Multiline
    );

    private static readonly Regex Token = new(
        "\\b(?:Bearer|Basic) +[\\w.~+/=-]{8,}|\\beyJ[\\w-]{8,}\\.[\\w-]{8,}|\\b(?:sk|rk|pk)_(?:live|test)_\\w{8,}|\\bgh[pousr]_\\w{16,}|\\bxox[abprs]-[\\w-]{8,}"
            + "|\\bAKIA[A-Z0-9]{16}\\b|-----BEGIN [A-Z ]*PRIVATE KEY",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex Computed = new("\\$\\{|\\{\\{|\\(", RegexOptions.CultureInvariant);

    private static readonly string[] Endings =
    [
        "authorization",
        "apikey",
        "accesskey",
        "secretkey",
        "privatekey",
        "secret",
        "password",
        "passphrase",
        "token",
        "cookie",
        "signature",
        "credential",
        "credentials",
    ];

    // The place in a list.
    private static readonly string[] Harmless = ["pagetoken", "nexttoken", "synctoken", "continuationtoken", "cursortoken"];

    /// <summary>Returns the files with what stands in each: the name of the member, or that it is a token.</summary>
    public static IReadOnlyList<(string Path, string What)> Find(WorkspaceArchive archive) =>
        archive
            .Files.Select(static file => (file.Key, What: Find(Encoding.UTF8.GetString(file.Value))))
            .Where(static found => found.What is not null)
            .Select(static found => (found.Key, found.What!))
            .ToArray();

    private static string? Find(string text) =>
        Pair.Matches(text)
            .Cast<Match>()
            .Concat(Member.Matches(text).Cast<Match>())
            .Where(static match => IsCredential(match.Groups["name"].Value, match.Groups["value"].Value))
            .Select(static match => match.Groups["name"].Value)
            .FirstOrDefault()
        ?? (Token.IsMatch(text) ? "a token" : null);

    private static bool IsCredential(string name, string value)
    {
        var plain = name.Replace("-", string.Empty).Replace("_", string.Empty).ToLowerInvariant();
        var literal = value.Trim().TrimEnd(',', ';').Trim('"', '\'', '`');

        // What is computed at run time, is a description, or the name of a type is no credential.
        return Endings.Any(ending => plain.EndsWith(ending, StringComparison.Ordinal))
            && !Harmless.Any(ending => plain.EndsWith(ending, StringComparison.Ordinal))
            && literal.Length >= MinLength
            && literal[0] is not ('$' or '{' or '[' or '&' or '*' or '!' or '#')
            && literal is not ("string" or "number" or "integer" or "boolean" or "object")
            && (Token.IsMatch(literal) || !literal.Any(char.IsWhiteSpace) || plain.EndsWith("authorization", StringComparison.Ordinal))
            && !Computed.IsMatch(literal);
    }
}
