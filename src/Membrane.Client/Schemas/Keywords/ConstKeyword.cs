using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class ConstKeyword : SchemaKeyword
{
    private readonly JsonElement value;

    private ConstKeyword(JsonElement value) => this.value = value;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.TryGet("const", out var value))
        {
            keywords.Add(new ConstKeyword(value));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (JsonValueComparer.Instance.Equals(value, instance))
        {
            return true;
        }

        if (check.Collects)
        {
            check.ReportExpected("const", ValueWords.Literal(value), instance);
        }

        return false;
    }
}
