using System.Collections.Generic;

namespace Membrane.Client.Schemas.Reading;

/// <summary>What the keywords of a schema mean, by its draft and its vocabularies.</summary>
internal sealed class SchemaDialect(JsonSchemaDraft draft, bool validates = true)
{
    private static readonly HashSet<string> NewerThan201909 = ["prefixItems", "$dynamicAnchor", "$dynamicRef"];

    private static readonly HashSet<string> NewerThanDraft7 =
    [
        .. NewerThan201909,
        "minContains",
        "maxContains",
        "dependentRequired",
        "dependentSchemas",
        "unevaluatedProperties",
        "unevaluatedItems",
        "$anchor",
        "$recursiveRef",
    ];

    private static readonly HashSet<string> NewerThanDraft4 =
    [
        .. NewerThanDraft7,
        "const",
        "contains",
        "propertyNames",
        "if",
        "then",
        "else",
        "$id",
    ];

    private static readonly HashSet<string> OlderThan202012 = ["additionalItems", "$recursiveRef", "id"];

    private static readonly HashSet<string> Validation =
    [
        "type",
        "enum",
        "const",
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
        "maxItems",
        "minItems",
        "uniqueItems",
        "maxContains",
        "minContains",
        "maxProperties",
        "minProperties",
        "required",
        "dependentRequired",
    ];

    public JsonSchemaDraft Draft { get; } = draft;

    public string IdentifierKeyword => Draft == JsonSchemaDraft.Draft4 ? "id" : "$id";

    /// <summary>Whether <c>$ref</c> stands alone: what is written beside it counts for nothing.</summary>
    public bool ReferenceStandsAlone => Draft is JsonSchemaDraft.Draft4 or JsonSchemaDraft.Draft7;

    /// <summary>Whether <c>"$id": "#name"</c> is an anchor.</summary>
    public bool IdentifierMayBeAnchor => Draft is not (JsonSchemaDraft.Draft201909 or JsonSchemaDraft.Draft202012);

    /// <summary>Whether <c>items</c> may be an array, one schema for each place.</summary>
    public bool ItemsMayBeArray => Draft != JsonSchemaDraft.Draft202012;

    /// <summary>
    /// Whether <c>exclusiveMinimum</c> may be true or false, which changes the meaning of <c>minimum</c> (draft-04, OpenAPI 3.0).
    /// </summary>
    public bool ExclusiveMayBeFlag => Draft is JsonSchemaDraft.Draft4 or JsonSchemaDraft.Unspecified;

    /// <summary>Whether what OpenAPI and Membrane add to JSON Schema has a meaning.</summary>
    public bool HasExtensions => Draft == JsonSchemaDraft.Unspecified;

    public bool Knows(string keyword)
    {
        if (!validates && Validation.Contains(keyword))
        {
            return false;
        }

        return Draft switch
        {
            JsonSchemaDraft.Draft4 => !NewerThanDraft4.Contains(keyword),
            JsonSchemaDraft.Draft7 => !NewerThanDraft7.Contains(keyword) && keyword != "id",
            JsonSchemaDraft.Draft201909 => !NewerThan201909.Contains(keyword) && keyword != "id",
            JsonSchemaDraft.Draft202012 => !OlderThan202012.Contains(keyword),
            _ => keyword != "id",
        };
    }
}
