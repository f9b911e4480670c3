using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Membrane.PowerShell.Tests.Words;

/// <summary>Pages, comments and messages are in the words of the field: the worst of the others are not to come back.</summary>
public class WordTests
{
    [Fact]
    public void Pages_are_in_the_words_of_the_field() =>
        AssertNone(
            from file in Pages()
            from line in File.ReadLines(file).Select(static (text, index) => (Line: index + 1, Text: text))
            let advice = WordRule.Check(line.Text)
            where advice is not null
            select $"{Relative(file)}:{line.Line}: {advice}"
        );

    [Theory]
    [InlineData("Membrane.Contracts", "comment")]
    [InlineData("Membrane.Client", "comment")]
    [InlineData("Membrane.Emulator", "comment")]
    [InlineData("Membrane.PowerShell", "comment")]
    [InlineData("Membrane.PowerShell.Loader", "comment")]
    [InlineData("Membrane.Contracts", "literal")]
    [InlineData("Membrane.Client", "literal")]
    [InlineData("Membrane.Emulator", "literal")]
    [InlineData("Membrane.PowerShell", "literal")]
    [InlineData("Membrane.PowerShell.Loader", "literal")]
    public void Comments_and_messages_are_in_the_words_of_the_field(string project, string kind) =>
        AssertNone(
            from file in Sources(project)
            from part in SourceText.Read(file, kind)
            let advice = WordRule.Check(part.Text)
            where advice is not null
            select $"{Relative(file)}:{part.Line}: {advice}"
        );

    [Theory]
    [InlineData("The call was turned away with 429.")]
    [InlineData("Turn it away.")]
    [InlineData("The rate gate")]
    [InlineData("It is none.")]
    [InlineData("the text is no JSON")]
    [InlineData("the account of the batch")]
    [InlineData("an account of every row")]
    [InlineData("It knows `-WhatIf`.")]
    [InlineData("64 at the most")]
    public void A_word_of_our_own_is_found(string text) => Assert.NotNull(WordRule.Check(text));

    [Theory]
    [InlineData("The gateway aggregates broad and amended answers.")]
    [InlineData("There is no key.")]
    [InlineData("the account of the person who signs in")]
    [InlineData("on account of the rows")]
    [InlineData("It is not for reading but for writing.")]
    [InlineData("-AccountOfRows")]
    [InlineData("It supports `-WhatIf`.")]
    public void A_word_of_the_field_is_left_alone(string text) => Assert.Null(WordRule.Check(text));

    private static void AssertNone(IEnumerable<string> found)
    {
        var lines = found.ToArray();
        Assert.True(lines.Length == 0, $"{lines.Length} lines have words that the field does not use:\n{string.Join('\n', lines)}");
    }

    private static IEnumerable<string> Pages() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "skills"), "*.md", SearchOption.AllDirectories))
            // What npm puts beside a sample is not ours.
            .Where(static file => !file.Contains("node_modules", System.StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md").Where(static file => Path.GetFileName(file) != "CHANGELOG.md"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "README.md", SearchOption.AllDirectories));

    private static IEnumerable<string> Sources(string project) =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => Relative(file).Split('/').All(static part => part is not ("bin" or "obj")));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
