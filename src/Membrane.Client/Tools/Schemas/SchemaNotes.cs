using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Tools.Schemas;

/// <summary>Describes in words what a dialect has no keyword for.</summary>
internal static class SchemaNotes
{
    /// <summary>The keyword of the plain form for what is to be told in words. No vendor gets it.</summary>
    public const string Keyword = "membrane-notes";

    /// <summary>The keywords that are told in words where a dialect has no place for them.</summary>
    public static readonly IReadOnlyList<string> Rules =
    [
        "enum",
        "const",
        "default",
        "format",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
    ];

    private const string WrittenAsText = "written as JSON text.";
    private const int MaxText = 1000;
    private const int MaxName = 100;

    /// <summary>Adds a note to a schema in plain form.</summary>
    public static void Add(JsonObject schema, string note)
    {
        if (schema[Keyword] is not JsonArray notes)
        {
            notes = [];
            schema[Keyword] = notes;
        }

        notes.Add((JsonNode)note);
    }

    /// <summary>Sets the description of what was written, with the keywords of the schema that it lacks.</summary>
    public static void Describe(JsonObject target, JsonObject schema, string? more = null)
    {
        var rules = Rules
            .Where(rule => schema.ContainsKey(rule) && !target.ContainsKey(rule))
            .Select(rule => Rule(rule, schema[rule]))
            .ToArray();
        var text = Join([
            Text(schema, "description") ?? Text(schema, "title"),
            rules.Length == 0 ? null : $"({string.Join(", ", rules)})",
            .. NotesOf(schema),
            more,
        ]);
        target.Remove("description");
        if (text.Length > 0)
        {
            target["description"] = text;
        }
    }

    /// <summary>Adds to the description of what was written, or of its first form where nothing may stand beside the forms.</summary>
    public static void Say(JsonObject written, params string?[] more)
    {
        var place = written.ContainsKey("description") ? written : FirstOf(written);
        var text = Join([Text(place, "description"), .. more]);
        if (text.Length > 0)
        {
            place["description"] = text;
        }
    }

    /// <summary>Puts the words of a schema before those of the first of its forms, for vendors that take nothing beside the forms.</summary>
    public static void SayFirst(JsonObject written, JsonObject schema)
    {
        var place = FirstOf(written);
        var words = new JsonObject();
        foreach (var keyword in (string[])["title", "description", "default", Keyword])
        {
            if (schema.ContainsKey(keyword))
            {
                words[keyword] = schema[keyword]?.DeepClone();
            }
        }

        var own = Text(place, "description");
        Describe(place, words);
        Say(place, own);
    }

    /// <summary>The first of the forms of what was written; itself where it has none.</summary>
    public static JsonObject FirstOf(JsonObject written)
    {
        while (written["anyOf"] is JsonArray { Count: > 0 } forms)
        {
            written = (JsonObject)forms[0]!;
        }

        return written;
    }

    /// <summary>What is required of an object but not among its properties; null where nothing is.</summary>
    public static string? MissingOf(JsonObject schema)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var missing = SchemaMerge.Names(schema["required"] as JsonArray ?? []).Where(name => !properties.ContainsKey(name)).ToArray();
        return missing.Length == 0 ? null : $"Also required: {List(SchemaMerge.Names(missing))}.";
    }

    /// <summary>What the items of a list are, place by place; null where all are the same.</summary>
    public static string? PlacesOf(JsonObject schema) =>
        schema["prefixItems"] is JsonArray places
            ? $"Items in order: {string.Join(", ", places.Cast<JsonObject>().Select(TypeOf))}."
            : null;

    /// <summary>The notes of a schema in plain form.</summary>
    public static IEnumerable<string> NotesOf(JsonObject schema) => SchemaMerge.Names(schema[Keyword] as JsonArray ?? []);

    /// <summary>A keyword and its value, as a note shows it.</summary>
    public static string Rule(string keyword, JsonNode? value) =>
        $"{keyword}: {(value is JsonArray several ? $"[{List(several)}]" : Cut(JsonText.Of(value)))}";

    /// <summary>Values in words; of very many, the first.</summary>
    public static string List(JsonArray values)
    {
        var length = 0;
        var shown = values.Select(JsonText.Of).TakeWhile(text => (length += text.Length + 2) <= MaxText).ToArray();
        return shown.Length == values.Count
            ? string.Join(", ", shown)
            : string.Join(", ", shown.Append($"and {values.Count - shown.Length} more"));
    }

    /// <summary>What a property is called that has another name in the tool; null where it has its own.</summary>
    public static string? NameOf(string name, string written) => name == written ? null : $"Named {JsonText.Of(Cut(name, MaxName))}.";

    /// <summary>Makes the schema of JSON text, for a value that the dialect cannot describe.</summary>
    public static JsonObject AsJsonText(JsonObject schema, string typeName)
    {
        var text = new JsonObject { ["type"] = typeName };
        var what = SchemaTypes.Of(schema).Where(static type => type != SchemaTypes.Null).ToArray() is { Length: 1 } types
            ? types[0] switch
            {
                SchemaTypes.Object => "An object",
                SchemaTypes.Array => "An array",
                _ => "A value",
            }
            : "Any value";
        var structure = Structure(schema);
        Describe(text, schema, $"{what}, {WrittenAsText}{(structure is null ? "" : " Its schema: " + structure)}");
        return text;
    }

    // Without it a model would not know what the text should hold.
    private static string? Structure(JsonObject schema)
    {
        var structure = new JsonObject();
        foreach (var keyword in (string[])["properties", "required", "additionalProperties", "items", "prefixItems", "anyOf"])
        {
            if (schema[keyword] is { } value and not JsonValue and not JsonObject { Count: 0 })
            {
                structure[keyword] = value.DeepClone();
            }
        }

        return structure.Count > 0 && JsonText.Of(structure) is { Length: <= MaxText } text ? text.Replace(Keyword, "notes") : null;
    }

    private static string TypeOf(JsonObject place) =>
        SchemaTypes.Of(place) is { Count: > 0 } types ? string.Join(" or ", types) : "any value";

    private static string Cut(string text, int length = MaxText) => text.Length <= length ? text : $"{text.Substring(0, length)}…";

    private static string Join(IEnumerable<string?> parts) =>
        string.Join(" ", parts.Where(static part => !string.IsNullOrWhiteSpace(part)));

    private static string? Text(JsonObject schema, string keyword) => schema[keyword] is JsonValue value ? value.GetValue<string>() : null;
}
