using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>What OpenAI refuses, strict or not.</summary>
internal static class OpenAIRules
{
    // Its patterns have to compile in engines without look-around, back references and classes of Unicode. What is left is known to be
    // the same in all of them.
    private static readonly Regex Unknown = new(
        @"\(\?(?!:)|\\[pPkKQEGAzZxXuUcCN0-9]|\{\d*,?\d{4,}|\{\d{4,}|\[\^?\]|[*+?}][*+]|\[[^\]]*(?:&&|--|~~)",
        RegexOptions.CultureInvariant
    );

    private static readonly ConcurrentDictionary<string, string?> Known = new();

    public static IEnumerable<string> Faults(JsonObject parameters)
    {
        foreach (var (schema, place, _) in Written.All(parameters))
        {
            if (Written.Types(schema).Contains("array") && schema["items"] is not JsonObject)
            {
                yield return $"items: none at {place}";
            }

            if (schema.ContainsKey("prefixItems"))
            {
                yield return $"items: a tuple at {place}";
            }

            if (schema["pattern"] is JsonValue pattern && PatternFault((string)pattern!) is { } fault)
            {
                yield return $"pattern: {fault}: {pattern} at {place}";
            }
        }
    }

    public static string? PatternFault(string pattern) => Known.GetOrAdd(pattern, FindFault);

    private static string? FindFault(string pattern)
    {
        if (Unknown.Match(pattern) is { Success: true } found)
        {
            return found.Value;
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return null;
        }
        catch (System.Exception exception) when (exception is System.ArgumentException or System.NotSupportedException)
        {
            return "does not compile";
        }
    }
}
