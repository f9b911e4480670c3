using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class ReferenceKeyword(SchemaNode target) : SchemaKeyword
{
    public override IEnumerable<SchemaNode> NodesForSameValue => [target];

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.TryGet("$recursiveRef", out _))
        {
            throw reader.Invalid("$recursiveRef", "the keyword '$recursiveRef' is refused; 2020-12 has '$dynamicRef' for it");
        }

        if (reader.ReadText("$ref") is { } reference)
        {
            keywords.Add(new ReferenceKeyword(reader.NodeAt(reader.Resolve("$ref", reference))));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated) =>
        target.Check(instance, check, evaluated);
}
