using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Tests;

/// <summary>A page of docs/en-US, as Markdown has it.</summary>
internal sealed class HelpPage
{
    private readonly Dictionary<string, string> sections;

    private HelpPage(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        Text = File.ReadAllText(path);
        sections = Split(Text, "## ").ToDictionary(part => part.Title, part => part.Text, StringComparer.Ordinal);
    }

    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "en-US");

    public static IReadOnlyList<HelpPage> Commands { get; } = Read("*-*.md");

    public static IReadOnlyList<HelpPage> Topics { get; } = Read("about_*.md");

    public string Name { get; }

    public string Text { get; }

    public IEnumerable<(string Title, string Text)> Examples => Split(this["EXAMPLES"], "### ");

    /// <summary>The parameters, each with its words and with what stands below them about it.</summary>
    public IEnumerable<HelpParameter> Parameters =>
        Split(this["PARAMETERS"], "### -").Select(part => new HelpParameter(part.Title, part.Text));

    public IEnumerable<string> Links =>
        Regex
            .Matches(this["RELATED LINKS"], @"^- \[(?<name>[^\]]+)\]\((?<target>[^)]+)\)$", RegexOptions.Multiline)
            .Select(match => match.Groups["target"].Value);

    /// <summary>A section without its heading; empty where there is none.</summary>
    public string this[string title] => sections.TryGetValue(title, out var text) ? text.Trim() : string.Empty;

    public override string ToString() => Name;

    private static HelpPage[] Read(string pattern) =>
        Directory.GetFiles(Folder, pattern).OrderBy(path => path, StringComparer.Ordinal).Select(path => new HelpPage(path)).ToArray();

    private static IEnumerable<(string Title, string Text)> Split(string text, string heading)
    {
        var parts = Regex.Split("\n" + text.Replace("\r\n", "\n", StringComparison.Ordinal), "\n" + Regex.Escape(heading));
        return parts.Skip(1).Select(part => part.Split('\n', 2)).Select(part => (part[0].Trim(), part.Length > 1 ? part[1] : string.Empty));
    }
}
