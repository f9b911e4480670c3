using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Decides where a dialect that cannot describe every value asks for JSON text, so that a call is read by the same rule. Where one of
/// several alternatives would be text, all are: otherwise that text could not be told from a string.
/// </summary>
/// <param name="maxLevels">The number of objects and lists inside each other that the vendor takes.</param>
internal sealed class TextPlaces(int maxLevels)
{
    /// <summary>Returns whether a value is written as JSON text.</summary>
    /// <param name="schema">The schema of the value, in plain form.</param>
    /// <param name="depth">The number of objects and lists around it.</param>
    public bool IsText(JsonObject schema, int depth)
    {
        if (schema["anyOf"] is JsonArray forms)
        {
            return SchemaMerge.AreForms(schema)
                ? depth >= maxLevels || !forms.Cast<JsonObject>().Append(schema).Any(HasProperties)
                : forms.Cast<JsonObject>().Where(static form => !SchemaTypes.IsOnlyNull(form)).Any(form => IsText(form, depth));
        }

        var types = SchemaTypes.Of(schema);
        return types.Count == 0
            || types.Any(type =>
                type switch
                {
                    SchemaTypes.Object => depth >= maxLevels || !HasProperties(schema),
                    SchemaTypes.Array => depth >= maxLevels,
                    _ => false,
                }
            );
    }

    private static bool HasProperties(JsonObject schema) => schema["properties"] is JsonObject { Count: > 0 };
}
