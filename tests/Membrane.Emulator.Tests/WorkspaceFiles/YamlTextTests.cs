using System;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Membrane.Emulator.WorkspaceFiles;
using Xunit;

namespace Membrane.Emulator.Tests.WorkspaceFiles;

public sealed class YamlTextTests
{
    private const string Odd = "ab1 \n\t:#-'\"\\[]{},&*!|>%@`~?.=<é😀\u0085\u2028\uFEFF\u0007eE+_/";

    [Fact]
    public void Every_JSON_object_comes_back_as_it_was()
    {
        var random = new Random(7);
        var runes = Odd.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        for (var round = 0; round < 5_000; round++)
        {
            var value = MakeObject(random, runes, 0);

            var yaml = YamlText.Write(value);

            Assert.True(JsonNode.DeepEquals(value, YamlText.Read(yaml)), value.ToJsonString() + "\n" + Encoding.UTF8.GetString(yaml));
        }
    }

    [Theory]
    [InlineData("a: 1", "1")]
    [InlineData("a: -0.5e10", "-0.5e10")]
    [InlineData("a: '1'", "\"1\"")]
    [InlineData("a: yes", "\"yes\"")]
    [InlineData("a: True", "true")]
    [InlineData("a: ~", "null")]
    [InlineData("a:", "null")]
    [InlineData("a: 2026-01-01", "\"2026-01-01\"")]
    [InlineData("a: 1.2.3", "\"1.2.3\"")]
    [InlineData("a: .", "\".\"")]
    [InlineData("# comment\na: |\n  x\n  y\n", "\"x\\ny\\n\"")]
    [InlineData("{a: [1, {b: c}]}", "[1,{\"b\":\"c\"}]")]
    [InlineData("\uFEFFa: b\r\n", "\"b\"")]
    public void What_people_write_means_what_the_core_schema_says(string yaml, string json) =>
        Assert.Equal(json, YamlText.Read(Encoding.UTF8.GetBytes(yaml))["a"]?.ToJsonString() ?? "null");

    [Theory]
    [InlineData("a: 007")]
    [InlineData("a: +1")]
    [InlineData("a: 0x1F")]
    [InlineData("a: 1_000")]
    [InlineData("a: .5")]
    [InlineData("a: .nan")]
    [InlineData("a: 1.")]
    [InlineData("? [a]\n: b")]
    [InlineData("text")]
    [InlineData("a: b: c")]
    [InlineData("%YAML 1.2")]
    public void What_could_mean_something_else_is_refused(string yaml) =>
        Assert.Throws<YamlProblem>(() => YamlText.Read(Encoding.UTF8.GetBytes(yaml)));

    [Fact]
    public void What_is_no_UTF_8_is_refused() =>
        Assert.Throws<YamlProblem>(() => YamlText.Read(new byte[] { (byte)'a', (byte)':', (byte)' ', 0xC3 }));

    private static JsonObject MakeObject(Random random, string[] runes, int depth)
    {
        var value = new JsonObject();
        for (var count = random.Next(4); count > 0; count--)
        {
            value[Text(random, runes)] = Make(random, runes, depth + 1);
        }

        return value;
    }

    private static JsonNode? Make(Random random, string[] runes, int depth) =>
        random.Next(depth > 4 ? 5 : 8) switch
        {
            0 => null,
            1 => random.Next(2) == 0,
            2 => JsonNode.Parse(new[] { "0", "-1", "1.50", "1e400", "12345678901234567890", "-0.1E-7" }[random.Next(6)]),
            3 => new[]
            {
                "null",
                "~",
                "true",
                "No",
                "1",
                "1e3",
                "0x1",
                ".inf",
                "",
                " ",
                "---",
                "...",
                "a\n",
                "\na",
                "a\n\n",
                " a\nb",
                "a \nb",
                "a\r\nb",
                "<<",
                "a:",
                "- a",
            }[random.Next(21)],
            4 => Text(random, runes),
            5 => new JsonArray(Enumerable.Range(0, random.Next(4)).Select(_ => Make(random, runes, depth + 1)).ToArray()),
            _ => MakeObject(random, runes, depth),
        };

    private static string Text(Random random, string[] runes) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => runes[random.Next(runes.Length)]));
}
