using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Json;

/// <summary>
/// Writes a tree as text in which nothing is escaped that JSON allows as it is. The writer of the framework escapes quotes, emoji and more
/// as <c>\uXXXX</c>, which costs a model three times the tokens.
/// </summary>
internal static class JsonText
{
    /// <summary>Writes a tree.</summary>
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                WriteMembers(text, members);
                break;
            case JsonArray items:
                WriteItems(text, items);
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.String)
                {
                    WriteText(text, node.GetValue<string>());
                }
                else
                {
                    text.Append(node.ToJsonString());
                }

                break;
        }
    }

    private static void WriteMembers(StringBuilder text, JsonObject members)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var member in members)
        {
            if (!isFirst)
            {
                text.Append(',');
            }

            isFirst = false;
            WriteText(text, member.Key);
            text.Append(':');
            Write(text, member.Value);
        }

        text.Append('}');
    }

    private static void WriteItems(StringBuilder text, JsonArray items)
    {
        text.Append('[');
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
            {
                text.Append(',');
            }

            Write(text, items[index]);
        }

        text.Append(']');
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        for (var index = 0; index < value.Length; index++)
        {
            var letter = value[index];
            switch (letter)
            {
                case '"' or '\\':
                    text.Append('\\').Append(letter);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case var _ when char.IsSurrogatePair(value, index):
                    text.Append(letter).Append(value[++index]);
                    break;
                // Half a pair has no form in UTF-8, and readers of lines take U+2028 and U+2029 for the end of one.
                case < ' ' or '\u2028' or '\u2029':
                case var _ when char.IsSurrogate(letter):
                    text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(letter);
                    break;
            }
        }

        text.Append('"');
    }
}
