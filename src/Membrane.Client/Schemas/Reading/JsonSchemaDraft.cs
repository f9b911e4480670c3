namespace Membrane.Client.Schemas.Reading;

/// <summary>The edition of JSON Schema by which a schema is read.</summary>
internal enum JsonSchemaDraft
{
    /// <summary>
    /// The schema does not say. It is read as 2020-12, with what older drafts and OpenAPI write differently:
    /// <c>definitions</c>, <c>dependencies</c>, arrays in <c>items</c>, a boolean <c>exclusiveMinimum</c>, <c>nullable</c>.
    /// </summary>
    Unspecified,

    /// <summary>Draft-04.</summary>
    Draft4,

    /// <summary>Draft-07. Draft-06, of which it is an extension, is read by it too.</summary>
    Draft7,

    /// <summary>2019-09, read as 2020-12 with arrays in <c>items</c>; <c>$recursiveRef</c> is refused.</summary>
    Draft201909,

    /// <summary>2020-12.</summary>
    Draft202012,
}
