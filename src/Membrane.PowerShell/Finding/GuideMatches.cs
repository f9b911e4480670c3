using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.PowerShell.Finding;

/// <summary>Finds rows of the guide by what people write elsewhere.</summary>
internal static class GuideMatches
{
    private static readonly string[] Launchers = ["membrane", "npx", "@membranehq/cli", "@membranehq/cli@latest", "$"];
    private static readonly char[] CallEnds = ['(', '{', ' ', '/', '>'];

    /// <summary>Returns the rows of a command line of the CLI; with options, those that have the options before those that have not.</summary>
    public static IEnumerable<CommandMatch> OfCli(string line)
    {
        var words = Words(line).SkipWhile(static word => Launchers.Contains(word, StringComparer.OrdinalIgnoreCase)).ToArray();
        var names = words.TakeWhile(static word => !IsOption(word)).ToArray();
        var options = words.Where(IsOption).Select(static word => word.Split('=')[0]).ToArray();
        var rows = GuideRow
            .All.Where(static row => row.Kind == CommandMatchKind.Cli)
            .Select(row => (Row: row, Names: Names(row), Options: Words(row.Theirs).Where(IsOption).ToArray()))
            .ToArray();
        var meant = rows.Where(row => row.Names.Length > 0 && StartsWith(names, row.Names)).ToArray();
        // The longest name: of action list and action, the first.
        var longest = meant.Select(static row => row.Names.Length).DefaultIfEmpty().Max();
        var found = meant.Where(row => row.Names.Length == longest).ToArray();
        if (names.Length == 0)
        {
            // An option alone.
            found = rows.Where(row => options.Length > 0 && options.All(option => row.Options.Contains(option))).ToArray();
        }

        return found
            .OrderByDescending(row => row.Options.Count(option => options.Contains(option)))
            .Select(static row => row.Row)
            .Concat(rows.Select(static row => row.Row).Where(row => IsWritten(row, line)))
            .Distinct()
            .OrderByDescending(row => IsWritten(row, line))
            .Select(static row => row.ToMatch());
    }

    /// <summary>Returns the rows of a call of the SDK, a hook or a component; what is between its parentheses does not matter.</summary>
    public static IEnumerable<CommandMatch> OfSdk(string call)
    {
        var name = Callee(call);
        return name.Length < 3
            ? []
            : GuideRow
                .All.Where(row =>
                    row.Kind is CommandMatchKind.Sdk && string.Equals(Callee(row.Theirs), name, StringComparison.OrdinalIgnoreCase)
                )
                .Select(static row => row.ToMatch());
    }

    /// <summary>Returns the rows that a command is in.</summary>
    public static IEnumerable<CommandMatch> OfCommand(string command) =>
        GuideRow.All.Where(row => row.Kind != CommandMatchKind.Api && row.Command == command).Select(static row => row.ToMatch());

    // await membrane.connection('x').archive() is membrane.connection.archive
    private static string Callee(string call)
    {
        var text = call.Trim().TrimEnd(';');
        foreach (var start in new[] { "await ", "new ", "return " })
        {
            text = text.StartsWith(start, StringComparison.Ordinal) ? text.Substring(start.Length) : text;
        }

        text = text.TrimStart('<');
        var depth = 0;
        var name = string.Empty;
        foreach (var letter in text)
        {
            depth += letter == '(' ? 1 : 0;
            if (depth == 0 && CallEnds.Contains(letter))
            {
                break;
            }

            if (depth == 0)
            {
                name += letter;
            }

            depth -= letter == ')' ? 1 : 0;
        }

        return name.Replace(")", string.Empty);
    }

    private static string[] Names(GuideRow row) => Words(row.Theirs).TakeWhile(static word => !IsOption(word) && word[0] != '<').ToArray();

    private static bool StartsWith(string[] given, string[] names) =>
        given.Length >= names.Length
        && names.Zip(given, static (name, word) => string.Equals(name, word, StringComparison.OrdinalIgnoreCase)).All(static same => same);

    private static bool IsWritten(GuideRow row, string line) => string.Equals(row.Theirs, line.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsOption(string word) => word[0] == '-';

    private static string[] Words(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
