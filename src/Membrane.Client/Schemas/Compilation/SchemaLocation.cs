using System.Text.Json;

namespace Membrane.Client.Schemas.Compilation;

/// <summary>A place in a document where a schema stands. There is one object for one place.</summary>
internal sealed class SchemaLocation
{
    public SchemaLocation(SchemaResource resource, string pointer, JsonElement element)
    {
        Resource = resource;
        Pointer = pointer;
        Element = element;
    }

    public SchemaResource Resource { get; }

    /// <summary>From the root of the document.</summary>
    public string Pointer { get; }

    public JsonElement Element { get; }
}
