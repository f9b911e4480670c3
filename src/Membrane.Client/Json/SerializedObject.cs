using System;
using System.Diagnostics.CodeAnalysis;
using System.Security;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Membrane.Client.Json;

/// <summary>
/// Objects of the caller's own types as System.Text.Json writes them: by the names of their properties, or what their attributes say.
/// Enums are written by name, as everywhere else.
/// </summary>
internal static class SerializedObject
{
    /// <summary>Returns the object as JSON, or what stands for one that cannot be written.</summary>
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "A trimmed program has no reflection of System.Text.Json, which is asked for first."
    )]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The same holds for one that is compiled ahead of time.")]
    public static object Write(object value)
    {
        if (!JsonSerializer.IsReflectionEnabledByDefault)
        {
            return new UnwritableObject(
                value.GetType(),
                "this program has no reflection to write it with",
                "Pass a dictionary or a JsonElement, or pass the JsonTypeInfo of the type as well.",
                null
            );
        }

        return Write(value.GetType(), () => JsonSerializer.SerializeToElement(value, value.GetType(), Reflection.Options));
    }

    /// <summary>Returns what a serializer of the caller's makes of a value, or what stands for one that cannot be written.</summary>
    public static object Write(Type type, Func<JsonElement> serialize)
    {
        try
        {
            return serialize();
        }
        catch (Exception exception)
        {
            // The serializer runs code of the caller: properties and converters may throw anything.
            return new UnwritableObject(type, exception.Message.TrimEnd('.'), "Pass only what the app needs.", exception);
        }
    }

    /// <summary>Made for the first object of a type of the caller's.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "It is only asked for where there is reflection.")]
    private static class Reflection
    {
        public static readonly JsonSerializerOptions Options = new()
        {
            Converters = { new JsonStringEnumConverter(), new TextConverter(), new SecretConverter() },
            MaxDepth = JsonValueWriter.MaxDepth,
        };
    }

    /// <summary>Text with half a surrogate pair would be changed on its way.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Check(value));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Check(value));

        private static string Check(string value) =>
            LenientJsonText.IsWellFormed(value)
                ? value
                : throw new JsonException("It contains half a surrogate pair, which is not valid text");
    }

    private sealed class SecretConverter : JsonConverter<SecureString>
    {
        public override SecureString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, SecureString value, JsonSerializerOptions options) =>
            throw new JsonException("It contains a SecureString, which is not sent as data");
    }
}
