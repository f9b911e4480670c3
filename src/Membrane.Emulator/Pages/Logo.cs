using System.Globalization;
using System.Linq;

namespace Membrane.Emulator.Pages;

/// <summary>A picture for every app: its first letter on a colour that follows from its key.</summary>
internal static class Logo
{
    private static readonly PageTemplate Picture = PageTemplate.Read("Logo.svg");

    /// <summary>Draws the picture as SVG.</summary>
    public static string Draw(string key)
    {
        var hue = key.Aggregate(17, (sum, character) => ((sum * 31) + character) & 0xFFFF) % 360;
        var letter = key.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant).DefaultIfEmpty('?').First();
        return Picture.Fill(new PageValues { { "Hue", hue.ToString(CultureInfo.InvariantCulture) }, { "Letter", letter.ToString() } }).Text;
    }
}
