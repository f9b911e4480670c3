using System.Linq;

namespace Membrane.Client.Tools;

/// <summary>What a model wrote, in a message for people or models.</summary>
internal static class ToolText
{
    private const int MaxLength = 100;

    /// <summary>The text, not longer than a line and without control characters.</summary>
    public static string Short(string text)
    {
        string shown = new(text.Take(MaxLength).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c).ToArray());
        return text.Length > MaxLength ? shown + "…" : shown;
    }
}
