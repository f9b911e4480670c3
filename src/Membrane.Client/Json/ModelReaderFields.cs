using System;
using System.Collections.Generic;
using System.Security;
using System.Text.Json;

namespace Membrane.Client.Json;

/// <summary>The kinds of fields that models have. Null is a value of each kind.</summary>
internal static class ModelReaderFields
{
    public static ModelReader<T> Text<T>(this ModelReader<T> fields, string name, Action<T, string?> set)
        where T : MembraneModel => fields.Text(name, LenientJsonText.GetText, set);

    /// <summary>Text that many items of a list have in common.</summary>
    public static ModelReader<T> RepeatedText<T>(this ModelReader<T> fields, string name, Action<T, string?> set)
        where T : MembraneModel => fields.Text(name, Json.RepeatedText.Read, set);

    /// <summary>Text that is never shown. A value of another kind is passed over: it must not become an ordinary property.</summary>
    public static ModelReader<T> Secret<T>(this ModelReader<T> fields, string name, Action<T, SecureString?> set)
        where T : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter _) =>
            {
                if (reader.TokenType != JsonTokenType.String)
                {
                    reader.Skip();
                    return true;
                }

                var secret = new SecureString();
                foreach (var character in reader.GetString()!)
                {
                    secret.AppendChar(character);
                }

                secret.MakeReadOnly();
                set(model, secret);
                return true;
            }
        );

    public static ModelReader<T> Flag<T>(this ModelReader<T> fields, string name, Action<T, bool?> set)
        where T : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter _) =>
            {
                bool? value = reader.TokenType switch
                {
                    JsonTokenType.True => true,
                    JsonTokenType.False => false,
                    _ => null,
                };
                if (value is null && reader.TokenType != JsonTokenType.Null)
                {
                    return false;
                }

                set(model, value);
                return true;
            }
        );

    public static ModelReader<T> Time<T>(this ModelReader<T> fields, string name, Action<T, DateTimeOffset?> set)
        where T : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter _) =>
            {
                if (reader.TokenType == JsonTokenType.Null)
                {
                    set(model, null);
                    return true;
                }

                if (reader.TokenType != JsonTokenType.String || !reader.TryGetTime(out var time))
                {
                    return false;
                }

                set(model, time);
                return true;
            }
        );

    public static ModelReader<T> Whole<T>(this ModelReader<T> fields, string name, Action<T, long?> set)
        where T : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter _) =>
            {
                if (reader.TokenType == JsonTokenType.Null)
                {
                    set(model, null);
                    return true;
                }

                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
                {
                    return false;
                }

                set(model, number);
                return true;
            }
        );

    public static ModelReader<T> Number<T>(this ModelReader<T> fields, string name, Action<T, double?> set)
        where T : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter _) =>
            {
                if (reader.TokenType == JsonTokenType.Null)
                {
                    set(model, null);
                    return true;
                }

                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var number))
                {
                    return false;
                }

                set(model, number);
                return true;
            }
        );

    public static ModelReader<T> Any<T>(this ModelReader<T> fields, string name, Action<T, object?> set)
        where T : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter objects) =>
            {
                set(model, JsonValueReader.Read(ref reader, objects));
                return true;
            }
        );

    public static ModelReader<T> Model<T, TMember>(
        this ModelReader<T> fields,
        string name,
        Func<ModelReader<TMember>> member,
        Action<T, TMember?> set
    )
        where T : MembraneModel
        where TMember : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter objects) =>
            {
                if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
                {
                    return false;
                }

                set(model, reader.TokenType == JsonTokenType.Null ? null : objects.CreatePart(member().Read(ref reader, objects)));
                return true;
            }
        );

    public static ModelReader<T> Models<T, TMember>(
        this ModelReader<T> fields,
        string name,
        Func<ModelReader<TMember>> member,
        Action<T, IReadOnlyList<TMember>?> set
    )
        where T : MembraneModel
        where TMember : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter objects) =>
            {
                if (reader.TokenType == JsonTokenType.Null)
                {
                    set(model, null);
                    return true;
                }

                if (reader.TokenType != JsonTokenType.StartArray || !HoldsOnly(reader, JsonTokenType.StartObject))
                {
                    return false;
                }

                var items = new List<TMember>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(member().Read(ref reader, objects));
                }

                set(model, objects.CreateParts(items));
                return true;
            }
        );

    public static ModelReader<T> Texts<T>(this ModelReader<T> fields, string name, Action<T, IReadOnlyList<string>?> set)
        where T : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter _) =>
            {
                if (reader.TokenType == JsonTokenType.Null)
                {
                    set(model, null);
                    return true;
                }

                if (reader.TokenType != JsonTokenType.StartArray || !HoldsOnly(reader, JsonTokenType.String))
                {
                    return false;
                }

                var items = new List<string>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(reader.GetText()!);
                }

                set(model, items.AsReadOnly());
                return true;
            }
        );

    private static ModelReader<T> Text<T>(this ModelReader<T> fields, string name, ReadText read, Action<T, string?> set)
        where T : MembraneModel =>
        fields.Field(
            name,
            (T model, ref Utf8JsonReader reader, IObjectAdapter _) =>
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                {
                    return false;
                }

                set(model, read(ref reader));
                return true;
            }
        );

    // The reader is a copy: looking ahead leaves the caller's where it is.
    private static bool HoldsOnly(Utf8JsonReader reader, JsonTokenType type)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != type)
            {
                return false;
            }

            reader.Skip();
        }

        return true;
    }

    private delegate string? ReadText(ref Utf8JsonReader reader);
}
