using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Shards;

/// <summary>
/// The one way to write a row or a value, so that workers on different machines and editions agree on it. A simple value is its text, an
/// object is JSON with the members in the order of their names and each simple value as a JSON string. Members without a value are left out.
/// </summary>
internal sealed class CanonicalText(IObjectAdapter objects, string parameterName)
{
    private const int MaxDepth = JsonValueWriter.MaxDepth;

    /// <summary>Returns the text of a value; empty for nothing.</summary>
    /// <exception cref="MembraneInputException">The value has no text, or is nested without an end.</exception>
    public string Of(object? value)
    {
        if (SimpleText(value) is { } simple)
        {
            return simple;
        }

        var text = new StringBuilder();
        Append(text, value, parameterName, 0);
        return text.ToString();
    }

    private void Append(StringBuilder text, object? value, string path, int depth)
    {
        if (SimpleText(value) is { } simple)
        {
            AppendString(text, simple);
        }
        else if (depth == MaxDepth)
        {
            throw Refuse(path, $"is nested more than {MaxDepth} levels deep");
        }
        else if (objects.Unwrap(value) is SecureString or Delegate)
        {
            throw Refuse(path, $"is a {objects.Unwrap(value)!.GetType().Name}, which is not data");
        }
        else if (objects.Unwrap(value) is UnreadableValue unreadable)
        {
            throw unreadable.Refuse(path, parameterName);
        }
        else if (ObjectMembers.Of(value, objects) is { } members)
        {
            AppendMembers(text, members, path, depth);
        }
        else
        {
            AppendItems(text, value, path, depth);
        }
    }

    private void AppendMembers(StringBuilder text, IEnumerable<KeyValuePair<string, object?>> members, string path, int depth)
    {
        text.Append('{');
        var separator = string.Empty;
        foreach (var member in members.OrderBy(static member => member.Key, CodePointOrder.Instance))
        {
            if (SimpleText(member.Value) is not "")
            {
                text.Append(separator);
                AppendString(text, member.Key);
                text.Append(':');
                Append(text, member.Value, path + "." + member.Key, depth + 1);
                separator = ",";
            }
        }

        text.Append('}');
    }

    private void AppendItems(StringBuilder text, object? value, string path, int depth)
    {
        var items =
            objects.Unwrap(value) switch
            {
                JsonElement { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Cast<object?>(),
                JsonNode node => node.AsArray(),
                IEnumerable list => list.Cast<object?>(),
                _ => (IEnumerable<object?>?)null,
            } ?? throw Refuse(path, $"is a {objects.Unwrap(value)!.GetType().Name}, which is not data");
        text.Append('[');
        var count = 0;
        foreach (var item in items)
        {
            text.Append(count == 0 ? string.Empty : ",");
            Append(text, item, $"{path}[{count}]", depth + 1);
            count++;
        }

        text.Append(']');
    }

    // Empty for nothing: a file of comma-separated values cannot tell the two apart.
    private string? SimpleText(object? value) =>
        objects.Unwrap(value) switch
        {
            null => string.Empty,
            bool flag => flag ? "True" : "False",
            DateTime { Kind: DateTimeKind.Local } time => SimpleValue.Text(time.ToUniversalTime()),
            DateTimeOffset time => SimpleValue.Text(time.UtcDateTime),
            byte[] bytes => Convert.ToBase64String(bytes),
            JsonElement element => SimpleText(element),
            JsonValue node => SimpleText(Parse(node)),
            { } bare => SimpleValue.TextOf(bare) ?? CanonicalNumber.Of(bare),
        };

    private static JsonElement Parse(JsonValue node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static string? SimpleText(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => string.Empty,
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.TryGetDecimal(out var number)
                ? CanonicalNumber.Of(number)
                : CanonicalNumber.Of(element.GetDouble()),
            _ => null,
        };

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    private MembraneInputException Refuse(string path, string why) =>
        new(
            ErrorIds.InvalidInput,
            parameterName,
            $"The value of {path} {why}: it belongs to no shard.",
            "Pass rows of plain data, or name the property that tells them apart."
        );
}
