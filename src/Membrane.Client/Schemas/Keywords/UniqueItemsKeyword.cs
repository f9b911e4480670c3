using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class UniqueItemsKeyword : SchemaKeyword
{
    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.IsTrue("uniqueItems"))
        {
            keywords.Add(new UniqueItemsKeyword());
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Array || instance.GetArrayLength() < 2)
        {
            return true;
        }

        var places = new Dictionary<JsonElement, int>(JsonValueComparer.Instance);
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (places.TryGetValue(item, out var first))
            {
                if (check.Collects)
                {
                    check.Report("uniqueItems", $"must not have the same item twice, but items {first} and {index} are equal.");
                }

                return false;
            }

            places.Add(item, index++);
        }

        return true;
    }
}
