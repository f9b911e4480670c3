using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class RequiredKeyword : SchemaKeyword
{
    // Looking up a name in a JsonElement walks through all of them.
    private const int ManyNames = 16;

    private readonly string[] names;

    private RequiredKeyword(string[] names) => this.names = names;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (!reader.TryGet("required", out var value))
        {
            return;
        }
        // Draft-03 and OpenAPI 2 mark the field itself, which says nothing about its value.
        var isMark = reader.Dialect.HasExtensions && value.ValueKind is JsonValueKind.True or JsonValueKind.False;
        if (!isMark)
        {
            keywords.Add(new RequiredKeyword(reader.ReadNames("required", value)));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var present =
            names.Length < ManyNames
                ? null
                : new HashSet<string>(instance.EnumerateObject().Select(JsonStrings.Name), StringComparer.Ordinal);
        var valid = true;
        foreach (var name in names)
        {
            if (present?.Contains(name) ?? JsonStrings.HasMember(instance, name))
            {
                continue;
            }

            if (!check.Collects)
            {
                return false;
            }

            check.ReportMember(name, "required", "is required but missing.");
            valid = false;
        }

        return valid;
    }
}
