using System.Text.Json;

namespace Membrane.Client.Schemas.Reading;

/// <summary>The place of a schema in a document. Each place has one object.</summary>
internal sealed class SchemaLocation(SchemaResource resource, string pointer, JsonElement element)
{
    public SchemaResource Resource { get; } = resource;

    /// <summary>From the root of the document.</summary>
    public string Pointer { get; } = pointer;

    public JsonElement Element { get; } = element;

    /// <summary>A place below this one.</summary>
    public SchemaLocation Step(string step, JsonElement subschema) => new(Resource, Pointer + step, subschema);
}
