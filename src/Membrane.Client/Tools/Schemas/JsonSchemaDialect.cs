using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// JSON Schema, except for names of parameters that the vendor does not accept. Lists always say what they hold, which some demand. What
/// a client of the Model Context Protocol gets has to please whatever model is behind it.
/// </summary>
internal sealed class JsonSchemaDialect(ToolDialect format) : ISchemaDialect
{
    public JsonObject Write(JsonObject parameters) => Copy(parameters);

    private JsonObject Copy(JsonObject plain)
    {
        var schema = format == ToolDialect.Mcp ? SchemaMerge.Forms(plain) ?? plain : plain;
        var names = PropertyNames.Map(schema["properties"] as JsonObject, format);
        var forms = schema["anyOf"] as JsonArray;
        var copy = new JsonObject();
        foreach (var member in schema)
        {
            switch (member.Key)
            {
                case "properties":
                    copy["properties"] = Properties((JsonObject)member.Value!, names);
                    break;
                case "required":
                    copy["required"] = SchemaMerge.Names(
                        SchemaMerge.Names((JsonArray)member.Value!).Where(names.ContainsKey).Select(name => names[name])
                    );
                    break;
                case "anyOf":
                    copy["anyOf"] = new JsonArray(forms!.Select(one => (JsonNode?)Copy((JsonObject)one!)).ToArray());
                    break;
                case "additionalProperties" when member.Value is JsonObject one:
                    copy["additionalProperties"] = Copy(one);
                    break;
                case "items" or "prefixItems" or SchemaNotes.Keyword:
                case "enum" when IsRefused((JsonArray)member.Value!):
                    break;
                default:
                    copy[member.Key] = member.Value?.DeepClone();
                    break;
            }
        }

        if (SchemaTypes.Of(schema).Contains(SchemaTypes.Array) || schema.ContainsKey("items"))
        {
            copy["items"] = Copy(SchemaTypes.ItemsOf(schema));
        }

        if (forms is not null && format == ToolDialect.Mcp)
        {
            copy = new JsonObject { ["anyOf"] = copy["anyOf"]!.DeepClone() };
            SchemaNotes.SayFirst(copy, schema);
        }
        else
        {
            SchemaNotes.Say(
                copy,
                [
                    .. SchemaNotes.NotesOf(schema),
                    schema["enum"] is JsonArray values && !copy.ContainsKey("enum") ? $"({SchemaNotes.Rule("enum", values)})" : null,
                    SchemaNotes.PlacesOf(schema),
                    SchemaNotes.MissingOf(schema),
                ]
            );
        }

        return copy;
    }

    // Clients pass the values on to Gemini, which takes no empty one.
    private bool IsRefused(JsonArray values) =>
        format == ToolDialect.Mcp
        && values.OfType<JsonValue>().Any(static value => value.TryGetValue<string>(out var text) && text.Length == 0);

    private JsonObject Properties(JsonObject properties, IReadOnlyDictionary<string, string> names)
    {
        var copy = new JsonObject();
        foreach (var property in properties)
        {
            var written = Copy((JsonObject)property.Value!);
            SchemaNotes.Say(written, SchemaNotes.NameOf(property.Key, names[property.Key]));
            copy[names[property.Key]] = written;
        }

        return copy;
    }
}
