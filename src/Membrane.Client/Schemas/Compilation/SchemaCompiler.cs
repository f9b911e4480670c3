using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Keywords;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Compilation;

/// <summary>Compiles a schema and what it refers to. Definitions that nothing refers to are left alone.</summary>
internal sealed class SchemaCompiler
{
    /// <summary>In the order in which they are checked: what is cheap first, what asks for the others' work last.</summary>
    private static readonly Func<SchemaReader, IEnumerable<SchemaKeyword>>[] KeywordReaders =
    [
        TypeKeyword.Read,
        EnumKeyword.Read,
        ConstKeyword.Read,
        NumberLimitKeyword.Read,
        MultipleOfKeyword.Read,
        CountLimitKeyword.Read,
        PatternKeyword.Read,
        FormatKeyword.Read,
        RequiredKeyword.Read,
        DependentRequiredKeyword.Read,
        UniqueItemsKeyword.Read,
        PropertiesKeyword.Read,
        PropertyNamesKeyword.Read,
        ItemsKeyword.Read,
        ContainsKeyword.Read,
        ReferenceKeyword.Read,
        DynamicReferenceKeyword.Read,
        AllOfKeyword.Read,
        AnyOfKeyword.Read,
        OneOfKeyword.Read,
        NotKeyword.Read,
        ConditionalKeyword.Read,
        DependentSchemasKeyword.Read,
        UnevaluatedItemsKeyword.Read,
        UnevaluatedPropertiesKeyword.Read,
    ];

    private readonly Dictionary<SchemaLocation, SchemaNode> nodes = new();
    private readonly Queue<SchemaLocation> pending = new();
    private readonly SchemaLibrary library;
    private readonly bool checksFormats;
    private readonly TimeSpan timeLimit;

    private SchemaCompiler(JsonSchemaOptions options)
    {
        library = new SchemaLibrary(options);
        checksFormats = options.CheckFormats;
        timeLimit = options.TimeLimit;
    }

    public static CompiledSchema Compile(JsonElement schema, JsonSchemaOptions options)
    {
        var compiler = new SchemaCompiler(options);
        var root = schema.ValueKind == JsonValueKind.Undefined ? schema : schema.Clone();
        return compiler.Compile(compiler.library.AddMain(root, options.DefaultDraft));
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
        var usesDynamicReferences = false;
        do
        {
            while (pending.Count > 0)
            {
                var next = pending.Dequeue();
                Complete(nodes[next], next);
                usesDynamicReferences |= nodes[next].Keywords.OfType<DynamicReferenceKeyword>().Any();
            }

            if (usesDynamicReferences)
            {
                AddDynamicNodes();
            }
        } while (pending.Count > 0);

        LoopFinder.Refuse(nodes);
        return new CompiledSchema(root, nodes.Count, usesDynamicReferences, timeLimit);
    }

    private void AddDynamicNodes()
    {
        foreach (var resource in library.Resources.Distinct())
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
        var standsAlone = reader.Dialect.ReferenceStandsAlone && location.Element.TryGetProperty("$ref", out _);
        var keywords = standsAlone ? ReferenceKeyword.Read(reader) : KeywordReaders.SelectMany(read => read(reader));
        node.Complete(
            keywords.ToArray(),
            reader.Dialect.HasExtensions && reader.HasMark("nullable"),
            reader.HasMark("isSensitive") || reader.HasMark("writeOnly")
        );
    }
}
