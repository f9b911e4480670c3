using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class EnumKeyword : SchemaKeyword
{
    private readonly JsonElement list;
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);

    private EnumKeyword(JsonElement list)
    {
        this.list = list;
        foreach (var value in list.EnumerateArray())
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                texts.Add(JsonStrings.Read(value));
            }
        }
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (!reader.TryGet("enum", out var list))
        {
            return;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw reader.Invalid("enum", "'enum' must be an array");
        }
        // The service's own extension: the values are suggestions, whatever draft the schema names. It lists none where an app has no
        // values yet.
        if (reader.HasMark("allowCustom") || list.GetArrayLength() == 0)
        {
            return;
        }

        keywords.Add(new EnumKeyword(list));
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (Contains(instance))
        {
            return true;
        }

        if (check.Collects)
        {
            check.ReportExpected("enum", Expected(), instance);
        }

        return false;
    }

    private bool Contains(JsonElement instance)
    {
        if (instance.ValueKind == JsonValueKind.String)
        {
            return texts.Contains(JsonStrings.Read(instance));
        }

        foreach (var value in list.EnumerateArray())
        {
            if (JsonValueComparer.Instance.Equals(value, instance))
            {
                return true;
            }
        }

        return false;
    }

    private string Expected()
    {
        var values = new HashSet<JsonElement>(list.EnumerateArray(), JsonValueComparer.Instance);
        return (values.Count == 1 ? "" : "one of ") + ValueWords.List(values.Select(ValueWords.Literal).ToArray(), "or");
    }
}
