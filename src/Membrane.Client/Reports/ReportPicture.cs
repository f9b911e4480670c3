using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.Reports;

/// <summary>Draws how many inputs ended when, and how: a bar for each part of the time.</summary>
internal static class ReportPicture
{
    private const double Width = 960;
    private const double Height = 220;
    private const double LeftEdge = 72;
    private const double BottomEdge = 28;
    private const double TopEdge = 20;

    private static readonly double[] Steps = [1, 2, 5, 10];
    private static readonly double[] Lines = [0, 0.5, 1];

    /// <summary>Returns the picture as SVG; a sentence where there is nothing to draw.</summary>
    public static string Draw(ReportCounts counts)
    {
        var slots = counts.Rate;
        if (slots.Count == 0)
        {
            return "<p>Nothing was sent.</p>";
        }

        var seconds = counts.SlotLength.TotalSeconds;
        var highest = Rounded(slots.Max(static slot => slot.Done + slot.Failed) / seconds);
        var room = Height - TopEdge - BottomEdge;
        var step = (Width - LeftEdge) / slots.Count;
        var bars = new StringBuilder();
        for (var index = 0; index < slots.Count; index++)
        {
            var x = LeftEdge + (index * step);
            var done = slots[index].Done / seconds / highest * room;
            var failed = slots[index].Failed / seconds / highest * room;
            var ended = Invariant($"{slots[index].Done} succeeded, {slots[index].Failed} did not");
            var title = Invariant($"<title>{index * seconds:0.#} to {(index + 1) * seconds:0.#} s: {ended}</title>");
            bars.Append("<g>").Append(title);
            Bar("done", x, TopEdge + room - done, step, done);
            Bar("failed", x, TopEdge + room - done - failed, step, failed);
            bars.Append("</g>\n");
        }

        var lines = string.Concat(Lines.Select(part => Line(TopEdge + room - (part * room), part * highest)));
        var end = slots.Count * seconds;
        var times =
            Invariant($"<text x=\"{LeftEdge}\" y=\"{Height - 8}\">0 s</text>")
            + Invariant($"<text x=\"{Width}\" y=\"{Height - 8}\" text-anchor=\"end\">{Time(end)}</text>");
        return Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"picture-title\">")
            + "<title id=\"picture-title\">Inputs a second over time: those that succeeded, and above them those that did not</title>"
            + lines
            + bars
            + times
            + "</svg>";

        void Bar(string kind, double x, double y, double width, double height)
        {
            if (height > 0)
            {
                bars.Append(Invariant($"<rect class=\"{kind}\" x=\"{x:0.##}\" y=\"{y:0.##}\" "));
                bars.Append(Invariant($"width=\"{Math.Max(0.5, width - 1):0.##}\" height=\"{Math.Max(1, height):0.##}\"/>"));
            }
        }
    }

    private static string Line(double y, double value) =>
        Invariant($"<line class=\"grid\" x1=\"{LeftEdge}\" x2=\"{Width}\" y1=\"{y:0.##}\" y2=\"{y:0.##}\"/>")
        + Invariant($"<text x=\"{LeftEdge - 8}\" y=\"{y + 4:0.##}\" text-anchor=\"end\">{value:0.##}</text>");

    private static string Time(double seconds) =>
        seconds < 120 ? seconds.ToString("0.#", CultureInfo.InvariantCulture) + " s"
        : seconds < 7200 ? (seconds / 60).ToString("0.#", CultureInfo.InvariantCulture) + " min"
        : (seconds / 3600).ToString("0.#", CultureInfo.InvariantCulture) + " h";

    // A scale that people count in.
    private static double Rounded(double value)
    {
        var size = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 0.001))));
        return Steps.First(step => step * size >= value * 0.999) * size;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
