using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Makes names of parameters valid by each vendor's rules. A changed name gets a hash of the original, so that no two collide.
/// </summary>
internal static class PropertyNames
{
    private const int MaxLength = 64;
    private const uint HashBasis = 2166136261;
    private const uint HashPrime = 16777619;

    /// <summary>Returns the name of a property that a vendor accepts.</summary>
    public static string Sanitize(string name, ToolDialect format)
    {
        if (
            format is not (ToolDialect.Anthropic or ToolDialect.Gemini)
            || (name.Length is > 0 and <= MaxLength && name.All(c => IsAllowed(c, format)) && IsFirst(name[0], format))
        )
        {
            return name;
        }

        var mark = "_" + Hash(name).ToString("x8", CultureInfo.InvariantCulture);
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

    private static bool IsAllowed(char c, ToolDialect format) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'
        || (format == ToolDialect.Anthropic && c is '.' or '-');

    private static bool IsFirst(char c, ToolDialect format) => format == ToolDialect.Anthropic || c is not (>= '0' and <= '9');

    // FNV-1a: the same in every process.
    private static uint Hash(string text) =>
        Encoding.UTF8.GetBytes(text).Aggregate(HashBasis, static (hash, one) => unchecked((hash ^ one) * HashPrime));
}
