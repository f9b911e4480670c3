using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class NotKeyword : SchemaKeyword
{
    private readonly SchemaNode node;

    private NotKeyword(SchemaNode node) => this.node = node;

    public override IEnumerable<SchemaNode> NodesForSameValue => [node];

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadNode("not") is { } node)
        {
            keywords.Add(new NotKeyword(node));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (!check.Matches(node, instance, null))
        {
            return true;
        }

        if (check.Collects)
        {
            check.Report("not", $"matches a form that the schema excludes: {check.Describe(instance)}.");
        }

        return false;
    }
}
