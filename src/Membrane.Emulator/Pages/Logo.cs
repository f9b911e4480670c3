using System.Linq;

namespace Membrane.Emulator.Pages;

/// <summary>A picture for every app: its first letter on a colour that follows from its key.</summary>
internal static class Logo
{
    public static string Draw(string key)
    {
        var hue = key.Aggregate(17, (sum, character) => ((sum * 31) + character) & 0xFFFF) % 360;
        var letter = PageLayout.Text(
            key.FirstOrDefault(char.IsLetterOrDigit) is var first && first != default ? char.ToUpperInvariant(first).ToString() : "?"
        );
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\" width=\"64\" height=\"64\"><rect width=\"64\" "
            + $"height=\"64\" rx=\"14\" fill=\"hsl({hue},55%,38%)\"/>"
            + $"<text x=\"32\" y=\"43\" font-family=\"system-ui,sans-serif\" font-size=\"32\" font-weight=\"600\" "
            + $"text-anchor=\"middle\" fill=\"#fff\">{letter}</text></svg>";
    }
}
