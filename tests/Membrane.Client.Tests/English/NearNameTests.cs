using System;
using System.Linq;
using Membrane.Client.English;
using Xunit;

namespace Membrane.Client.Tests.English;

/// <summary>What a misspelt name was meant to be.</summary>
public class NearNameTests
{
    private const int Seed = 1919;

    [Theory]
    [InlineData("hubsopt", "hubspot")]
    [InlineData("first_name", "firstName")]
    [InlineData("emial", "email")]
    [InlineData("phone", "phones")]
    [InlineData("number", null)]
    [InlineData("salesfroce", "salesforce")]
    [InlineData("hubspot", null)]
    [InlineData("Email", null)]
    [InlineData("id", null)]
    [InlineData("", null)]
    public void The_nearest_is_meant_where_one_is_near(string written, string? meant) =>
        Assert.Equal(meant, NearName.Find(written, ["hubspot", "salesforce", "firstName", "lastName", "email", "phones", "member", "ids"]));

    [Fact]
    public void The_distance_is_what_the_definition_says()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 3000; round++)
        {
            var one = Text(random);
            var other = Text(random);
            var distance = Slow(one, other);
            Assert.Equal(distance, NearName.Distance(one, other, 20));
            Assert.Equal(NearName.Distance(one, other, 20), NearName.Distance(other, one, 20));
            Assert.Null(NearName.Distance(one, other, distance - 1));
        }
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => (char)('a' + random.Next(3))));

    // The recursive definition, without a table.
    private static int Slow(string one, string other)
    {
        if (one.Length == 0 || other.Length == 0)
        {
            return one.Length + other.Length;
        }

        var least = Math.Min(Slow(one[..^1], other), Slow(one, other[..^1])) + 1;
        least = Math.Min(least, Slow(one[..^1], other[..^1]) + (one[^1] == other[^1] ? 0 : 1));
        return one.Length > 1 && other.Length > 1 && one[^1] == other[^2] && one[^2] == other[^1]
            ? Math.Min(least, Slow(one[..^2], other[..^2]) + 1)
            : least;
    }
}
