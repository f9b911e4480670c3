using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class AnyOfKeyword : SchemaKeyword
{
    private readonly SchemaNode[] nodes;

    private AnyOfKeyword(SchemaNode[] nodes) => this.nodes = nodes;

    public override IEnumerable<SchemaNode> NodesForSameValue => nodes;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadNodes("anyOf") is { } nodes)
        {
            keywords.Add(new AnyOfKeyword(nodes));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        var valid = false;
        foreach (var node in nodes)
        {
            valid |= check.Matches(node, instance, evaluated);
            // Where evaluated members are recorded, every alternative that matches adds its own.
            if (valid && evaluated is null)
            {
                return true;
            }
        }

        if (!valid && check.Collects)
        {
            FailedAlternatives.Report("anyOf", nodes, instance, check);
        }

        return valid;
    }
}
