using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>What Gemini refuses: the schema of its API, and what users met there and on Vertex.</summary>
internal static class GeminiRules
{
    // No number is published; reports of refused declarations begin above it.
    private const int MostLevels = 5;

    private static readonly Regex PropertyName = new("^[a-zA-Z_][a-zA-Z0-9_]{0,63}$");

    private static readonly HashSet<string> Known =
    [
        "type",
        "format",
        "title",
        "description",
        "nullable",
        "enum",
        "items",
        "minItems",
        "maxItems",
        "properties",
        "required",
        "anyOf",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
    ];

    private static readonly Dictionary<string, string[]> Formats = new()
    {
        ["STRING"] = ["enum", "date-time"],
        ["NUMBER"] = ["float", "double"],
        ["INTEGER"] = ["int32", "int64"],
    };

    public static IEnumerable<string> Faults(JsonObject parameters)
    {
        if ((string?)parameters["type"] != "OBJECT")
        {
            yield return "root: no object";
        }

        foreach (var (schema, place, depth) in Written.All(parameters))
        {
            foreach (var fault in OfNode(schema, depth).Concat(OfEveryClient(schema, place)))
            {
                yield return $"{fault} at {place}";
            }
        }
    }

    /// <summary>What clients of MCP pass on to Gemini as it is.</summary>
    public static IEnumerable<string> OfEveryClient(JsonObject schema, string place)
    {
        if (schema.ContainsKey("anyOf") && schema.Count > 1)
        {
            yield return $"anyOf: {string.Join(',', schema.Select(static member => member.Key))} beside it at {place}";
        }

        if (schema["enum"] is JsonArray values && (values.Count == 0 || values.Any(static one => VendorRules.Text(one) == "\"\"")))
        {
            yield return $"enum: empty, or with an empty value at {place}";
        }
    }

    private static IEnumerable<string> OfNode(JsonObject schema, int depth)
    {
        foreach (var keyword in schema.Select(static member => member.Key).Where(static keyword => !Known.Contains(keyword)))
        {
            yield return $"keyword: {keyword}";
        }

        if (schema.ContainsKey("anyOf"))
        {
            yield break;
        }

        var type = schema["type"] is JsonValue said ? (string)said! : "";
        if (type is not ("STRING" or "NUMBER" or "INTEGER" or "BOOLEAN" or "ARRAY" or "OBJECT"))
        {
            yield return $"type: {type}";
        }

        if (type is "OBJECT" or "ARRAY" && depth >= MostLevels)
        {
            yield return $"depth: {depth}";
        }

        if (type == "OBJECT" && schema["properties"] is not JsonObject { Count: > 0 })
        {
            yield return "object: without properties";
        }

        var names = (schema["properties"] as JsonObject ?? []).Select(static property => property.Key).ToArray();
        foreach (var name in names.Where(static name => !PropertyName.IsMatch(name)))
        {
            yield return $"property name: {name}";
        }

        if (Written.Names(schema["required"]).Except(names).Any())
        {
            yield return "required: a property that is not there";
        }

        if (type == "ARRAY" && schema["items"] is not JsonObject)
        {
            yield return "items: none";
        }

        if (
            schema["enum"] is JsonArray values
            && (type != "STRING" || values.Any(static one => one?.GetValueKind() != JsonValueKind.String))
        )
        {
            yield return "enum: not of words";
        }

        if (schema["format"] is JsonValue format && !Formats.GetValueOrDefault(type, []).Contains((string)format!))
        {
            yield return $"format: {format} of {type}";
        }

        foreach (var keyword in (string[])["minItems", "maxItems", "minLength", "maxLength"])
        {
            if (schema.ContainsKey(keyword) && !VendorRules.IsCount(schema[keyword]))
            {
                yield return $"keyword: {keyword} is no number";
            }
        }

        foreach (var keyword in (string[])["minimum", "maximum"])
        {
            if (schema.ContainsKey(keyword) && !VendorRules.IsNumber(schema[keyword]))
            {
                yield return $"keyword: {keyword} is no number";
            }
        }

        if (schema["pattern"] is JsonValue pattern && OpenAIRules.PatternFault((string)pattern!) is { } fault)
        {
            yield return $"pattern: {fault}";
        }
    }
}
