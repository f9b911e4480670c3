using System.Linq;

namespace Membrane.Client.Tools;

/// <summary>Text of a model, for use in messages.</summary>
internal static class ToolText
{
    private const int MaxLength = 100;

    /// <summary>Shortens the text to a line and removes control characters.</summary>
    public static string Short(string text)
    {
        string shown = new(text.Take(MaxLength).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c).ToArray());
        return text.Length > MaxLength ? shown + "…" : shown;
    }
}
