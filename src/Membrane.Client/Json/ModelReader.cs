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
        var expected = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = Find(ref reader, ref expected);
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

    // Servers send fields in the same order in every object, so the next name is nearly always the next of the list.
    private MappedField? Find(ref Utf8JsonReader reader, ref int expected)
    {
        var escapedName = reader.ValueIsEscaped ? reader.GetText() : null;
        for (var step = 0; step < fields.Count; step++)
        {
            var index = expected + step;
            if (index >= fields.Count)
            {
                index -= fields.Count;
            }

            if (escapedName is null ? reader.ValueTextEquals(fields[index].Utf8Name) : escapedName == fields[index].Name)
            {
                expected = index + 1;
                return fields[index];
            }
        }

        return null;
    }

    private sealed class MappedField(string name, Setter set)
    {
        public string Name { get; } = name;

        public byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(name);

        public Setter Set { get; } = set;
    }
}
