using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>A schema as it was written for a vendor, walked through with the place of each node.</summary>
internal static class Written
{
    /// <summary>Every schema in a schema, itself first, with its place and the number of objects and lists around it.</summary>
    public static IEnumerable<(JsonObject Schema, string Place, int Depth)> All(JsonObject schema, string place = "$", int depth = 0)
    {
        yield return (schema, place, depth);
        var types = Types(schema);
        var inner = depth + (types.Contains("object") || types.Contains("array") ? 1 : 0);
        foreach (var (child, at) in Children(schema))
        {
            foreach (var found in All(child, $"{place}.{at}", inner))
            {
                yield return found;
            }
        }
    }

    /// <summary>The types, in small letters.</summary>
    public static string[] Types(JsonObject schema) =>
        schema["type"] switch
        {
            JsonArray several => several.Select(static one => ((string)one!).ToLowerInvariant()).ToArray(),
            JsonValue one => [((string)one!).ToLowerInvariant()],
            _ => [],
        };

    public static string[] Names(JsonNode? names) => (names as JsonArray ?? []).Select(static name => (string)name!).ToArray();

    private static IEnumerable<(JsonObject Child, string At)> Children(JsonObject schema)
    {
        foreach (var property in schema["properties"] as JsonObject ?? [])
        {
            yield return ((JsonObject)property.Value!, $"properties.{property.Key}");
        }

        foreach (var keyword in (string[])["items", "additionalProperties"])
        {
            if (schema[keyword] is JsonObject one)
            {
                yield return (one, keyword);
            }
        }

        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf", "prefixItems"])
        {
            foreach (var (one, index) in (schema[keyword] as JsonArray ?? []).Select(static (one, index) => (one, index)))
            {
                if (one is JsonObject form)
                {
                    yield return (form, $"{keyword}[{index}]");
                }
            }
        }
    }
}
