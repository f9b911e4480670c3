using System;
using System.Collections.Generic;
using Membrane.Client.Schemas.Checking;

namespace Membrane.Client.Schemas.Reading;

/// <summary>A schema with an address of its own: a document, or a part of one that has an <c>$id</c>.</summary>
internal sealed class SchemaResource(SchemaDocument document, string pointer, Uri? address, SchemaDialect dialect)
{
    public SchemaDocument Document { get; } = document;

    /// <summary>Where in the document it starts.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>Null where the schema has none.</summary>
    public Uri? Address { get; } = address;

    public SchemaDialect Dialect { get; } = dialect;

    /// <summary>Pointers in the document, by the name of the anchor there.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The anchors that <c>$dynamicRef</c> may land on.</summary>
    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The part of the resource that a check needs.</summary>
    public DynamicScope Scope { get; } = new();
}
