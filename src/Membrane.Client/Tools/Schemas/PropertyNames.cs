using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Names of parameters within each vendor's rules. A name that has to change gets a mark that follows from it, so no two meet.
/// </summary>
internal static class PropertyNames
{
    private const int MaxLength = 64;
    private const uint HashBasis = 2166136261;
    private const uint HashPrime = 16777619;

    /// <summary>The name that a vendor takes for a property.</summary>
    public static string Fit(string name, ToolFormat format)
    {
        if (
            format is not (ToolFormat.Anthropic or ToolFormat.Gemini)
            || (name.Length is > 0 and <= MaxLength && name.All(c => IsFit(c, format)) && IsFirst(name[0], format))
        )
        {
            return name;
        }

        var mark = "_" + Hash(name).ToString("x8", CultureInfo.InvariantCulture);
        var fit = new StringBuilder();
        foreach (var character in name.Take(MaxLength - mark.Length - 1))
        {
            fit.Append(IsFit(character, format) ? character : '_');
        }

        if (fit.Length == 0 || !IsFirst(fit[0], format))
        {
            fit.Insert(0, '_');
        }

        return fit.Append(mark).ToString();
    }

    private static bool IsFit(char c, ToolFormat format) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'
        || (format == ToolFormat.Anthropic && c is '.' or '-');

    private static bool IsFirst(char c, ToolFormat format) => format == ToolFormat.Anthropic || c is not (>= '0' and <= '9');

    // FNV-1a: the same in every process.
    private static uint Hash(string text) =>
        Encoding.UTF8.GetBytes(text).Aggregate(HashBasis, static (hash, one) => unchecked((hash ^ one) * HashPrime));
}
