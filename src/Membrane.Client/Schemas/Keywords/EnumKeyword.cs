using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class EnumKeyword : SchemaKeyword
{
    private readonly HashSet<JsonElement> values;
    private readonly string expected;

    private EnumKeyword(JsonElement list)
    {
        values = new HashSet<JsonElement>(list.EnumerateArray(), JsonValueComparer.Instance);
        expected =
            values.Count == 0
                ? "one of no values at all"
                : (values.Count == 1 ? "" : "one of ") + ValueWords.List(values.Select(ValueWords.Literal).ToArray(), "or");
    }

    public static IEnumerable<SchemaKeyword> Read(SchemaReader reader)
    {
        if (!reader.TryGet("enum", out var list))
        {
            yield break;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw reader.Invalid("enum", "'enum' must be an array");
        }
        // Membrane's own remark: the values are suggestions.
        if (reader.Dialect.HasExtensions && reader.HasMark("allowCustom"))
        {
            yield break;
        }

        yield return new EnumKeyword(list);
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (values.Contains(instance))
        {
            return true;
        }

        if (check.Collects)
        {
            check.ReportExpected("enum", expected, instance);
        }

        return false;
    }
}
