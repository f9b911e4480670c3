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
            ReadKeywords(reader, keywords);
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

    /// <summary>
    /// Reads the keywords in the order of checking: cheap ones first, those that need the results of others last. Where a schema has
    /// none of them, the reading code is never called: its JIT compilation would be most of what the first schema of a process costs,
    /// as would be a table of delegates.
    /// </summary>
    private static void ReadKeywords(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.HasAny("type"))
        {
            TypeKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("enum"))
        {
            EnumKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("const"))
        {
            ConstKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))
        {
            NumberLimitKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("multipleOf"))
        {
            MultipleOfKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("minLength", "maxLength", "minItems", "maxItems") || reader.HasAny("minProperties", "maxProperties"))
        {
            CountLimitKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("pattern"))
        {
            PatternKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("format"))
        {
            FormatKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("required"))
        {
            RequiredKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("dependentRequired", "dependencies"))
        {
            DependentRequiredKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("uniqueItems"))
        {
            UniqueItemsKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("properties", "additionalProperties", "patternProperties"))
        {
            PropertiesKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("propertyNames"))
        {
            PropertyNamesKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("items", "prefixItems"))
        {
            ItemsKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("contains", "minContains", "maxContains"))
        {
            ContainsKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("$ref", "$recursiveRef"))
        {
            ReferenceKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("$dynamicRef"))
        {
            DynamicReferenceKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("allOf"))
        {
            AllOfKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("anyOf"))
        {
            AnyOfKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("oneOf"))
        {
            OneOfKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("not"))
        {
            NotKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("if", "then", "else"))
        {
            ConditionalKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("dependentSchemas", "dependencies"))
        {
            DependentSchemasKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("unevaluatedItems"))
        {
            UnevaluatedItemsKeyword.Read(reader, keywords);
        }

        if (reader.HasAny("unevaluatedProperties"))
        {
            UnevaluatedPropertiesKeyword.Read(reader, keywords);
        }
    }
}
