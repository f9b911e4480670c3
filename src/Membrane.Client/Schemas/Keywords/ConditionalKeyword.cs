using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>if, then and else.</summary>
internal sealed class ConditionalKeyword : SchemaKeyword
{
    private readonly SchemaNode condition;
    private readonly SchemaNode? consequence;
    private readonly SchemaNode? alternative;

    private ConditionalKeyword(SchemaNode condition, SchemaNode? consequence, SchemaNode? alternative)
    {
        this.condition = condition;
        this.consequence = consequence;
        this.alternative = alternative;
    }

    public override IEnumerable<SchemaNode> NodesForSameValue => new[] { condition, consequence, alternative }.OfType<SchemaNode>();

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        var consequence = reader.ReadNode("then");
        var alternative = reader.ReadNode("else");
        if (reader.ReadNode("if") is { } condition)
        {
            keywords.Add(new ConditionalKeyword(condition, consequence, alternative));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        var branch = check.Matches(condition, instance, evaluated) ? consequence : alternative;
        return branch is null || branch.Check(instance, check, evaluated);
    }
}
