using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Membrane.Client.English;

namespace Membrane.PowerShell.Finding;

/// <summary>Finds commands by words of their names, of what their help says they do, and of what the guide compares them with.</summary>
internal static class WordMatches
{
    private static readonly Regex Word = new("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", RegexOptions.CultureInvariant);

    private static readonly HashSet<string> Fillers = new(
        "a an the of to for in on with and or my all is it that what which how do does i membrane".Split(' '),
        StringComparer.Ordinal
    );

    // What others call the verbs of PowerShell.
    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal)
    {
        ["list"] = "get",
        ["show"] = "get",
        ["read"] = "get",
        ["fetch"] = "get",
        ["create"] = "new",
        ["make"] = "new",
        ["add"] = "new",
        ["update"] = "set",
        ["change"] = "set",
        ["edit"] = "set",
        ["patch"] = "set",
        ["rename"] = "set",
        ["delete"] = "remove",
        ["archive"] = "remove",
        ["execute"] = "invoke",
        ["run"] = "invoke",
        ["call"] = "invoke",
        ["search"] = "find",
        ["undelete"] = "restore",
        ["login"] = "connect",
        ["logout"] = "disconnect",
        ["abort"] = "stop",
        ["cancel"] = "stop",
    };

    private static readonly Lazy<Entry[]> Entries = new(static () =>
        CommandHelp.All.Select(static command => new Entry(command)).ToArray()
    );

    /// <summary>Returns the commands that have all the words, those with most of them in their names first.</summary>
    public static IEnumerable<CommandMatch> Of(string text)
    {
        var wanted = Split(text).Where(static word => !Fillers.Contains(word)).Distinct().ToArray();
        return wanted.Length == 0
            ? []
            : Entries
                .Value.Select(entry => (entry.Command, Score: entry.Score(wanted)))
                .Where(static found => found.Score > 0)
                .OrderByDescending(static found => found.Score)
                .ThenBy(static found => found.Command.Name.Length)
                .Select(static found => new CommandMatch(
                    found.Command.Name,
                    CommandMatchKind.Words,
                    found.Command.Synopsis,
                    GuideRow.All.FirstOrDefault(row => row.Command == found.Command.Name)?.Ours ?? found.Command.Name
                ));
    }

    private static IEnumerable<string> Split(string text) =>
        Word.Matches(text).Cast<Match>().Select(static match => Pluralizer.Singular(match.Value.ToLowerInvariant()));

    private sealed class Entry(CommandHelp command)
    {
        private readonly string[] name = Split(command.Name).ToArray();
        private readonly HashSet<string> synopsis = new(Split(command.Synopsis), StringComparer.Ordinal);
        private readonly HashSet<string> guide = new(
            GuideRow.All.Where(row => row.Command == command.Name).SelectMany(static row => Split(row.Theirs)),
            StringComparer.Ordinal
        );

        public CommandHelp Command => command;

        /// <summary>Returns how well the words fit; 0 where one of them does not at all.</summary>
        public int Score(string[] wanted)
        {
            var points = wanted.Select(Score).ToArray();
            return points.Contains(0) ? 0 : points.Sum();
        }

        private int Score(string word) =>
            name.Contains(word) || name[0] == (Verbs.TryGetValue(word, out var verb) ? verb : word) ? 8
            : word.Length > 3 && name.Any(part => part.StartsWith(word, StringComparison.Ordinal)) ? 6
            : synopsis.Contains(word) ? 3
            : guide.Contains(word) ? 2
            : 0;
    }
}
