using System;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>prefixItems and items; in older drafts items as an array, and additionalItems.</summary>
internal sealed class ItemsKeyword : SchemaKeyword
{
    private readonly SchemaNode[] leading;
    private readonly SchemaNode? others;
    private readonly string othersKeyword;

    private ItemsKeyword(SchemaNode[] leading, SchemaNode? others, string othersKeyword)
    {
        this.leading = leading;
        this.others = others;
        this.othersKeyword = othersKeyword;
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        var hasItems = reader.TryGet("items", out var items);
        if (hasItems && reader.Dialect.ItemsMayBeArray && items.ValueKind == JsonValueKind.Array)
        {
            var additional = reader.ReadNode("additionalItems");
            keywords.Add(new ItemsKeyword(reader.Nodes("items", items), additional, "additionalItems"));
            return;
        }

        var leading = reader.ReadNodes("prefixItems");
        var others = reader.ReadNode("items");
        if (leading is not null || others is not null)
        {
            keywords.Add(new ItemsKeyword(leading ?? [], others, "items"));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        if (others is null)
        {
            evaluated?.AddLeading(Math.Min(leading.Length, instance.GetArrayLength()));
        }
        else
        {
            evaluated?.AddAll();
        }

        var valid = true;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            var node = index < leading.Length ? leading[index] : others;
            if (node is null)
            {
                break;
            }

            if (!CheckItem(node, index, item, check))
            {
                valid = false;
                if (!check.Collects)
                {
                    return false;
                }
            }

            index++;
        }

        return valid;
    }

    private bool CheckItem(SchemaNode node, int index, JsonElement item, SchemaCheck check)
    {
        if (!node.IsNever || !check.Collects || index < leading.Length)
        {
            return check.CheckItem(node, index, item);
        }

        check.ReportItem(index, othersKeyword, $"is one item too many: {ValueWords.Count(leading.Length, "item")} at most.");
        return false;
    }
}
