using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>
/// What vendors refuse, by their documentation and by public reports, written without a look at our own code. A fault begins with the
/// name of the rule.
/// </summary>
internal static class VendorRules
{
    private static readonly Regex Name = new("^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$");
    private static readonly HashSet<string> AllTypes = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <summary>What a vendor would refuse a tool for; nothing if it takes it.</summary>
    public static IEnumerable<string> Faults(JsonObject tool, ToolDialect format, bool isStrict)
    {
        var function = tool["function"] as JsonObject ?? tool;
        if (!Name.IsMatch((string)function["name"]!))
        {
            yield return $"name: {function["name"]}";
        }

        if (format == ToolDialect.Mcp && ((string)function["name"]!).Length + "mcp__membrane__".Length > 64)
        {
            yield return $"name: with the prefix of clients it is too long: {function["name"]}";
        }

        var isOpenAI = format is ToolDialect.OpenAI or ToolDialect.OpenAIResponses;
        if (isOpenAI && ((string)function["description"]!).Length > 1024)
        {
            yield return "description: too long";
        }

        if ((function["parameters"] ?? function["input_schema"] ?? function["inputSchema"]) is not JsonObject parameters)
        {
            if (format != ToolDialect.Gemini)
            {
                yield return "root: no schema";
            }

            yield break;
        }

        var faults =
            format == ToolDialect.Gemini ? GeminiRules.Faults(parameters)
            : isStrict ? JsonFaults(parameters).Concat(OpenAIRules.Faults(parameters)).Concat(StrictRules.Faults(parameters))
            : isOpenAI ? JsonFaults(parameters).Concat(OpenAIRules.Faults(parameters))
            : format == ToolDialect.Anthropic ? JsonFaults(parameters).Concat(AnthropicRules.Faults(parameters))
            : JsonFaults(parameters)
                .Concat(AnthropicRules.Faults(parameters))
                .Concat(OpenAIRules.Faults(parameters))
                .Concat(Written.All(parameters).SelectMany(static one => GeminiRules.OfEveryClient(one.Schema, one.Place)));
        foreach (var fault in faults.Distinct())
        {
            yield return fault;
        }
    }

    /// <summary>What makes a schema no schema of draft 2020-12, and a root no object.</summary>
    private static IEnumerable<string> JsonFaults(JsonObject parameters)
    {
        if (parameters["type"] is not JsonValue type || (string?)type != "object" || parameters["properties"] is not JsonObject)
        {
            yield return "root: no object with properties";
        }

        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf", "not", "enum", "const", "$ref"])
        {
            if (parameters.ContainsKey(keyword))
            {
                yield return $"root: {keyword}";
            }
        }

        foreach (var (schema, place, _) in Written.All(parameters))
        {
            foreach (var fault in KeywordFaults(schema))
            {
                yield return $"{fault} at {place}";
            }
        }
    }

    private static IEnumerable<string> KeywordFaults(JsonObject schema)
    {
        var types = Written.Types(schema);
        if (schema.ContainsKey("type") && (types.Length == 0 || types.Distinct().Count() != types.Length || !types.All(AllTypes.Contains)))
        {
            yield return "type: unknown, twice or none";
        }

        foreach (var (keyword, value) in schema)
        {
            var isRight = keyword switch
            {
                "enum" => value is JsonArray { Count: > 0 } several
                    && several.Select(static one => Text(one)).Distinct().Count() == several.Count,
                "required" => value is JsonArray names
                    && names.All(static one => one?.GetValueKind() == JsonValueKind.String)
                    && names.Select(static one => (string?)one).Distinct().Count() == names.Count,
                "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties" => IsCount(value),
                "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => IsNumber(value),
                "multipleOf" => IsNumber(value) && double.Parse(Text(value), System.Globalization.CultureInfo.InvariantCulture) > 0,
                "title" or "description" or "pattern" or "format" => value?.GetValueKind() == JsonValueKind.String,
                "uniqueItems" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
                "properties" => value is JsonObject properties && properties.All(static one => one.Value is JsonObject),
                "items" => value is JsonObject || value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
                "additionalProperties" => value is JsonObject || value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
                "anyOf" or "prefixItems" => value is JsonArray { Count: > 0 } forms && forms.All(static one => one is JsonObject),
                "type" or "const" or "default" => true,
                "examples" => value is JsonArray,
                _ => false,
            };
            if (!isRight)
            {
                yield return $"keyword: {keyword}";
            }
        }
    }

    public static bool IsCount(JsonNode? value) =>
        value is JsonValue && long.TryParse(Text(value), out var count) && count is >= 0 and <= int.MaxValue;

    public static bool IsNumber(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
        && double.IsFinite(double.Parse(Text(value), System.Globalization.CultureInfo.InvariantCulture));

    public static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
