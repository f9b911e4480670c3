using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class AllOfKeyword : SchemaKeyword
{
    private readonly SchemaNode[] nodes;

    private AllOfKeyword(SchemaNode[] nodes) => this.nodes = nodes;

    public override IEnumerable<SchemaNode> NodesForSameValue => nodes;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadNodes("allOf") is { } nodes)
        {
            keywords.Add(new AllOfKeyword(nodes));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        var valid = true;
        foreach (var node in nodes)
        {
            if (node.Check(instance, check, evaluated))
            {
                continue;
            }

            valid = false;
            if (!check.Collects)
            {
                return false;
            }
        }

        return valid;
    }
}
