using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Tools;

/// <summary>Reads the names of tools that were described for a model, in any format, and whether for the strict mode.</summary>
internal static class ToolNameReader
{
    /// <exception cref="MembraneInputException">The value is not a tool.</exception>
    public static IReadOnlyList<KeyValuePair<string, bool>> Read(JsonElement tool)
    {
        try
        {
            return Find(tool).ToArray();
        }
        catch (InvalidOperationException exception)
        {
            // System.Text.Json throws this for half a surrogate pair.
            throw new MembraneInputException(
                ErrorIds.InvalidJson,
                "Tool",
                "The tool has text that is not valid Unicode.",
                "Pass what ConvertTo-MembraneTool emits.",
                exception
            );
        }
    }

    private static IEnumerable<KeyValuePair<string, bool>> Find(JsonElement tool)
    {
        if (tool.ValueKind == JsonValueKind.Array)
        {
            return tool.EnumerateArray().SelectMany(Find);
        }

        if (tool.Member("functionDeclarations") is { ValueKind: JsonValueKind.Array } declarations)
        {
            return Find(declarations);
        }

        var described = tool.Member("function") ?? tool;
        var name = tool.Text("name") ?? described.Text("name");
        return string.IsNullOrEmpty(name)
            ? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Tool",
                "One of the tools is neither an action nor a tool of ConvertTo-MembraneTool.",
                "Pass what ConvertTo-MembraneTool emits."
            )
            : [new KeyValuePair<string, bool>(name!, described.Member("strict") is { ValueKind: JsonValueKind.True })];
    }
}
