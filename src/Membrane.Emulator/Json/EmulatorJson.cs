using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;

namespace Membrane.Emulator.Json;

/// <summary>Between JSON as text, JSON that is kept (never changed) and JSON that is being edited.</summary>
internal static class EmulatorJson
{
    /// <summary>The deepest nesting that is read, as in the framework's default.</summary>
    public const int MaximumDepth = 64;

    private const int LargestSpare = 4 * 1024 * 1024;

    private static MemoryStream? spare;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonSerializerOptions SerializerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>An empty object.</summary>
    public static JsonElement EmptyObject { get; } = Parse("{}");

    /// <summary>Reads trusted JSON text.</summary>
    public static JsonElement Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads trusted JSON bytes: what is stored may be a little deeper than what is read from outside.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="wrapping">How many levels there are around what is stored.</param>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8, int wrapping = 0)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth + 16 + wrapping });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Reads JSON that came from outside: exactly one value, valid text in every string.</summary>
    /// <exception cref="JsonException">The bytes are not such JSON.</exception>
    public static JsonElement ParseForeign(byte[] utf8)
    {
        var start = utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;
        try
        {
            StrictUtf8.GetCharCount(utf8, start, utf8.Length - start);
        }
        catch (DecoderFallbackException)
        {
            throw new JsonException("The text is not valid UTF-8.");
        }

        var reader = new Utf8JsonReader(utf8.AsSpan(start), new JsonReaderOptions { MaxDepth = MaximumDepth });
        var value = JsonElement.ParseValue(ref reader);
        while (reader.Read())
        {
            throw new JsonException("There is more than one JSON value.");
        }

        // Half a surrogate pair passes the parser and fails later, whenever the string is first read.
        if (Array.IndexOf(utf8, (byte)'\\') >= 0)
        {
            CheckStrings(value);
        }

        return value;
    }

    /// <summary>Makes a copy that can be edited; of members with the same name the last one counts.</summary>
    public static JsonObject Edit(JsonElement value)
    {
        var result = new JsonObject();
        foreach (var property in value.EnumerateObject())
        {
            result[property.Name] = ToNode(property.Value);
        }

        return result;
    }

    /// <summary>Returns the value as a node that can be put into an object that is being edited.</summary>
    public static JsonNode? ToNode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return Edit(value);
            case JsonValueKind.Array:
                var array = new JsonArray();
                foreach (var item in value.EnumerateArray())
                {
                    array.Add(ToNode(item));
                }

                return array;
            case JsonValueKind.Null:
            case JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(value);
        }
    }

    /// <summary>Returns how deep the value is nested: 1 for text and numbers, one more for each object or array around.</summary>
    public static int Depth(JsonNode? node)
    {
        var inner = 0;
        if (node is JsonObject members)
        {
            foreach (var member in members)
            {
                inner = Math.Max(inner, Depth(member.Value));
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                inner = Math.Max(inner, Depth(item));
            }
        }

        return inner + 1;
    }

    /// <summary>Returns the object as JSON that is kept.</summary>
    public static JsonElement Freeze(JsonNode node) => Parse(ToBytes(node));

    /// <summary>Returns the node as UTF-8.</summary>
    public static byte[] ToBytes(JsonNode? node) =>
        Write(writer =>
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer, SerializerOptions);
            }
        });

    /// <summary>Returns what <paramref name="write"/> writes, as UTF-8.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        // Pages are a megabyte and more: a buffer that has grown once is worth keeping. One that is in use is not there.
        var buffer = Interlocked.Exchange(ref spare, null) ?? new MemoryStream(512);
        buffer.SetLength(0);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer);
        }

        var text = buffer.ToArray();
        if (buffer.Capacity <= LargestSpare)
        {
            spare = buffer;
        }

        return text;
    }

    /// <summary>Returns a member's text, if it is there and is text.</summary>
    public static string? Text(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    /// <summary>Returns whether a member is there and true.</summary>
    public static bool Flag(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.True;

    /// <summary>Returns a member that is there and not null.</summary>
    public static JsonElement? Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>Writes a moment in the form the API uses.</summary>
    public static string Time(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a moment from the form the API uses.</summary>
    public static bool TryReadTime(string? text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out moment
        );

    private static void CheckStrings(JsonElement value)
    {
        try
        {
            Walk(value);
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("A string is not valid Unicode text.");
        }

        static void Walk(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                value.GetString();
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in value.EnumerateArray())
                {
                    Walk(item);
                }
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    Walk(property.Value);
                }
            }
        }
    }
}
