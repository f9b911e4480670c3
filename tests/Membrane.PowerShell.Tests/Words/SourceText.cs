using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Tests.Words;

/// <summary>What a person reads in a C# file: its comments, and its string literals, which hold the messages.</summary>
internal static class SourceText
{
    // A comment to the end of the line or a literal, whichever begins first: a literal may hold "//", a comment may hold quotes.
    private static readonly Regex CommentOrLiteral = new(
        """(?<comment>//.*$)|(?<literal>(?<=@\$?)"(?:""|[^"])*"|"(?:\\.|[^"\\])*")|'(?:\\.|[^'\\])+'""",
        RegexOptions.CultureInvariant
    );

    /// <summary>Returns the comments of a file, or its literals, each with the number of its line.</summary>
    public static IEnumerable<(int Line, string Text)> Read(string file, string kind) =>
        File.ReadLines(file)
            .SelectMany(
                (line, index) =>
                    CommentOrLiteral
                        .Matches(line)
                        .Select(match => match.Groups[kind])
                        .Where(static group => group.Success)
                        .Select(group => (index + 1, group.Value))
            );
}
