using System.Collections.Generic;
using System.Text;

namespace Membrane.PowerShell.QRCodes;

/// <summary>Draws a QR code in a terminal: two rows of modules in one line of text, with the light margin that readers need.</summary>
internal static class QRPicture
{
    private const int WideMargin = 4;
    private const int NarrowMargin = 2;

    // Black on white whatever the colours of the terminal are.
    private const string Colors = "\u001b[38;5;16;48;5;231m";
    private const string Reset = "\u001b[0m";

    /// <summary>Returns the lines; null where the code is wider than the screen, or the text longer than a code can hold.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How many columns the screen has.</param>
    /// <param name="hasColors">
    /// Whether the lines have colours. Without them the blocks are the light modules: so it can be read on a dark screen.
    /// </param>
    public static IReadOnlyList<string>? Draw(string text, int width, bool hasColors)
    {
        if (QRCode.Draw(text) is not { } code || code.Size + (2 * NarrowMargin) > width)
        {
            return null;
        }

        var margin = code.Size + (2 * WideMargin) > width ? NarrowMargin : WideMargin;
        var lines = new List<string>();
        for (var row = -margin; row < code.Size + margin; row += 2)
        {
            var line = new StringBuilder();
            for (var column = -margin; column < code.Size + margin; column++)
            {
                line.Append(Block(code.IsDark(row, column) == hasColors, code.IsDark(row + 1, column) == hasColors));
            }

            lines.Add(hasColors ? Colors + line + Reset : line.ToString());
        }

        return lines;
    }

    private static char Block(bool upper, bool lower) =>
        upper ? (lower ? '\u2588' : '\u2580')
        : lower ? '\u2584'
        : ' ';
}
