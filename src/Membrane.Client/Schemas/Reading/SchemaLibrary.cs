using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Schemas.Reading;

/// <summary>
/// All schemas that a reference can reach: those in the document itself and the drafts' metaschemas. Nothing is fetched.
/// </summary>
/// <param name="findDocument">Finds another document by its address; null where there is none.</param>
internal sealed class SchemaLibrary(Func<Uri, JsonElement?> findDocument)
{
    private const string Nameless = "membrane-schema://nameless/schema";

    private readonly Dictionary<string, SchemaResource> resources = new(StringComparer.Ordinal);
    private readonly List<SchemaResource> all = new();
    private readonly Func<Uri, JsonElement?> findDocument = findDocument;
    private readonly DialectReader dialects = new DialectReader(findDocument);

    public IReadOnlyList<SchemaResource> Resources => all;

    /// <summary>Adds the schema that is compiled. Its address is its own <c>$id</c>, if it has one.</summary>
    public SchemaLocation AddMain(JsonElement root) => Add(root, null, new SchemaDialect(JsonSchemaDraft.Unspecified)).Find("")!;

    /// <summary>Finds the schema that a reference points to, relative to where the reference is.</summary>
    public SchemaLocation Resolve(SchemaLocation from, string keyword, string reference)
    {
        var mark = reference.IndexOf('#');
        var address = mark < 0 ? reference : reference.Substring(0, mark);
        var fragment = mark < 0 ? "" : Uri.UnescapeDataString(reference.Substring(mark + 1));

        var resource = address.Length == 0 ? from.Resource : FindResource(from, keyword, reference, address);
        var pointer =
            fragment.Length == 0 || fragment[0] == '/' ? resource.Pointer + fragment
            : resource.Anchors.TryGetValue(fragment, out var anchored) ? anchored
            : null;
        return (pointer is null ? null : resource.Document.Find(pointer))
            ?? throw new JsonSchemaException(from.Pointer, keyword, $"'{keyword}' refers to {reference}, which is not there.");
    }

    private static string Key(Uri address)
    {
        var text = address.IsAbsoluteUri ? address.AbsoluteUri : address.OriginalString;
        var mark = text.IndexOf('#');
        return mark < 0 ? text : text.Substring(0, mark);
    }

    private SchemaResource FindResource(SchemaLocation from, string keyword, string reference, string address)
    {
        if (!Uri.TryCreate(from.Resource.Address ?? new Uri(Nameless), address, out var target))
        {
            throw new JsonSchemaException(from.Pointer, keyword, $"'{keyword}' is not an address: {reference}.");
        }

        if (resources.TryGetValue(Key(target), out var known))
        {
            return known;
        }

        if (findDocument(target) is { } document)
        {
            return Add(document, target, new SchemaDialect(from.Resource.Dialect.Draft)).Find("")!.Resource;
        }

        throw new JsonSchemaException(from.Pointer, keyword, $"remote reference refused: {reference}. Other documents are never fetched.");
    }

    private SchemaDocument Add(JsonElement root, Uri? address, SchemaDialect dialect)
    {
        var document = new SchemaDocument(root);
        var resource = AddResource(document, "", root, address, dialect);
        // The document can be reached by the address that it was found under as well as by its own.
        Register(address, resource);
        var pending = new Queue<SchemaLocation>();
        pending.Enqueue(new SchemaLocation(resource, "", root));
        while (pending.Count > 0)
        {
            var location = pending.Dequeue();
            if (location.Element.ValueKind == JsonValueKind.Object)
            {
                location = location.Pointer.Length == 0 ? location : AddOwnResource(document, location);
                AddAnchors(location.Resource, location.Pointer, location.Element);
                Subschemas.Enqueue(location, pending);
            }

            document.Add(location);
        }

        return document;
    }

    private void Register(Uri? address, SchemaResource resource)
    {
        if (address is not null && !resources.ContainsKey(Key(address)))
        {
            resources.Add(Key(address), resource);
        }
    }

    private SchemaLocation AddOwnResource(SchemaDocument document, SchemaLocation location)
    {
        var (outer, pointer, element) = (location.Resource, location.Pointer, location.Element);
        return SchemaIdentifier.Read(element, pointer, outer.Dialect).Address.Length == 0
            ? location
            : new SchemaLocation(AddResource(document, pointer, element, outer.Address, outer.Dialect), pointer, element);
    }

    private SchemaResource AddResource(SchemaDocument document, string pointer, JsonElement element, Uri? address, SchemaDialect outer)
    {
        var dialect = outer;
        if (element.ValueKind == JsonValueKind.Object)
        {
            dialect = dialects.Read(element, pointer, outer);
            var identifier = SchemaIdentifier.Read(element, pointer, dialect).Address;
            if (identifier.Length > 0)
            {
                if (!Uri.TryCreate(address ?? new Uri(Nameless), identifier, out var own))
                {
                    throw new JsonSchemaException(pointer, dialect.IdentifierKeyword, $"'{identifier}' is not an address.");
                }

                address = own;
            }
        }

        var resource = new SchemaResource(document, pointer, address, dialect);
        all.Add(resource);
        Register(address, resource);
        return resource;
    }

    private static void AddAnchors(SchemaResource owner, string pointer, JsonElement element)
    {
        var identifier = SchemaIdentifier.Read(element, pointer, owner.Dialect);
        if (identifier.Anchor.Length > 0)
        {
            owner.Anchors[identifier.Anchor] = pointer;
        }

        if (ReadAnchor("$anchor") is { } plain)
        {
            owner.Anchors[plain] = pointer;
        }

        if (ReadAnchor("$dynamicAnchor") is { } dynamic)
        {
            owner.Anchors[dynamic] = pointer;
            owner.DynamicAnchors.Add(dynamic);
        }

        string? ReadAnchor(string keyword)
        {
            if (!owner.Dialect.Knows(keyword) || !element.TryGetProperty(keyword, out var anchor))
            {
                return null;
            }

            return anchor.ValueKind == JsonValueKind.String
                ? anchor.GetString()
                : throw new JsonSchemaException(pointer, keyword, $"'{keyword}' must be a string.");
        }
    }
}
