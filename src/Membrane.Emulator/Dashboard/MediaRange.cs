using System;
using System.Globalization;
using System.Linq;

namespace Membrane.Emulator.Dashboard;

/// <summary>What an <c>Accept</c> header asks for.</summary>
internal static class MediaRange
{
    /// <summary>Returns whether HTML is named and JSON is not: browsers do so when a person opens a page, programs do not.</summary>
    public static bool WantsHtml(string? accept) => Names(accept, "text/html") && !Names(accept, "application/json");

    private static bool Names(string? accept, string type) =>
        (accept ?? "")
            .Split(',')
            .Select(static range => range.Split(';'))
            .Any(range => range[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase) && !range.Skip(1).Any(IsNever));

    private static bool IsNever(string parameter)
    {
        var equals = parameter.IndexOf('=');
        return equals > 0
            && parameter.Substring(0, equals).Trim().Equals("q", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(
                parameter.Substring(equals + 1).Trim(),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var weight
            )
            && weight == 0;
    }
}
