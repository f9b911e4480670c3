using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Json;

/// <summary>Reads a JSON object into a model: known fields into properties, all others kept.</summary>
/// <typeparam name="T">The model.</typeparam>
internal sealed class ModelReader<T>(Func<T> create)
    where T : MembraneModel
{
    private readonly List<MappedField> fields = [];
    private MappedField? first;

    /// <summary>Sets a property from the value that the reader stands on; false where the value has another type.</summary>
    public delegate bool Setter(T model, ref Utf8JsonReader reader, IObjectAdapter objects);

    /// <summary>Reads the object that the reader stands on, and leaves the reader on its end.</summary>
    /// <exception cref="JsonException">The value is not an object.</exception>
    public T Read(ref Utf8JsonReader reader, IObjectAdapter objects)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"An object was expected where the answer has a {reader.TokenType}.");
        }

        var model = (T?)objects.CreateModel(typeof(T)) ?? create();
        Dictionary<string, object?>? unknown = null;
        MappedField? previous = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = Find(ref reader, ref previous);
            var name = field is null ? reader.GetText() : null;
            reader.Read();
            if (field is null || !field.Set(model, ref reader, objects))
            {
                (unknown ??= [])[name ?? field!.Name] = JsonValueReader.Read(ref reader, objects);
            }
        }

        if (unknown is not null)
        {
            model.UnknownFields = unknown;
            objects.ShowUnknownFields(model, unknown);
        }

        return model;
    }

    /// <summary>Adds a field that <paramref name="set"/> reads.</summary>
    public ModelReader<T> Field(string name, Setter set)
    {
        fields.Add(new MappedField(name, set));
        return this;
    }

    // Servers send fields in the same order in every object, so the next name is nearly always that which followed the last time.
    private MappedField? Find(ref Utf8JsonReader reader, ref MappedField? previous)
    {
        var escapedName = reader.ValueIsEscaped ? reader.GetText() : null;
        var follower = previous is null ? first : previous.Follower;
        if (follower is null || !Is(follower, ref reader, escapedName))
        {
            follower = Search(ref reader, escapedName);
            if (follower is null)
            {
                return null;
            }

            // Readers on other threads may note another one: it is a guess, and each is compared.
            if (previous is null)
            {
                first = follower;
            }
            else
            {
                previous.Follower = follower;
            }
        }

        previous = follower;
        return follower;
    }

    private MappedField? Search(ref Utf8JsonReader reader, string? escapedName)
    {
        foreach (var field in fields)
        {
            if (Is(field, ref reader, escapedName))
            {
                return field;
            }
        }

        return null;
    }

    private static bool Is(MappedField field, ref Utf8JsonReader reader, string? escapedName) =>
        escapedName is null ? reader.ValueTextEquals(field.Utf8Name) : escapedName == field.Name;

    private sealed class MappedField(string name, Setter set)
    {
        public string Name { get; } = name;

        public byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(name);

        public Setter Set { get; } = set;

        /// <summary>The field that followed this one in an object that was read.</summary>
        public MappedField? Follower { get; set; }
    }
}
