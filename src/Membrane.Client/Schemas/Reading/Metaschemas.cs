using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Membrane.Client.Schemas.Reading;

/// <summary>The metaschemas of the drafts, for schemas that refer to them.</summary>
internal static class Metaschemas
{
    // Static, but constant: the drafts do not change any more.
    private static readonly Lazy<Dictionary<string, JsonElement>> All = new(Read);

    public static JsonElement? Find(Uri address) =>
        All.Value.TryGetValue(
            address.GetLeftPart(UriPartial.Query).Replace("https://json-schema.org/draft-0", "http://json-schema.org/draft-0"),
            out var found
        )
            ? found
            : null;

    private static Dictionary<string, JsonElement> Read() =>
        new[] { Draft4Metaschema.Text, Draft7Metaschema.Text }
            .Concat(Draft202012Metaschema.Texts)
            .Select(ReadOne)
            .ToDictionary(schema => Address(schema), StringComparer.Ordinal);

    private static JsonElement ReadOne(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string Address(JsonElement schema) =>
        (schema.TryGetProperty("$id", out var address) ? address : schema.GetProperty("id")).GetString()!.TrimEnd('#');
}
