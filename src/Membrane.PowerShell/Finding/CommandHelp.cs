using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;

namespace Membrane.PowerShell.Finding;

/// <summary>What the help of a command says of it: what it does, and with which operations of the API.</summary>
/// <param name="name">The command.</param>
/// <param name="synopsis">What it does, in a sentence.</param>
/// <param name="operations">The operations, as METHOD and path.</param>
internal sealed class CommandHelp(string name, string synopsis, IReadOnlyCollection<string> operations)
{
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";

    private static readonly Lazy<IReadOnlyList<CommandHelp>> Help = new(Read);
    private static readonly Regex Operation = new(@"\b(GET|POST|PUT|PATCH|DELETE) (/[\w\-/{}*]+)", RegexOptions.CultureInvariant);

    /// <summary>The help of all commands, as Get-Help reads it.</summary>
    public static IReadOnlyList<CommandHelp> All => Help.Value;

    public string Name { get; } = name;

    public string Synopsis { get; } = synopsis;

    public IReadOnlyCollection<string> Operations { get; } = operations;

    /// <summary>Returns the command of that name, whatever its case; with wildcards, those that match.</summary>
    public static IEnumerable<CommandHelp> Find(string pattern)
    {
        var exact = All.Where(command => string.Equals(command.Name, pattern, StringComparison.OrdinalIgnoreCase)).ToArray();
        return exact.Length > 0 || !pattern.Contains('*') ? exact : All.Where(command => Matches(pattern, command.Name));
    }

    // Of wildcards only what names can need: a bracket that is open would be an error of the engine.
    internal static bool Matches(string pattern, string text) =>
        Regex.IsMatch(
            text,
            "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );

    // The assembly is in bin/BUILD, or in bin/BUILD/SYSTEM where it has machine code.
    private static string ModuleFolder()
    {
        var folder = Directory.GetParent(typeof(CommandHelp).Assembly.Location)!;
        while (folder.Name != "bin")
        {
            folder = folder.Parent!;
        }

        return folder.Parent!.FullName;
    }

    private static CommandHelp[] Read()
    {
        var path = Path.Combine(ModuleFolder(), "en-US", "Membrane.PowerShell.dll-Help.xml");
        var commands = new List<CommandHelp>();
        using var reader = XmlReader.Create(
            path,
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true }
        );
        while (reader.ReadToFollowing("name", Command))
        {
            var name = Text(reader);
            reader.ReadToFollowing("description", Maml);
            var synopsis = Text(reader);
            reader.ReadToFollowing("description", Maml);
            var operations = Operation
                .Matches(Text(reader))
                .Cast<Match>()
                .Select(static match => $"{match.Groups[1].Value} {match.Groups[2].Value}")
                .Distinct()
                .ToArray();
            commands.Add(new CommandHelp(name, synopsis, operations));
        }

        return commands.ToArray();
    }

    private static string Text(XmlReader description)
    {
        using var part = description.ReadSubtree();
        var paragraphs = new List<string>();
        while (part.Read())
        {
            if (part.NodeType == XmlNodeType.Text)
            {
                paragraphs.Add(part.Value);
            }
        }

        return string.Join(" ", paragraphs);
    }
}
