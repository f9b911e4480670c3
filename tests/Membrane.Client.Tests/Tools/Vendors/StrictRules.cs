using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>What OpenAI's strict mode refuses besides: its guide to structured outputs, and what users met.</summary>
internal static class StrictRules
{
    private static readonly HashSet<string> Everywhere = ["type", "description", "enum", "const", "anyOf"];

    private static readonly Dictionary<string, string[]> ByType = new()
    {
        ["object"] = ["properties", "required", "additionalProperties"],
        ["array"] = ["items", "minItems", "maxItems"],
        ["string"] = ["pattern", "format"],
        ["number"] = ["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
        ["integer"] = ["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
    };

    private static readonly HashSet<string> Formats =
    [
        "date-time",
        "time",
        "date",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uuid",
    ];

    public static IEnumerable<string> Faults(JsonObject parameters)
    {
        int properties = 0,
            values = 0,
            text = 0;
        foreach (var (schema, place, depth) in Written.All(parameters))
        {
            var types = Written.Types(schema);
            if (types.Length == 0 && schema["anyOf"] is null)
            {
                yield return $"type: none at {place}";
            }

            foreach (var keyword in schema.Select(static member => member.Key))
            {
                if (!Everywhere.Contains(keyword) && !types.Any(type => ByType.GetValueOrDefault(type, []).Contains(keyword)))
                {
                    yield return $"keyword: {keyword} of {string.Join('|', types)} at {place}";
                }
            }

            if (schema["format"] is JsonValue format && !Formats.Contains((string)format!))
            {
                yield return $"format: {format} at {place}";
            }

            if (types.Contains("object"))
            {
                var names = (schema["properties"] as JsonObject ?? []).Select(static property => property.Key).ToArray();
                properties += names.Length;
                text += names.Sum(static name => name.Length);
                if (schema["additionalProperties"]?.GetValueKind() != JsonValueKind.False)
                {
                    yield return $"object: open at {place}";
                }

                if (!names.SequenceEqual(Written.Names(schema["required"])))
                {
                    yield return $"object: not all required at {place}";
                }

                if (depth >= 10)
                {
                    yield return $"depth: {depth} at {place}";
                }
            }

            var listed = schema["enum"] as JsonArray ?? (schema.ContainsKey("const") ? new JsonArray(schema["const"]?.DeepClone()) : []);
            values += schema["enum"] is JsonArray ? listed.Count : 0;
            var length = listed.Sum(static one => VendorRules.Text(one).Length - (one?.GetValueKind() == JsonValueKind.String ? 2 : 0));
            text += length;
            if (listed.Count > 250 && length > 15_000)
            {
                yield return $"enum: {length} characters at {place}";
            }

            if (listed.Any(one => !types.Any(type => IsOf(one, type))))
            {
                yield return $"enum: a value that does not fit the type at {place}";
            }
        }

        if (properties > 5000)
        {
            yield return $"size: {properties} properties";
        }

        if (values > 1000)
        {
            yield return $"size: {values} values";
        }

        if (text > 120_000)
        {
            yield return $"size: {text} characters";
        }
    }

    private static bool IsOf(JsonNode? value, string type) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => type == "null",
            JsonValueKind.String => type == "string",
            JsonValueKind.Number => type == "number"
                || (
                    type == "integer"
                    && double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) is var number
                    && System.Math.Floor(number) == number
                ),
            JsonValueKind.True or JsonValueKind.False => type == "boolean",
            _ => false,
        };
}
