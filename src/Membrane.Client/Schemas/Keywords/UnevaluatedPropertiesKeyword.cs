using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class UnevaluatedPropertiesKeyword : SchemaKeyword
{
    private readonly SchemaNode node;

    private UnevaluatedPropertiesKeyword(SchemaNode node) => this.node = node;

    public override bool NeedsEvaluated => true;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadNode("unevaluatedProperties") is { } node)
        {
            keywords.Add(new UnevaluatedPropertiesKeyword(node));
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
            var name = JsonStrings.Name(property);
            if (evaluated!.Contains(name) || CheckProperty(name, property.Value, check))
            {
                continue;
            }

            valid = false;
            if (!check.Collects)
            {
                return false;
            }
        }

        evaluated!.AddAll();
        return valid;
    }

    private bool CheckProperty(string name, JsonElement value, SchemaCheck check)
    {
        if (!node.IsNever || !check.Collects)
        {
            return check.CheckMember(node, name, value);
        }

        check.ReportMember(name, "unevaluatedProperties", "is not a known field.");
        return false;
    }
}
