using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>How many characters, items or fields a value may have.</summary>
internal sealed class CountLimitKeyword : SchemaKeyword
{
    private readonly string keyword;
    private readonly JsonValueKind kind;
    private readonly string unit;
    private readonly bool isMost;
    private readonly long limit;

    private CountLimitKeyword(string keyword, JsonValueKind kind, string unit, bool isMost, long limit)
    {
        this.keyword = keyword;
        this.kind = kind;
        this.unit = unit;
        this.isMost = isMost;
        this.limit = limit;
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        Read(reader, keywords, "Length", JsonValueKind.String, "character");
        Read(reader, keywords, "Items", JsonValueKind.Array, "item");
        Read(reader, keywords, "Properties", JsonValueKind.Object, "field");
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != kind)
        {
            return true;
        }

        var actual = Count(instance);
        if (isMost ? actual <= limit : actual >= limit)
        {
            return true;
        }

        if (check.Collects)
        {
            check.Report(keyword, $"must have at {(isMost ? "most" : "least")} {ValueWords.Count(limit, unit)}, but has {actual}.");
        }

        return false;
    }

    private static long Count(JsonElement instance) =>
        instance.ValueKind switch
        {
            JsonValueKind.String => JsonStrings.CountCodePoints(JsonStrings.Read(instance)),
            JsonValueKind.Array => instance.GetArrayLength(),
            _ => CountFields(instance),
        };

    private static long CountFields(JsonElement instance)
    {
        var count = 0;
        foreach (var _ in instance.EnumerateObject())
        {
            count++;
        }

        return count;
    }

    private static void Read(SchemaReader reader, List<SchemaKeyword> keywords, string what, JsonValueKind kind, string unit)
    {
        if (reader.TryReadCount("min" + what, out var least))
        {
            keywords.Add(new CountLimitKeyword("min" + what, kind, unit, false, least));
        }

        if (reader.TryReadCount("max" + what, out var most))
        {
            keywords.Add(new CountLimitKeyword("max" + what, kind, unit, true, most));
        }
    }
}
