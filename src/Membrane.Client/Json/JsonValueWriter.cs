using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Membrane.Client.Json;

/// <summary>Writes any value of the host as JSON, and says by its path what cannot be written.</summary>
internal sealed class JsonValueWriter
{
    /// <summary>The deepest nesting of a body; also what the reader of System.Text.Json accepts.</summary>
    public const int MaxDepth = 64;

    private readonly Utf8JsonWriter writer;
    private readonly IObjectAdapter objects;
    private readonly string parameterName;

    private JsonValueWriter(Utf8JsonWriter writer, IObjectAdapter objects, string parameterName)
    {
        this.writer = writer;
        this.objects = objects;
        this.parameterName = parameterName;
    }

    /// <summary>Writes a value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">What.</param>
    /// <param name="objects">What objects look like on this host.</param>
    /// <param name="parameterName">The parameter that the value came from, for errors.</param>
    /// <exception cref="MembraneInputException">The value has no form in JSON.</exception>
    public static void Write(Utf8JsonWriter writer, object? value, IObjectAdapter objects, string parameterName) =>
        new JsonValueWriter(writer, objects, parameterName).WriteValue(value, parameterName);

    /// <summary>A value as JSON text in UTF-8.</summary>
    /// <exception cref="MembraneInputException">The value has no form in JSON.</exception>
    public static byte[] ToBytes(object? value, IObjectAdapter objects, string parameterName)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, value, objects, parameterName);
        }

        return stream.ToArray();
    }

    private void WriteValue(object? value, string path)
    {
        var bare = objects.Unwrap(value);
        switch (bare)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                WriteText(text, path);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case JsonElement element:
                WriteJson(element.WriteTo, path);
                break;
            case JsonNode node:
                WriteJson(target => node.WriteTo(target), path);
                break;
            case IDictionary dictionary:
                WriteDictionary(dictionary, path);
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                WriteMembers(members, path);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            default:
                if (!TryWriteScalar(bare, path))
                {
                    WriteComposite(value!, bare, path);
                }

                break;
        }
    }

    private void WriteComposite(object value, object bare, string path)
    {
        if (bare is System.Security.SecureString or Delegate)
        {
            throw Refuse(path, $"is a {bare.GetType().Name}, which is not sent as data", "Pass the plain value that the app expects.");
        }

        if (LossOf(bare) is { } loss)
        {
            throw Refuse(path, $"is a {bare.GetType().Name}, {loss.Why}", loss.Advice);
        }

        if (bare is UnreadableValue unreadable)
        {
            throw unreadable.Refuse(path, parameterName);
        }

        if (bare is UnwritableObject unwritable)
        {
            throw unwritable.Refuse(path, parameterName);
        }

        if (TableRow.Columns(bare) is { } columns)
        {
            WriteMembers(columns, path);
            return;
        }

        if (bare is IEnumerable items)
        {
            CheckDepth(path);
            writer.WriteStartArray();
            var index = 0;
            foreach (var item in items)
            {
                WriteValue(item, path + "[" + index.ToString(CultureInfo.InvariantCulture) + "]");
                index++;
            }

            writer.WriteEndArray();
            return;
        }

        var members = objects.GetMembers(value);
        if (members is null)
        {
            throw Refuse(
                path,
                $"is a {bare.GetType().FullName}, which has no form in JSON",
                "Pass a hashtable, an object with properties, an array, a string, a number or a boolean."
            );
        }

        WriteMembers(members, path);
    }

    // Part of these would be lost: what is sent must be all of what was given, or nothing.
    private static (string Why, string Advice)? LossOf(object bare) =>
        bare switch
        {
            XmlNode => ("which has no form in JSON", "Pass the text that is meant, such as its OuterXml or InnerText."),
            XObject => ("which has no form in JSON", "Pass the text that is meant, such as that of its ToString()."),
            NameValueCollection => ("in which a name may have several values", "Pass a hashtable."),
            Regex => ("whose options have no form in JSON", "Pass its pattern as text."),
            Array { Rank: > 1 } => ("with more than one dimension", "Pass an array of arrays."),
            _ => null,
        };

    private void WriteDictionary(IDictionary dictionary, string path)
    {
        CheckDepth(path);
        writer.WriteStartObject();
        HashSet<string>? names = null;
        foreach (DictionaryEntry entry in dictionary)
        {
            var name = entry.Key as string ?? DictionaryEntries.NameOf(objects.Unwrap(entry.Key) ?? string.Empty);
            // Keys that are text are different; 1 and '1' are two keys, and one name.
            if (entry.Key is not string && !(names ??= [.. dictionary.Keys.OfType<string>()]).Add(name))
            {
                throw Refuse(path, $"has two keys that are '{name}' in JSON, such as a number and its text", "Leave one of them out.");
            }

            WriteMember(name, entry.Value, path);
        }

        writer.WriteEndObject();
    }

    private void WriteMembers(IEnumerable<KeyValuePair<string, object?>> members, string path)
    {
        CheckDepth(path);
        writer.WriteStartObject();
        foreach (var member in members)
        {
            WriteMember(member.Key, member.Value, path);
        }

        writer.WriteEndObject();
    }

    private void WriteMember(string name, object? value, string path)
    {
        var memberPath = path + "." + name;
        if (!LenientJsonText.IsWellFormed(name))
        {
            throw Refuse(memberPath, "has a name with half a surrogate pair", "Correct the text.");
        }

        writer.WritePropertyName(name);
        WriteValue(value, memberPath);
    }

    private void WriteText(string text, string path)
    {
        if (!LenientJsonText.IsWellFormed(text))
        {
            throw Refuse(path, "contains half a surrogate pair, which is not valid text", "Correct the text.");
        }

        writer.WriteStringValue(text);
    }

    private bool TryWriteScalar(object value, string path)
    {
        switch (value)
        {
            case int number:
                writer.WriteNumberValue(number);
                return true;
            case long number:
                writer.WriteNumberValue(number);
                return true;
            case double number:
                CheckFinite(number, path);
                writer.WriteNumberValue(number);
                return true;
            case float number:
                // Not as a double, which would show the digits that a float does not have.
                CheckFinite(number, path);
                writer.WriteNumberValue(number);
                return true;
            case decimal number:
                writer.WriteNumberValue(number);
                return true;
            case byte or sbyte or short or ushort or uint:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case ulong number:
                writer.WriteNumberValue(number);
                return true;
            case DateTime time:
                writer.WriteStringValue(time);
                return true;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                return true;
            default:
                return TryWriteOther(value, path);
        }
    }

    private bool TryWriteOther(object value, string path)
    {
        if (SimpleValue.TextOf(value) is { } text)
        {
            WriteText(text, path);
            return true;
        }

        if (SimpleValue.DigitsOf(value) is not { } digits)
        {
            return false;
        }

        if (!SimpleValue.IsFinite(value))
        {
            throw NotFinite(path);
        }

        writer.WriteRawValue(digits);
        return true;
    }

    private void CheckFinite(double number, string path)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            throw NotFinite(path);
        }
    }

    private MembraneInputException NotFinite(string path) =>
        Refuse(path, "is not a finite number, and JSON has no other", "Pass a number, or leave the member out.");

    private void WriteJson(System.Action<Utf8JsonWriter> write, string path)
    {
        try
        {
            write(writer);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw Refuse(path, "is a JSON value that cannot be written: " + exception.Message.TrimEnd('.'), "Correct the value.");
        }
    }

    private void CheckDepth(string path)
    {
        if (writer.CurrentDepth >= MaxDepth)
        {
            throw Refuse(
                path,
                $"is nested deeper than {MaxDepth} levels",
                "Does it contain itself? Pass only the members that the action needs."
            );
        }
    }

    private MembraneInputException Refuse(string path, string why, string advice) =>
        new(ErrorIds.InvalidInput, parameterName, path + " " + why + ".", advice);
}
