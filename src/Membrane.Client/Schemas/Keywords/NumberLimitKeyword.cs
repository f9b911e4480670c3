using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>minimum, maximum and their exclusive forms.</summary>
internal sealed class NumberLimitKeyword : SchemaKeyword
{
    private readonly string keyword;
    private readonly string words;
    private readonly int direction;
    private readonly bool excludesLimit;
    private readonly ExactNumber limit;
    private readonly long? plainLimit;

    private NumberLimitKeyword(string keyword, JsonElement limit, string words, int direction, bool excludesLimit)
    {
        this.keyword = keyword;
        this.words = $"{words} {ValueWords.Describe(limit)}";
        this.direction = direction;
        this.excludesLimit = excludesLimit;
        this.limit = ExactNumber.Read(limit);
        plainLimit = limit.TryGetInt64(out var plain) ? plain : null;
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        Read(reader, keywords, "minimum", "exclusiveMinimum", "at least", "greater than", 1);
        Read(reader, keywords, "maximum", "exclusiveMaximum", "at most", "less than", -1);
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Number)
        {
            return true;
        }

        var order = direction * CompareToLimit(instance);
        if (order > 0 || (order == 0 && !excludesLimit))
        {
            return true;
        }

        if (check.Collects)
        {
            check.ReportExpected(keyword, words, instance);
        }

        return false;
    }

    private static void Read(
        SchemaReader reader,
        List<SchemaKeyword> keywords,
        string inclusive,
        string exclusive,
        string inclusiveWords,
        string exclusiveWords,
        int direction
    )
    {
        var isFlag =
            reader.Dialect.ExclusiveMayBeFlag
            && reader.TryGet(exclusive, out var flag)
            && flag.ValueKind is JsonValueKind.True or JsonValueKind.False;
        var excludes = isFlag && reader.IsTrue(exclusive);
        if (reader.TryReadNumber(inclusive, out var limit))
        {
            keywords.Add(new NumberLimitKeyword(inclusive, limit, excludes ? exclusiveWords : inclusiveWords, direction, excludes));
        }

        if (!isFlag && reader.TryReadNumber(exclusive, out limit))
        {
            keywords.Add(new NumberLimitKeyword(exclusive, limit, exclusiveWords, direction, true));
        }
    }

    private int CompareToLimit(JsonElement instance) =>
        plainLimit is { } plain && instance.TryGetInt64(out var value)
            ? value.CompareTo(plain)
            : ExactNumber.Read(instance).CompareTo(limit);
}
