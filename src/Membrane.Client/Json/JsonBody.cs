using System.Text.Json;

namespace Membrane.Client.Json;

/// <summary>Writes members that are left out when they have no value.</summary>
internal static class JsonBody
{
    public static void WriteText(this Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, LenientJsonText.Check(value!, name));
        }
    }

    public static void WriteFlag(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is not null)
        {
            writer.WriteBoolean(name, value.Value);
        }
    }

    public static void WriteValue(this Utf8JsonWriter writer, string name, object? value, IObjectAdapter objects, string parameterName)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            JsonValueWriter.Write(writer, value, objects, parameterName);
        }
    }
}
