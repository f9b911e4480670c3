using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Makes names of parameters valid by each vendor's rules. A changed name gets a hash of the original, so that no two collide. What a
/// server of the Model Context Protocol offers goes to models of every vendor; the rule of Claude is the one that its clients pass on.
/// </summary>
internal static class PropertyNames
{
    private const int MaxLength = 64;
    private const uint HashBasis = 2166136261;
    private const uint HashPrime = 16777619;

    /// <summary>Returns the names of an object's properties that a vendor accepts, by their own names. No two are the same.</summary>
    public static IReadOnlyDictionary<string, string> Map(JsonObject? properties, ToolDialect format)
    {
        var names = (properties ?? []).Select(static property => property.Key).ToArray();
        var taken = new HashSet<string>(names.Where(name => IsValid(name, format)), StringComparer.Ordinal);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var written = Sanitize(name, format);
            for (var attempt = 1; written != name && !taken.Add(written); attempt++)
            {
                written = Changed(name, format, Hash(name + attempt.ToString(CultureInfo.InvariantCulture)));
            }

            map.Add(name, written);
        }

        return map;
    }

    /// <summary>Returns the name of a property that a vendor accepts.</summary>
    public static string Sanitize(string name, ToolDialect format) => IsValid(name, format) ? name : Changed(name, format, Hash(name));

    private static string Changed(string name, ToolDialect format, uint hash)
    {
        var mark = "_" + hash.ToString("x8", CultureInfo.InvariantCulture);
        var sanitized = new StringBuilder();
        foreach (var character in name.Take(MaxLength - mark.Length - 1))
        {
            sanitized.Append(IsAllowed(character, format) ? character : '_');
        }

        if (sanitized.Length == 0 || !IsFirst(sanitized[0], format))
        {
            sanitized.Insert(0, '_');
        }

        return sanitized.Append(mark).ToString();
    }

    private static bool IsValid(string name, ToolDialect format) =>
        format is ToolDialect.OpenAI or ToolDialect.OpenAIResponses
        || (name.Length is > 0 and <= MaxLength && name.All(character => IsAllowed(character, format)) && IsFirst(name[0], format));

    private static bool IsAllowed(char c, ToolDialect format) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' || (format != ToolDialect.Gemini && c is '.' or '-');

    private static bool IsFirst(char c, ToolDialect format) => format != ToolDialect.Gemini || c is not (>= '0' and <= '9');

    // FNV-1a: the same in every process.
    private static uint Hash(string text) =>
        Encoding.UTF8.GetBytes(text).Aggregate(HashBasis, static (hash, one) => unchecked((hash ^ one) * HashPrime));
}
