using System;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Keywords;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Compilation;

/// <summary>Compiles a schema and what it refers to. Definitions that nothing refers to are not compiled.</summary>
internal sealed class SchemaCompiler
{
    /// <summary>In the order of checking: cheap keywords first, those that need the results of others last.</summary>
    private static readonly KeywordReader[] KeywordReaders =
    [
        new(TypeKeyword.Read, "type"),
        new(EnumKeyword.Read, "enum"),
        new(ConstKeyword.Read, "const"),
        new(NumberLimitKeyword.Read, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
        new(MultipleOfKeyword.Read, "multipleOf"),
        new(CountLimitKeyword.Read, "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        new(PatternKeyword.Read, "pattern"),
        new(FormatKeyword.Read, "format"),
        new(RequiredKeyword.Read, "required"),
        new(DependentRequiredKeyword.Read, "dependentRequired", "dependencies"),
        new(UniqueItemsKeyword.Read, "uniqueItems"),
        new(PropertiesKeyword.Read, "properties", "additionalProperties", "patternProperties"),
        new(PropertyNamesKeyword.Read, "propertyNames"),
        new(ItemsKeyword.Read, "items", "prefixItems"),
        new(ContainsKeyword.Read, "contains", "minContains", "maxContains"),
        new(ReferenceKeyword.Read, "$ref", "$recursiveRef"),
        new(DynamicReferenceKeyword.Read, "$dynamicRef"),
        new(AllOfKeyword.Read, "allOf"),
        new(AnyOfKeyword.Read, "anyOf"),
        new(OneOfKeyword.Read, "oneOf"),
        new(NotKeyword.Read, "not"),
        new(ConditionalKeyword.Read, "if", "then", "else"),
        new(DependentSchemasKeyword.Read, "dependentSchemas", "dependencies"),
        new(UnevaluatedItemsKeyword.Read, "unevaluatedItems"),
        new(UnevaluatedPropertiesKeyword.Read, "unevaluatedProperties"),
    ];

    private readonly Dictionary<SchemaLocation, SchemaNode> nodes = new();
    private readonly Queue<SchemaLocation> pending = new();
    private readonly SchemaLibrary library;
    private readonly bool checksFormats;
    private bool refers;
    private bool refersDynamically;

    private SchemaCompiler(bool checksFormats, Func<Uri, JsonElement?> findDocument)
    {
        library = new SchemaLibrary(findDocument);
        this.checksFormats = checksFormats;
    }

    /// <param name="schema">The schema.</param>
    /// <param name="checksFormats">Whether <c>format</c> is checked.</param>
    /// <param name="findDocument">Finds other documents by their address.</param>
    public static CompiledSchema Compile(JsonElement schema, bool checksFormats, Func<Uri, JsonElement?> findDocument)
    {
        var compiler = new SchemaCompiler(checksFormats, findDocument);
        var root = schema.ValueKind == JsonValueKind.Undefined ? schema : schema.Clone();
        return compiler.Compile(compiler.library.AddMain(root));
    }

    private SchemaNode NodeAt(SchemaLocation location)
    {
        if (nodes.TryGetValue(location, out var known))
        {
            return known;
        }

        var node = new SchemaNode(location.Resource.Scope);
        nodes.Add(location, node);
        pending.Enqueue(location);
        return node;
    }

    private CompiledSchema Compile(SchemaLocation location)
    {
        var root = NodeAt(location);
        do
        {
            while (pending.Count > 0)
            {
                var next = pending.Dequeue();
                Complete(nodes[next], next);
            }

            if (refersDynamically)
            {
                AddDynamicNodes();
            }
        } while (pending.Count > 0);

        if (refers)
        {
            LoopFinder.Refuse(nodes);
        }

        return new CompiledSchema(root, nodes.Count, refersDynamically);
    }

    private void AddDynamicNodes()
    {
        foreach (var resource in library.Resources)
        {
            foreach (var anchor in resource.DynamicAnchors)
            {
                resource.Scope.Nodes[anchor] = NodeAt(resource.Document.Find(resource.Anchors[anchor])!);
            }
        }
    }

    private void Complete(SchemaNode node, SchemaLocation location)
    {
        switch (location.Element.ValueKind)
        {
            case JsonValueKind.True:
                return;
            case JsonValueKind.False:
                node.CompleteAsNever();
                return;
            case JsonValueKind.Object:
                break;
            default:
                throw new JsonSchemaException(location.Pointer, null, "a schema must be an object, true or false.");
        }

        var reader = new SchemaReader(library, location, checksFormats, NodeAt);
        var keywords = new List<SchemaKeyword>();
        if (reader.Dialect.ReferenceStandsAlone && location.Element.TryGetProperty("$ref", out _))
        {
            ReferenceKeyword.Read(reader, keywords);
        }
        else
        {
            foreach (var keyword in KeywordReaders)
            {
                keyword.Read(reader, location.Element, keywords);
            }
        }

        foreach (var keyword in keywords)
        {
            refers |= keyword is ReferenceKeyword;
            refersDynamically |= keyword is DynamicReferenceKeyword;
        }

        node.Complete(
            keywords,
            reader.Dialect.HasExtensions && reader.HasMark("nullable"),
            reader.HasMark("isSensitive") || reader.HasMark("writeOnly")
        );
    }
}
