using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class UnevaluatedItemsKeyword : SchemaKeyword
{
    private readonly SchemaNode node;

    private UnevaluatedItemsKeyword(SchemaNode node) => this.node = node;

    public override bool NeedsEvaluated => true;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadNode("unevaluatedItems") is { } node)
        {
            keywords.Add(new UnevaluatedItemsKeyword(node));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var valid = true;
        var index = -1;
        foreach (var item in instance.EnumerateArray())
        {
            index++;
            if (evaluated!.Contains(index) || CheckItem(index, item, check))
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

    private bool CheckItem(int index, JsonElement item, SchemaCheck check)
    {
        if (!node.IsNever || !check.Collects)
        {
            return check.CheckItem(node, index, item);
        }

        check.ReportItem(index, "unevaluatedItems", "is not allowed: the schema has no place for it.");
        return false;
    }
}
