using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Json;

/// <summary>JSON as a tree that can be changed.</summary>
internal static class JsonNodes
{
    /// <summary>Takes whatever the writer of values writes.</summary>
    public static readonly JsonDocumentOptions DeepEnough = new() { MaxDepth = JsonValueWriter.MaxDepth + 2 };

    /// <summary>A copy of a value. Of a name that comes twice the last one counts.</summary>
    /// <exception cref="System.InvalidOperationException">Text has half a surrogate pair.</exception>
    public static JsonNode? Of(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = Of(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray(value.EnumerateArray().Select(Of).ToArray());
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.String:
                return JsonValue.Create(value.GetString());
            default:
                return JsonValue.Create(value.Clone());
        }
    }

    /// <summary>A value of the host as JSON.</summary>
    /// <exception cref="MembraneInputException">It has no form in JSON.</exception>
    public static JsonElement Element(object? value, IObjectAdapter objects, string parameterName) =>
        value is JsonElement element ? element : Parse(JsonValueWriter.ToBytes(value, objects, parameterName));

    /// <summary>One whole JSON text.</summary>
    /// <exception cref="JsonException">It is not valid.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, DeepEnough);
        return document.RootElement.Clone();
    }

    /// <summary>One whole JSON text, or null where the text is not one.</summary>
    public static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, DeepEnough);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // The framework says the latter of half a surrogate pair.
            return null;
        }
    }

    /// <summary>A tree as a value of the host.</summary>
    public static object? ToHost(JsonNode? node, IObjectAdapter objects) => JsonValueReader.Read(ToBytes(node), objects);

    /// <summary>A tree as a value that does not change.</summary>
    public static JsonElement ToElement(JsonNode? node) => Parse(ToBytes(node));

    /// <summary>A tree as text in UTF-8. Without a serializer, which would need types that trimming removes.</summary>
    public static byte[] ToBytes(JsonNode? node) => Encoding.UTF8.GetBytes(JsonText.Of(node));

    /// <summary>The member of an object, or null.</summary>
    public static JsonElement? Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>The member of an object where it is text, or null.</summary>
    public static string? Text(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The items of a member that is a list; none where it is not.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];
}
