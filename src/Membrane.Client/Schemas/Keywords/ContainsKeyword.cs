using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>contains, with minContains and maxContains.</summary>
internal sealed class ContainsKeyword : SchemaKeyword
{
    private readonly SchemaNode node;
    private readonly long least;
    private readonly long? most;

    private ContainsKeyword(SchemaNode node, long least, long? most)
    {
        this.node = node;
        this.least = least;
        this.most = most;
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        var hasLeast = reader.TryReadCount("minContains", out var least);
        var hasMost = reader.TryReadCount("maxContains", out var most);
        if (reader.ReadNode("contains") is { } node)
        {
            keywords.Add(new ContainsKeyword(node, hasLeast ? least : 1, hasMost ? most : null));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var count = CountMatches(instance, check, evaluated);
        if (count < least)
        {
            return Fail("least", least, least == 1 && most is null ? "contains" : "minContains", count, check);
        }

        return count <= most || most is null || Fail("most", most.Value, "maxContains", count, check);
    }

    private static bool Fail(string bound, long limit, string keyword, long count, SchemaCheck check)
    {
        if (check.Collects)
        {
            check.Report(keyword, $"must have at {bound} {ValueWords.Count(limit, "item")} valid against 'contains', but has {count}.");
        }

        return false;
    }

    private long CountMatches(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        var count = 0L;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (check.MatchesItem(node, index, item))
            {
                count++;
                evaluated?.Add(index);
                if (evaluated is null && most is null && count >= least)
                {
                    return count;
                }
            }

            index++;
        }

        return count;
    }
}
