using System;
using System.Collections.Generic;
using System.Linq;
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
    private readonly Func<JsonElement, long> count;

    private CountLimitKeyword(string keyword, JsonValueKind kind, string unit, bool isMost, long limit, Func<JsonElement, long> count)
    {
        this.keyword = keyword;
        this.kind = kind;
        this.unit = unit;
        this.isMost = isMost;
        this.limit = limit;
        this.count = count;
    }

    public static IEnumerable<SchemaKeyword> Read(SchemaReader reader) =>
        Read(reader, "Length", JsonValueKind.String, "character", text => JsonStrings.CountCodePoints(JsonStrings.Read(text)))
            .Concat(Read(reader, "Items", JsonValueKind.Array, "item", items => items.GetArrayLength()))
            .Concat(Read(reader, "Properties", JsonValueKind.Object, "field", fields => fields.EnumerateObject().Count()));

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != kind)
        {
            return true;
        }

        var actual = count(instance);
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

    private static IEnumerable<SchemaKeyword> Read(
        SchemaReader reader,
        string what,
        JsonValueKind kind,
        string unit,
        Func<JsonElement, long> count
    )
    {
        if (reader.TryReadCount("min" + what, out var least))
        {
            yield return new CountLimitKeyword("min" + what, kind, unit, false, least, count);
        }

        if (reader.TryReadCount("max" + what, out var most))
        {
            yield return new CountLimitKeyword("max" + what, kind, unit, true, most, count);
        }
    }
}
