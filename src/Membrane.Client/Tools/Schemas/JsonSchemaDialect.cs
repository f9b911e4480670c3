using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>JSON Schema unchanged, except for names of parameters that the vendor does not accept.</summary>
internal sealed class JsonSchemaDialect(ToolDialect format) : ISchemaDialect
{
    public JsonObject Write(JsonObject parameters) => Copy(parameters);

    private JsonObject Copy(JsonObject schema)
    {
        var copy = new JsonObject();
        foreach (var member in schema)
        {
            copy[member.Key] = member switch
            {
                { Key: "properties", Value: JsonObject properties } => Properties(properties),
                { Key: "required", Value: JsonArray names } => SchemaMerge.Names(
                    SchemaMerge.Names(names).Select(name => PropertyNames.Sanitize(name, format))
                ),
                { Key: "items" or "additionalProperties", Value: JsonObject one } => Copy(one),
                { Key: "anyOf" or "prefixItems", Value: JsonArray several } => new JsonArray(
                    several.Select(one => (JsonNode?)Copy((JsonObject)one!)).ToArray()
                ),
                _ => member.Value?.DeepClone(),
            };
        }

        return copy;
    }

    private JsonObject Properties(JsonObject properties)
    {
        var copy = new JsonObject();
        foreach (var property in properties)
        {
            copy[PropertyNames.Sanitize(property.Key, format)] = Copy((JsonObject)property.Value!);
        }

        return copy;
    }
}
