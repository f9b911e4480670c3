using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Tools;

/// <summary>Reads the names of tools that were described for a model, in any format, and whether for the strict mode.</summary>
internal static class ToolNameReader
{
    /// <exception cref="MembraneInputException">The value is not a tool.</exception>
    public static IEnumerable<KeyValuePair<string, bool>> Read(JsonElement tool)
    {
        if (tool.ValueKind == JsonValueKind.Array)
        {
            return tool.EnumerateArray().SelectMany(Read);
        }

        if (tool.Member("functionDeclarations") is { ValueKind: JsonValueKind.Array } declarations)
        {
            return Read(declarations);
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
