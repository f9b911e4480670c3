using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Schemas.Reading;

/// <summary>
/// Finds what references of a schema point to: by pointer, by the name of an anchor, or by an address in the same document. For readers
/// that describe a schema and have to go on where it is damaged; then only pointers are followed.
/// </summary>
internal sealed class SchemaReferences
{
    private readonly SchemaLibrary library = new(static _ => null);

    /// <summary>Reads the addresses of a document.</summary>
    public SchemaReferences(JsonElement document)
    {
        try
        {
            Root = library.AddMain(document);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            var pointers = new SchemaDocument(document);
            Root = new SchemaLocation(new SchemaResource(pointers, "", null, new SchemaDialect(JsonSchemaDraft.Unspecified)), "", document);
            pointers.Add(Root);
        }
    }

    /// <summary>The whole document.</summary>
    public SchemaLocation Root { get; }

    /// <summary>Finds what a reference points to; null where that is not in this document.</summary>
    /// <param name="from">A schema of the resource that the reference is in.</param>
    /// <param name="reference">The reference.</param>
    public SchemaLocation? Find(SchemaLocation from, string reference)
    {
        try
        {
            return library.Resolve(from, "$ref", reference);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            return null;
        }
    }

    /// <summary>Finds what a <c>$dynamicRef</c> points to: the outermost schema on the way there that has the anchor decides.</summary>
    /// <param name="way">The schemas on the way, the outermost first; the last one has the reference.</param>
    /// <param name="reference">The reference.</param>
    public SchemaLocation? FindDynamic(IReadOnlyList<SchemaLocation> way, string reference)
    {
        var target = Find(way[way.Count - 1], reference);
        var anchor = reference.Substring(reference.IndexOf('#') + 1);
        if (target is null || !target.Resource.DynamicAnchors.Contains(anchor))
        {
            return target;
        }

        foreach (var outer in way)
        {
            if (outer.Resource.DynamicAnchors.Contains(anchor))
            {
                return outer.Resource.Document.Find(outer.Resource.Anchors[anchor]);
            }
        }

        return target;
    }

    // Half a surrogate pair is an InvalidOperationException of System.Text.Json.
    private static bool IsDamage(Exception exception) =>
        exception is JsonSchemaException or InvalidOperationException or UriFormatException;
}
