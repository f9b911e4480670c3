using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class TypeKeyword : SchemaKeyword
{
    private readonly JsonTypes types;

    private TypeKeyword(JsonTypes types) => this.types = types;

    [Flags]
    private enum JsonTypes
    {
        None = 0,
        String = 1,
        Integer = 2,
        Number = 4,
        Boolean = 8,
        Object = 16,
        Array = 32,
        Null = 64,
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (!reader.TryGet("type", out var value))
        {
            return;
        }

        var types = JsonTypes.None;
        foreach (var name in value.ValueKind == JsonValueKind.String ? [value.GetString()!] : reader.ReadNames("type", value))
        {
            var type = Find(name);
            types |= type != JsonTypes.None ? type : throw reader.Invalid("type", $"'type' cannot be '{name}'");
        }

        keywords.Add(new TypeKeyword(types));
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (IsMet(instance))
        {
            return true;
        }

        if (check.Collects)
        {
            check.ReportExpected("type", Expected(), instance);
        }

        return false;
    }

    private static JsonTypes Find(string name) =>
        name switch
        {
            "string" => JsonTypes.String,
            "integer" => JsonTypes.Integer,
            "number" => JsonTypes.Number,
            "boolean" => JsonTypes.Boolean,
            "object" => JsonTypes.Object,
            "array" => JsonTypes.Array,
            "null" => JsonTypes.Null,
            _ => JsonTypes.None,
        };

    private static IEnumerable<string> Words(JsonTypes types)
    {
        if (types.HasFlag(JsonTypes.String))
        {
            yield return "a string";
        }

        if (types.HasFlag(JsonTypes.Integer) && !types.HasFlag(JsonTypes.Number))
        {
            yield return "a whole number";
        }

        if (types.HasFlag(JsonTypes.Number))
        {
            yield return "a number";
        }

        if (types.HasFlag(JsonTypes.Boolean))
        {
            yield return "true or false";
        }

        if (types.HasFlag(JsonTypes.Object))
        {
            yield return "an object";
        }

        if (types.HasFlag(JsonTypes.Array))
        {
            yield return "an array";
        }

        if (types.HasFlag(JsonTypes.Null))
        {
            yield return "null";
        }

        if (types == JsonTypes.None)
        {
            yield return "of no type, which no value is";
        }
    }

    // Apart from Check, so that a value that is valid does not load LINQ.
    private string Expected() => ValueWords.List(Words(types).ToArray(), "or");

    private bool IsMet(JsonElement instance) =>
        instance.ValueKind switch
        {
            JsonValueKind.String => (types & JsonTypes.String) != 0,
            JsonValueKind.True or JsonValueKind.False => (types & JsonTypes.Boolean) != 0,
            JsonValueKind.Object => (types & JsonTypes.Object) != 0,
            JsonValueKind.Array => (types & JsonTypes.Array) != 0,
            JsonValueKind.Null => (types & JsonTypes.Null) != 0,
            _ => (types & JsonTypes.Number) != 0 || ((types & JsonTypes.Integer) != 0 && ExactNumber.IsIntegral(instance)),
        };
}
