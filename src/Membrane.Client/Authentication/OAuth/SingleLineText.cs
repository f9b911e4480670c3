using System.Linq;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>Text from outside that is going to stand in a message.</summary>
internal static class SingleLineText
{
    private const int MaxLength = 300;

    /// <summary>The text without control characters, and not too long.</summary>
    public static string Of(string text)
    {
        string line = new(text.Select(static c => char.IsControl(c) ? ' ' : c).Take(MaxLength).ToArray());
        return line.Trim();
    }
}
