using System;
using System.Linq;
using Membrane.Client.NativeCommands;
using Xunit;

namespace Membrane.Client.Tests.NativeCommands;

public sealed class ScriptTextTests
{
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("\u2018\u2019\u201A\u201B", "'\u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B'")]
    [InlineData("$(x) `n \"y\"", "'$(x) `n \"y\"'")]
    [InlineData("", "''")]
    [InlineData("a\nb", "('' + 'a' + [char]0x000A + 'b')")]
    [InlineData("\u202E", "('' + [char]0x202E)")]
    public void Text_becomes_a_literal_of_itself(string text, string literal) => Assert.Equal(literal, ScriptText.Quote(text));

    [Theory]
    [InlineData("ends #> here")]
    [InlineData("<# begins")]
    [InlineData("a\n.EXAMPLE\nb")]
    [InlineData(".SYNOPSIS")]
    [InlineData("\u202Eabc\u200B\0\u001B[31m")]
    public void A_comment_stays_one_line_that_ends_nothing(string text)
    {
        var comment = ScriptText.Comment(text, 100);

        Assert.DoesNotContain("#>", comment, StringComparison.Ordinal);
        Assert.DoesNotContain("<#", comment, StringComparison.Ordinal);
        Assert.DoesNotContain(comment, static letter => char.IsControl(letter) || letter is '\u202E' or '\u200B');
        Assert.False(comment.StartsWith('.'));
    }

    [Fact]
    public void A_comment_is_cut() => Assert.Equal(10, ScriptText.Comment(string.Concat(Enumerable.Repeat("x", 50)), 10).Length);
}
