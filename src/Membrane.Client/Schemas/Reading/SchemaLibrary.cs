using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Membrane.Client.Schemas.Reading;

/// <summary>
/// All schemas that a reference can reach: those in the document itself, the drafts' own, and those the caller gave.
/// Nothing comes from anywhere else.
/// </summary>
internal sealed class SchemaLibrary
{
    private static readonly Uri Nameless = new("membrane-schema://nameless/schema");

    private readonly Dictionary<string, SchemaResource> resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> given;
    private readonly DialectReader dialects;

    public SchemaLibrary(JsonSchemaOptions options)
    {
        given = options.Documents.ToDictionary(entry => Key(entry.Key), entry => entry.Value.Clone(), StringComparer.Ordinal);
        dialects = new DialectReader(FindDocument);
    }

    public IEnumerable<SchemaResource> Resources => resources.Values;

    public SchemaLocation AddMain(JsonElement root, JsonSchemaDraft draft)
    {
        var document = Add(root, Nameless, new SchemaDialect(draft));
        return document.Find("")!;
    }

    /// <summary>The schema that a reference means, seen from where it stands.</summary>
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
        if (!Uri.TryCreate(from.Resource.Address, address, out var target))
        {
            throw new JsonSchemaException(from.Pointer, keyword, $"'{keyword}' is not an address: {reference}.");
        }

        if (resources.TryGetValue(Key(target), out var known))
        {
            return known;
        }

        if (FindDocument(target) is { } document)
        {
            return Add(document, target, new SchemaDialect(from.Resource.Dialect.Draft)).Find("")!.Resource;
        }

        throw new JsonSchemaException(from.Pointer, keyword, $"remote reference refused: {reference}. Other documents are never fetched.");
    }

    private JsonElement? FindDocument(Uri address) =>
        given.TryGetValue(Key(address), out var document) ? document : Metaschemas.Find(Key(address));

    private SchemaDocument Add(JsonElement root, Uri address, SchemaDialect dialect)
    {
        var document = new SchemaDocument(root);
        var resource = AddResource(document, "", root, address, dialect);
        // The document can be reached by the address that it was found under as well as by its own.
        if (!resources.ContainsKey(Key(address)))
        {
            resources.Add(Key(address), resource);
        }

        var pending = new Stack<(string Pointer, JsonElement Element, SchemaResource Resource)>();
        pending.Push(("", root, resource));
        while (pending.Count > 0)
        {
            var (pointer, element, owner) = pending.Pop();
            if (pointer.Length > 0)
            {
                owner = OwnerOf(document, pointer, element, owner);
            }

            document.Add(new SchemaLocation(owner, pointer, element));
            if (element.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            AddAnchors(owner, pointer, element);
            foreach (var (step, subschema) in Subschemas.Of(element))
            {
                pending.Push((pointer + step, subschema, owner));
            }
        }

        return document;
    }

    private SchemaResource OwnerOf(SchemaDocument document, string pointer, JsonElement element, SchemaResource outer) =>
        element.ValueKind == JsonValueKind.Object && SchemaIdentifier.Read(element, pointer, outer.Dialect).Address is { Length: > 0 }
            ? AddResource(document, pointer, element, outer.Address, outer.Dialect)
            : outer;

    private SchemaResource AddResource(SchemaDocument document, string pointer, JsonElement element, Uri address, SchemaDialect outer)
    {
        var dialect = outer;
        if (element.ValueKind == JsonValueKind.Object)
        {
            dialect = dialects.Read(element, pointer, outer);
            var identifier = SchemaIdentifier.Read(element, pointer, dialect).Address;
            if (identifier.Length > 0)
            {
                if (!Uri.TryCreate(address, identifier, out var own))
                {
                    throw new JsonSchemaException(pointer, dialect.IdentifierKeyword, $"'{identifier}' is not an address.");
                }

                address = own;
            }
        }

        var resource = new SchemaResource(document, pointer, address, dialect);
        if (!resources.ContainsKey(Key(address)))
        {
            resources.Add(Key(address), resource);
        }

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
