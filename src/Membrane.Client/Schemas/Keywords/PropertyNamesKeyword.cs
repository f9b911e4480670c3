using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class PropertyNamesKeyword : SchemaKeyword
{
    private readonly SchemaNode node;

    private PropertyNamesKeyword(SchemaNode node) => this.node = node;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadNode("propertyNames") is { } node)
        {
            keywords.Add(new PropertyNamesKeyword(node));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var property in instance.EnumerateObject())
        {
            var text = JsonStrings.Name(property);
            var name = JsonNodes.ToElement(JsonValue.Create(text));
            if (check.Matches(node, name, null))
            {
                continue;
            }

            if (!check.Collects)
            {
                return false;
            }

            var reasons = check.CollectApart(node, text, name).Select(violation => violation.Message).ToArray();
            check.ReportMember(text, "propertyNames", $"has a name that is not allowed: {string.Join(" ", reasons)}");
            valid = false;
        }

        return valid;
    }
}
