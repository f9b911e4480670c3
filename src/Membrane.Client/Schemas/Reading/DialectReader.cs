using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Schemas.Reading;

/// <summary>Finds the dialect that <c>$schema</c> names.</summary>
/// <param name="findDocument">Finds a document for a metaschema that is not one of the drafts' own.</param>
internal sealed class DialectReader(Func<Uri, JsonElement?> findDocument)
{
    private const string Vocabularies = "https://json-schema.org/draft/2020-12/vocab/";
    private const int LongestChain = 8;

    private static readonly HashSet<string> KnownVocabularies =
    [
        "core",
        "applicator",
        "unevaluated",
        "validation",
        "meta-data",
        "format-annotation",
        "content",
    ];

    public SchemaDialect Read(JsonElement schema, string pointer, SchemaDialect otherwise, int chain = 0)
    {
        if (!schema.TryGetProperty("$schema", out var named))
        {
            return otherwise;
        }

        if (named.ValueKind != JsonValueKind.String)
        {
            throw new JsonSchemaException(pointer, "$schema", "'$schema' must be a string.");
        }

        var address = named.GetString()!.TrimEnd('#');
        if (FindDraft(address) is { } draft)
        {
            return new SchemaDialect(draft);
        }

        if (
            chain < LongestChain
            && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && findDocument(uri) is { ValueKind: JsonValueKind.Object } metaschema
        )
        {
            return ReadCustom(metaschema, pointer, chain);
        }

        throw new JsonSchemaException(
            pointer,
            "$schema",
            $"the dialect {address} is refused; supported are draft-04, draft-06, draft-07, 2019-09 and 2020-12."
        );
    }

    private static JsonSchemaDraft? FindDraft(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? address : address.Substring(scheme + 3)) switch
        {
            "json-schema.org/draft-04/schema" => JsonSchemaDraft.Draft4,
            "json-schema.org/draft-06/schema" or "json-schema.org/draft-07/schema" => JsonSchemaDraft.Draft7,
            "json-schema.org/draft/2019-09/schema" => JsonSchemaDraft.Draft201909,
            "json-schema.org/draft/2020-12/schema" => JsonSchemaDraft.Draft202012,
            "json-schema.org/schema" or "" => JsonSchemaDraft.Unspecified,
            _ => null,
        };
    }

    private SchemaDialect ReadCustom(JsonElement metaschema, string pointer, int chain)
    {
        var dialect = Read(metaschema, pointer, new SchemaDialect(JsonSchemaDraft.Draft202012), chain + 1);
        if (!metaschema.TryGetProperty("$vocabulary", out var vocabularies) || vocabularies.ValueKind != JsonValueKind.Object)
        {
            return dialect;
        }

        foreach (var vocabulary in vocabularies.EnumerateObject())
        {
            if (vocabulary.Value.ValueKind == JsonValueKind.True && !IsKnown(vocabulary.Name))
            {
                throw new JsonSchemaException(pointer, "$vocabulary", $"the vocabulary {vocabulary.Name} is refused.");
            }
        }

        return new SchemaDialect(dialect.Draft, vocabularies.TryGetProperty(Vocabularies + "validation", out _));
    }

    private static bool IsKnown(string vocabulary) =>
        vocabulary.StartsWith(Vocabularies, StringComparison.Ordinal)
        && KnownVocabularies.Contains(vocabulary.Substring(Vocabularies.Length));
}
