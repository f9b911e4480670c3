using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// What a tool takes, in plain form. Models pass an object with named parameters; what an action takes otherwise is wrapped as the
/// one parameter <see cref="WrapName"/>.
/// </summary>
internal sealed class InputShape
{
    public const string WrapName = "input";

    private const int MaxProperties = 1000;
    private const int MaxNames = 50_000;

    private InputShape(JsonObject schema, bool isWrapped)
    {
        Schema = schema;
        IsWrapped = isWrapped;
    }

    /// <summary>The schema of the parameters: always that of an object with properties.</summary>
    public JsonObject Schema { get; }

    /// <summary>Whether the input is the one parameter.</summary>
    public bool IsWrapped { get; }

    /// <summary>The shape of what a schema describes; without a schema, of an object without parameters.</summary>
    public static InputShape Of(object? schema, IObjectAdapter objects)
    {
        if (schema is null)
        {
            return new InputShape(NoParameters(), isWrapped: false);
        }

        try
        {
            return Of(JsonNodes.Element(schema, objects, "InputSchema"));
        }
        catch (Exception exception) when (exception is MembraneInputException or InvalidOperationException)
        {
            // A number without end, or half a surrogate pair: the input of such an action is not checked either, and the other tools
            // have nothing to do with it.
            return new InputShape(Wrap([]), isWrapped: true);
        }
    }

    /// <inheritdoc cref="Of(object, IObjectAdapter)"/>
    public static InputShape Of(JsonElement schema)
    {
        var plain = SchemaNormalizer.Normalize(schema);
        var root = SchemaMerge.Forms(plain) ?? plain;
        if (root.Count == 0 && schema.ValueKind is JsonValueKind.Object or JsonValueKind.Null)
        {
            return new InputShape(NoParameters(), isWrapped: false);
        }

        var isObject = SchemaTypes.Of(root).Contains(SchemaTypes.Object) && root["anyOf"] is null;
        if (!isObject || IsOpen(root) || IsTooLarge(root))
        {
            return new InputShape(Wrap(root), isWrapped: true);
        }

        root["type"] = SchemaTypes.Object;
        root["properties"] ??= new JsonObject();
        root.Remove("enum");
        root.Remove("const");
        return new InputShape(root, isWrapped: false);
    }

    /// <summary>Whether a schema is that of an object whose members it does not name.</summary>
    public static bool IsOpen(JsonObject schema) =>
        schema["properties"] is not JsonObject { Count: > 0 }
        && (schema["additionalProperties"] is JsonObject || schema["additionalProperties"] is JsonValue value && value.GetValue<bool>());

    // The root cannot become JSON text where a vendor does not take that many names; a parameter can.
    private static bool IsTooLarge(JsonObject root) =>
        root["properties"] is JsonObject properties
        && (properties.Count > MaxProperties || properties.Sum(static property => property.Key.Length) > MaxNames);

    private static JsonObject NoParameters() => new() { ["type"] = SchemaTypes.Object, ["properties"] = new JsonObject() };

    private static JsonObject Wrap(JsonObject schema) =>
        new()
        {
            ["type"] = SchemaTypes.Object,
            ["properties"] = new JsonObject { [WrapName] = schema },
            ["required"] = new JsonArray(WrapName),
        };
}
