using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Makes the keywords of a schema in plain form fit each other: values have the stated types, and alternatives say all that was said beside
/// them, so that only words stay there.
/// </summary>
internal static class SchemaAlignment
{
    private static readonly string[] Structure = ["properties", "required", "additionalProperties", "items", "prefixItems"];
    private static readonly string[] Words = ["title", "description", "default", "examples", SchemaNotes.Keyword];

    /// <summary>Aligns a schema; what is in it has been aligned before.</summary>
    public static void Align(JsonObject schema)
    {
        AlignForms(schema);
        var types = SchemaTypes.Of(schema);
        if (types.Count > 0)
        {
            foreach (var keyword in schema.Select(static member => member.Key).ToArray())
            {
                if (!types.Any(type => SchemaTypes.IsAbout(keyword, type)))
                {
                    schema.Remove(keyword);
                }
            }
        }

        KeepFitting(schema);
    }

    /// <summary>Makes null a value, where a schema says which values there are.</summary>
    public static void AllowNull(JsonObject schema)
    {
        if (SchemaTypes.Of(schema) is { Count: > 0 } types)
        {
            SchemaTypes.Set(schema, types.Append(SchemaTypes.Null).Distinct(StringComparer.Ordinal).ToArray());
            if (schema["enum"] is JsonArray values && values.All(static value => value is not null))
            {
                values.Add((JsonNode?)null);
            }

            if (schema.ContainsKey("const") && schema["const"] is { } only)
            {
                schema.Remove("const");
                schema["enum"] = new JsonArray(only, null);
            }
        }
        else if (schema["anyOf"] is JsonArray forms && !forms.OfType<JsonObject>().Any(SchemaTypes.AllowsNull))
        {
            forms.Add((JsonNode)new JsonObject { ["type"] = SchemaTypes.Null });
        }
    }

    /// <summary>Removes the values that have none of the types. Returns whether a value is left, or there were none.</summary>
    public static bool KeepFitting(JsonObject schema)
    {
        var types = SchemaTypes.Of(schema);
        if (types.Count == 0)
        {
            return true;
        }

        var isPossible = true;
        if (schema.ContainsKey("const"))
        {
            if (SchemaTypes.Fits(schema["const"], types))
            {
                schema.Remove("enum");
                KeepTypes(schema, [schema["const"]]);
                return true;
            }

            schema.Remove("const");
            isPossible = false;
        }

        if (schema["enum"] is not JsonArray values)
        {
            return isPossible;
        }

        var fitting = values.Where(value => SchemaTypes.Fits(value, types)).Select(static value => value?.DeepClone()).ToArray();
        if (fitting.Length == 0)
        {
            schema.Remove("enum");
            return false;
        }

        schema["enum"] = new JsonArray(fitting);
        KeepTypes(schema, fitting);
        return isPossible;
    }

    private static void KeepTypes(JsonObject schema, JsonNode?[] values) =>
        SchemaTypes.Set(schema, SchemaTypes.Of(schema).Where(type => values.Any(value => SchemaTypes.Fits(value, [type]))).ToArray());

    private static void AlignForms(JsonObject schema)
    {
        if (schema["anyOf"] is not JsonArray given || SchemaMerge.AreForms(schema))
        {
            return;
        }

        schema.Remove("anyOf");
        if (Structure.Any(schema.ContainsKey))
        {
            // What is said beside the alternatives is enough for a model; the input is checked against all of it.
            return;
        }

        var forms = given.Cast<JsonObject>().ToArray();
        given.Clear();
        forms = forms.SelectMany(Flatten).ToArray();
        var rules = schema.Where(static member => !Words.Contains(member.Key)).Select(static member => member.Key).ToArray();
        foreach (var form in forms)
        {
            var beside = new JsonObject();
            foreach (var rule in rules)
            {
                beside[rule] = schema[rule]?.DeepClone();
            }

            SchemaMerge.Into(form, beside);
            Align(form);
        }

        foreach (var rule in rules)
        {
            schema.Remove(rule);
        }

        Put(schema, forms);
    }

    private static IEnumerable<JsonObject> Flatten(JsonObject form)
    {
        if (form.Count != 1 || form["anyOf"] is not JsonArray inner)
        {
            return [form];
        }

        var forms = inner.Cast<JsonObject>().ToArray();
        inner.Clear();
        return forms;
    }

    // A choice between a value and null is a value that may be null, where a type can say so.
    private static void Put(JsonObject schema, JsonObject[] forms)
    {
        var real = forms.Where(static form => !SchemaTypes.IsOnlyNull(form)).ToArray();
        var takesNull = real.Length < forms.Length;
        if (real.Length == 0)
        {
            schema["type"] = SchemaTypes.Null;
        }
        else if (real.Length > 1 || (takesNull && real[0].ContainsKey("anyOf")))
        {
            schema["anyOf"] = new JsonArray(forms.Select(static form => (JsonNode?)form).ToArray());
        }
        else
        {
            var words = Words.Where(schema.ContainsKey).ToDictionary(static word => word, word => schema[word]?.DeepClone());
            SchemaMerge.Into(schema, real[0]);
            foreach (var word in words.Where(static word => word.Key != SchemaNotes.Keyword))
            {
                schema[word.Key] = word.Value;
            }

            if (takesNull)
            {
                AllowNull(schema);
            }
        }
    }
}
