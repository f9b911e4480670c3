using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>Merges schemas in plain form.</summary>
internal static class SchemaMerge
{
    /// <summary>Adds the requirements of another schema to a schema.</summary>
    public static void Into(JsonObject target, JsonObject addition)
    {
        foreach (var member in addition.ToArray())
        {
            addition.Remove(member.Key);
            switch (member.Key)
            {
                case "properties" when target["properties"] is JsonObject properties:
                    AddProperties(properties, (JsonObject)member.Value!);
                    break;
                case "required" when target["required"] is JsonArray required:
                    target["required"] = Names(Names(required).Union(Names((JsonArray)member.Value!), StringComparer.Ordinal));
                    break;
                case "enum" when target["enum"] is JsonArray words:
                    target["enum"] = Common(words, (JsonArray)member.Value!);
                    break;
                case SchemaNotes.Keyword when target[SchemaNotes.Keyword] is JsonArray notes:
                    target[SchemaNotes.Keyword] = Names(Names(notes).Union(Names((JsonArray)member.Value!), StringComparer.Ordinal));
                    break;
                case "type" when target["type"] is not null:
                    Narrow(target, member.Value!);
                    break;
                case "anyOf" when target["anyOf"] is not null:
                    // The plain form cannot express both, so the first one is kept.
                    break;
                default:
                    target[member.Key] = member.Value;
                    break;
            }
        }
    }

    /// <summary>
    /// One object instead of several forms of it: with the properties of all, of which those are required that every form requires.
    /// Null where a form is not an object.
    /// </summary>
    public static JsonObject? Forms(JsonObject schema)
    {
        if (!AreForms(schema))
        {
            return null;
        }

        var forms = (JsonArray)schema["anyOf"]!;

        var merged = (JsonObject)schema.DeepClone();
        merged.Remove("anyOf");
        merged.Remove("additionalProperties");
        merged["type"] = SchemaTypes.Object;
        var properties = merged["properties"] as JsonObject ?? [];
        merged["properties"] = properties;
        IEnumerable<string>? common = null;
        foreach (var form in forms.Cast<JsonObject>())
        {
            foreach (var property in form["properties"] as JsonObject ?? [])
            {
                AddForm(properties, property.Key, (JsonObject)property.Value!);
            }

            var required = Names(form["required"] as JsonArray ?? []).ToArray();
            common = common?.Intersect(required, StringComparer.Ordinal).ToArray() ?? required;
        }

        merged["required"] = Names(Names(schema["required"] as JsonArray ?? []).Union(common ?? [], StringComparer.Ordinal));
        var hint = "Give one of these sets of fields: " + string.Join("; ", forms.Cast<JsonObject>().Select(Fields)) + ".";
        merged["description"] = schema["description"] is JsonValue said ? said.GetValue<string>().TrimEnd() + " " + hint : hint;
        return merged;
    }

    /// <summary>Whether all alternatives of a schema are forms of one object.</summary>
    public static bool AreForms(JsonObject schema) =>
        schema["anyOf"] is JsonArray forms
        && IsObject(schema, isSilenceFit: true)
        && forms.All(static form => IsObject((JsonObject)form!, isSilenceFit: false));

    public static IEnumerable<string> Names(JsonArray names) => names.Select(static name => name!.GetValue<string>());

    public static JsonArray Names(IEnumerable<string> names) => new(names.Select(static name => (JsonNode?)name).ToArray());

    private static bool IsObject(JsonObject schema, bool isSilenceFit)
    {
        var types = SchemaTypes.Of(schema);
        return types.Count == 0
            ? isSilenceFit
            : types.Count == 1 && types[0] == SchemaTypes.Object && (isSilenceFit || schema["anyOf"] is null);
    }

    private static string Fields(JsonObject form)
    {
        var names = Names(form["required"] as JsonArray ?? []).ToArray();
        return string.Join(
            ", ",
            names.Length > 0 ? names : (form["properties"] as JsonObject ?? []).Select(static property => property.Key)
        );
    }

    private static void AddForm(JsonObject properties, string name, JsonObject form)
    {
        if (properties[name] is not JsonObject present)
        {
            properties[name] = form.DeepClone();
        }
        else if (!JsonNode.DeepEquals(present, form))
        {
            properties.Remove(name);
            properties[name] = new JsonObject { ["anyOf"] = new JsonArray(Alternatives(present).Append(form.DeepClone()).ToArray()) };
        }
    }

    private static JsonNode?[] Alternatives(JsonObject schema) =>
        schema.Count == 1 && schema["anyOf"] is JsonArray several ? several.Select(static one => one?.DeepClone()).ToArray() : [schema];

    private static void AddProperties(JsonObject properties, JsonObject additions)
    {
        foreach (var property in additions.ToArray())
        {
            additions.Remove(property.Key);
            if (properties[property.Key] is JsonObject present)
            {
                Into(present, (JsonObject)property.Value!);

                // Each was aligned by itself; together they may say what no value is.
                SchemaAlignment.Align(present);
            }
            else
            {
                properties[property.Key] = property.Value;
            }
        }
    }

    private static JsonArray Common(JsonArray first, JsonArray second)
    {
        var common = first
            .Where(one => second.Any(other => JsonNode.DeepEquals(one, other)))
            .Select(static one => one?.DeepClone())
            .ToArray();
        return new JsonArray(common.Length > 0 ? common : second.Select(static one => one?.DeepClone()).ToArray());
    }

    private static void Narrow(JsonObject target, JsonNode types)
    {
        var wanted = SchemaTypes.Of(new JsonObject { ["type"] = types });
        var present = SchemaTypes.Of(target);
        var common = present.Where(wanted.Contains).ToArray();
        var isWhole = wanted.Contains("integer") && present.Contains("number") && !present.Contains("integer");
        SchemaTypes.Set(
            target,
            isWhole ? ["integer"]
                : common.Length > 0 ? common
                : wanted
        );
    }
}
