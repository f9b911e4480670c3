using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class OneOfKeyword : SchemaKeyword
{
    private readonly SchemaNode[] nodes;

    private OneOfKeyword(SchemaNode[] nodes) => this.nodes = nodes;

    public override IEnumerable<SchemaNode> NodesForSameValue => nodes;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadNodes("oneOf") is { } nodes)
        {
            keywords.Add(new OneOfKeyword(nodes));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        var matches = 0;
        foreach (var node in nodes)
        {
            if (check.Matches(node, instance, evaluated) && ++matches > 1)
            {
                break;
            }
        }

        if (matches == 1)
        {
            return true;
        }

        if (matches == 0 && check.Collects)
        {
            FailedAlternatives.Report("oneOf", nodes, instance, check);
        }

        if (matches > 1 && check.Collects)
        {
            ReportSeveral(instance, check);
        }

        return false;
    }

    private void ReportSeveral(JsonElement instance, SchemaCheck check)
    {
        var numbers = Enumerable
            .Range(0, nodes.Length)
            .Where(index => check.Matches(nodes[index], instance, null))
            .Select(index => (index + 1).ToString(CultureInfo.InvariantCulture))
            .ToArray();
        check.Report(
            "oneOf",
            $"must match exactly one of {nodes.Length} forms, but matches several: forms {ValueWords.List(numbers, "and")} of the schema."
        );
    }
}
