using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Schemas.Values;

/// <summary>One step of a JSON pointer (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Escape(string segment) => segment.Replace("~", "~0").Replace("/", "~1");

    public static bool TryStep(JsonElement value, string escaped, out JsonElement next)
    {
        var segment = escaped.Replace("~1", "/").Replace("~0", "~");
        next = default;
        return value.ValueKind switch
        {
            // The framework refuses to look for half a surrogate pair, which no valid document has in a name.
            JsonValueKind.Object => LenientJsonText.IsWellFormed(segment) && value.TryGetProperty(segment, out next),
            JsonValueKind.Array => TryItem(value, segment, out next),
            _ => false,
        };
    }

    private static bool TryItem(JsonElement items, string segment, out JsonElement item)
    {
        item = default;
        if (!int.TryParse(segment, out var index) || index < 0 || index >= items.GetArrayLength())
        {
            return false;
        }

        item = items[index];
        return true;
    }
}
