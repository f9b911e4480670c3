using System.Text.Json;

namespace Membrane.Client.Schemas.Reading;

/// <summary>What <c>$id</c> says: an address, or in older drafts the name of an anchor.</summary>
internal readonly struct SchemaIdentifier
{
    private SchemaIdentifier(string address, string anchor)
    {
        Address = address;
        Anchor = anchor;
    }

    public string Address { get; }

    public string Anchor { get; }

    public static SchemaIdentifier Read(JsonElement schema, string pointer, SchemaDialect dialect)
    {
        var keyword = dialect.IdentifierKeyword;
        if (!schema.TryGetProperty(keyword, out var value) || (dialect.ReferenceStandsAlone && schema.TryGetProperty("$ref", out _)))
        {
            return new SchemaIdentifier("", "");
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            throw new JsonSchemaException(pointer, keyword, $"'{keyword}' must be a string.");
        }

        var text = value.GetString()!;
        var mark = text.IndexOf('#');
        if (mark < 0)
        {
            return new SchemaIdentifier(text, "");
        }

        var fragment = text.Substring(mark + 1);
        if (fragment.Length > 0 && !dialect.IdentifierMayBeAnchor)
        {
            throw new JsonSchemaException(pointer, keyword, $"'{keyword}' must not have a fragment: {text}.");
        }

        return new SchemaIdentifier(text.Substring(0, mark), fragment);
    }
}
