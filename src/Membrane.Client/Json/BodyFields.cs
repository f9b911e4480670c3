using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Json;

/// <summary>The members of a request's body, in order. What has no value is left out.</summary>
internal sealed class BodyFields
{
    private readonly List<(string Name, object? Value, string ParameterName)> fields = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Adds a member, unless it is null or an empty text.</summary>
    public BodyFields Add(string name, object? value) => value is null or "" ? this : Put(name, value, Parameter(name));

    /// <summary>Adds a text that can be taken away: null is left out, and an empty text becomes null.</summary>
    public BodyFields AddErasable(string name, string? value) =>
        value is null ? this : Put(name, value.Length == 0 ? null : value, Parameter(name));

    /// <summary>Adds members under the API's own names, null among them.</summary>
    /// <exception cref="MembraneInputException">One of them is there already, or has no name.</exception>
    public BodyFields AddMore(IEnumerable<KeyValuePair<string, object?>>? more)
    {
        foreach (var field in more ?? [])
        {
            if (string.IsNullOrWhiteSpace(field.Key) || names.Contains(field.Key))
            {
                throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    "Property",
                    string.IsNullOrWhiteSpace(field.Key)
                        ? "A field of Property has no name."
                        : $"The field '{field.Key}' is given twice: in Property, and by a parameter of its own.",
                    "Give each field once, under the name that the API has for it."
                );
            }

            Put(field.Key, field.Value, "Property." + field.Key);
        }

        return this;
    }

    /// <summary>The members of a change, of which there must be some.</summary>
    /// <exception cref="MembraneInputException">There are none.</exception>
    public BodyFields RequireSome() =>
        fields.Count > 0
            ? this
            : throw new MembraneInputException(ErrorIds.InvalidInput, "Property", "Nothing is to be changed.", "Pass at least one field.");

    public void Write(Utf8JsonWriter writer, IObjectAdapter objects)
    {
        writer.WriteStartObject();
        foreach ((var name, var value, var parameterName) in fields)
        {
            writer.WritePropertyName(name);
            JsonValueWriter.Write(writer, value, objects, parameterName);
        }

        writer.WriteEndObject();
    }

    private static string Parameter(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private BodyFields Put(string name, object? value, string parameterName)
    {
        names.Add(name);
        fields.Add((name, value, parameterName));
        return this;
    }
}
