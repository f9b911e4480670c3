using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Code;

/// <summary>What code did wrong, as the API tells it.</summary>
internal static class CodeFailure
{
    private const int LongestLine = 200;

    /// <summary>Makes the error of a failure that a worker has told.</summary>
    public static ApiException Of(string code, JsonElement error, JsonArray logs)
    {
        var facts = new JsonObject();
        if (error.Member("line") is { } line)
        {
            facts["lineNumber"] = line.GetInt32();
            facts["columnNumber"] = error.GetProperty("column").GetInt32();
            facts["code"] = LineOf(code, line.GetInt32());
        }

        return new ApiException(400, "custom_code", null, error.Text("message") ?? "", facts) { Stack = error.Text("stack"), Logs = logs };
    }

    /// <summary>Makes the error of a worker that could tell nothing.</summary>
    public static ApiException Of(string message, JsonArray logs) => new(400, "custom_code", null, message) { Logs = logs };

    private static string? LineOf(string code, int number)
    {
        var lines = code.Split('\n');
        var line = number <= lines.Length ? lines[number - 1].Trim() : null;
        return line?.Length > LongestLine ? line.Substring(0, LongestLine) : line;
    }
}
