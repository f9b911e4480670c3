using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Json;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Xunit;

namespace Membrane.Client.Tests.Tools;

public class ToolNamesTests
{
    // What OpenAI, Anthropic, Gemini and MCP demand, all at once.
    private const string Rules = "^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$";

    [Theory]
    [InlineData("slack", "post-message", "slack_post-message")]
    [InlineData(null, "post-message", "post-message")]
    [InlineData("slack", "Post a message!", "slack_Post_a_message")]
    [InlineData("1password", "get-item", "_1password_get-item")]
    [InlineData("日本", "送信", "action")]
    [InlineData("a..b//c", "x\u202Ey", "a_b_c_x_y")]
    public void A_name_says_the_app_and_the_action(string? app, string key, string name) =>
        Assert.Equal(name, Names(Target("act_1", key, app)).Single());

    [Fact]
    public void Names_keep_the_rules_and_differ_whatever_the_actions_are_called()
    {
        var random = new Random(1);
        var alphabet = "abcXYZ019 -_./\\:日本éß\u202E'\"$`\n\t";
        var targets = Enumerable
            .Range(0, 3000)
            .Select(index =>
                Target("act_" + index, Word(random, alphabet), random.Next(4) == 0 ? null : Word(random, alphabet), "con_" + random.Next(3))
            )
            .ToArray();
        var names = ToolNames.Of(targets);
        Assert.All(names, name => Assert.Matches(Rules, name));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_order_of_the_actions_changes_no_name()
    {
        var targets = Enumerable
            .Range(0, 200)
            .Select(index => Target("act_" + index, "send-" + (index % 7), "slack", "con_" + (index % 2)))
            .ToArray();
        var random = new Random(2);
        var shuffled = targets.OrderBy(_ => random.Next()).ToArray();
        Assert.Equal(
            targets.Zip(ToolNames.Of(targets), (target, name) => (target.Mark, name)).OrderBy(one => one.Mark, StringComparer.Ordinal),
            shuffled.Zip(ToolNames.Of(shuffled), (target, name) => (target.Mark, name)).OrderBy(one => one.Mark, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Actions_of_one_name_get_a_mark_of_their_own_each()
    {
        var names = Names(
            Target("act_1", "send", "slack", "con_1"),
            Target("act_1", "send", "slack", "con_2"),
            Target("act_3", "SEND", "slack", "con_1"),
            Target("act_4", "list", "slack", "con_1")
        );
        Assert.All(names.Take(3), name => Assert.Matches("(?i)^slack_send_[0-9a-f]{8}$", name));
        Assert.Equal("slack_list", names[3]);
        Assert.Equal(4, names.Distinct().Count());
    }

    [Fact]
    public void A_long_name_is_cut_and_marked()
    {
        var name = Names(Target("act_1", new string('x', 200))).Single();
        Assert.Equal(ToolNames.MaxLength, name.Length);
        Assert.Matches("_[0-9a-f]{8}$", name);
    }

    [Fact]
    public void The_names_of_the_dynamic_tools_are_nobody_elses() =>
        Assert.Matches("^find_actions_[0-9a-f]{8}$", Names(Target("act_1", "find_actions", null)).Single());

    [Fact]
    public void A_name_leads_back_to_its_action_also_among_others()
    {
        var one = Target("act_1", "send", "slack", "con_1");
        var other = Target("act_1", "send", "slack", "con_2");
        var alone = Names(one).Single();
        var together = Names(one, other);

        var small = new Toolbox();
        small.AddActions([one], DictionaryObjectAdapter.Instance);
        Assert.Equal(small.Find(alone), small.Find(together[0]));
        Assert.Throws<MembraneException>(() => small.Find(together[1]));

        var large = new Toolbox();
        large.AddActions([other, one], DictionaryObjectAdapter.Instance);
        Assert.Contains("con_1", large.Find(together[0]).Target, StringComparison.Ordinal);
        Assert.Contains("con_2", large.Find(together[1]).Target, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.Ambiguous, Assert.Throws<MembraneException>(() => large.Find(alone)).ErrorId);
    }

    [Fact]
    public void Only_the_tools_that_are_named_are_in_the_box()
    {
        var box = new Toolbox();
        box.AddActions(
            [Target("act_1", "send"), Target("act_2", "delete")],
            DictionaryObjectAdapter.Instance,
            new HashSet<string> { "slack_send" }
        );
        Assert.Equal("slack_send", box.Find("slack_send").Name);
        foreach (
            var crafted in (string[])
                ["slack_delete", .. ToolNames.Sure(Target("act_2", "delete")), "SLACK_SEND", "slack_send ", "act_1", "", "find_actions"]
        )
        {
            Assert.Equal(ErrorIds.NotFound, Assert.Throws<MembraneException>(() => box.Find(crafted)).ErrorId);
        }
    }

    [Fact]
    public void An_action_that_comes_twice_is_one_tool() =>
        Assert.Single(Toolbox.Make([Target("act_1", "send"), Target("act_1", "send")], DictionaryObjectAdapter.Instance));

    [Theory]
    [InlineData("email", "email")]
    [InlineData("first name", "first_name_2ba6cd7e")]
    public void Parameters_are_renamed_only_where_they_must_be(string name, string sanitized)
    {
        Assert.Equal(name, PropertyNames.Sanitize(name, ToolDialect.OpenAI));
        var changed = PropertyNames.Sanitize(name, ToolDialect.Anthropic);
        Assert.Equal(sanitized.Length, changed.Length);
        Assert.StartsWith(sanitized[..Math.Min(sanitized.Length, 10)], changed, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_parameters_keep_the_rules_and_differ()
    {
        string[] names =
        [
            "a b",
            "a-b",
            "a.b",
            "a_b",
            "9lives",
            "",
            "日本",
            "é",
            new string('x', 100),
            new string('x', 101),
            "$ref",
            "properties.email",
        ];
        foreach (
            (var format, var rule) in new[]
            {
                (ToolDialect.Anthropic, "^[a-zA-Z0-9_.-]{1,64}$"),
                (ToolDialect.Gemini, "^[a-zA-Z_][a-zA-Z0-9_]{0,63}$"),
            }
        )
        {
            var sanitized = names.Select(name => PropertyNames.Sanitize(name, format)).ToArray();
            Assert.All(sanitized, name => Assert.Matches(rule, name));
            Assert.Equal(names.Length, sanitized.Distinct(StringComparer.Ordinal).Count());
        }
    }

    private static ToolTarget Target(string id, string key, string? app = "slack", string? connection = "con_1") =>
        new(Some.Action(id, key, app), connection);

    private static string[] Names(params ToolTarget[] targets) => [.. ToolNames.Of(targets)];

    private static string Word(Random random, string alphabet) =>
        string.Concat(Enumerable.Range(0, random.Next(0, 80)).Select(_ => alphabet[random.Next(alphabet.Length)]));
}
