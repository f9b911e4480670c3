using System;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Reading;

/// <summary>One JSON document with schemas in it, and the places of those.</summary>
internal sealed class SchemaDocument(JsonElement root)
{
    private readonly Dictionary<string, SchemaLocation> locations = new(StringComparer.Ordinal);

    public void Add(SchemaLocation location) => locations[location.Pointer] = location;

    /// <summary>Finds the schema at a pointer, even where no keyword of JSON Schema has one.</summary>
    public SchemaLocation? Find(string pointer)
    {
        if (locations.TryGetValue(pointer, out var known))
        {
            return known;
        }

        var element = root;
        var nearest = locations[""];
        var position = 0;
        while (position < pointer.Length)
        {
            var end = pointer.IndexOf('/', position + 1);
            if (end < 0)
            {
                end = pointer.Length;
            }

            if (!JsonPointer.TryStep(element, pointer.Substring(position + 1, end - position - 1), out element))
            {
                return null;
            }

            position = end;
            if (locations.TryGetValue(pointer.Substring(0, position), out var passed))
            {
                nearest = passed;
            }
        }

        var found = new SchemaLocation(nearest.Resource, pointer, element);
        locations.Add(pointer, found);
        return found;
    }
}
