using System;
using System.Collections.Generic;
using Membrane.Client.Schemas.Checking;

namespace Membrane.Client.Schemas.Compilation;

/// <summary>A schema with an address of its own: a document, or a part of one that has an <c>$id</c>.</summary>
internal sealed class SchemaResource
{
    public SchemaResource(SchemaDocument document, string pointer, Uri address, SchemaDialect dialect)
    {
        Document = document;
        Pointer = pointer;
        Address = address;
        Dialect = dialect;
    }

    public SchemaDocument Document { get; }

    /// <summary>Where in the document it starts.</summary>
    public string Pointer { get; }

    public Uri Address { get; }

    public SchemaDialect Dialect { get; }

    /// <summary>Pointers in the document, by the name of the anchor there.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The anchors that <c>$dynamicRef</c> may land on.</summary>
    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The compiled schemas of the dynamic anchors.</summary>
    public Dictionary<string, SchemaNode> DynamicNodes { get; } = new(StringComparer.Ordinal);
}
