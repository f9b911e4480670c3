using System;
using System.Globalization;
using System.Text;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Store;

/// <summary>Where the next page of a list begins, as text that says nothing to anybody else.</summary>
internal static class Cursor
{
    public static string Write(string list, long position) =>
        Convert
            .ToBase64String(Encoding.UTF8.GetBytes(list + "|" + position.ToString(CultureInfo.InvariantCulture)))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');

    /// <summary>Reads a cursor; null means from the beginning, which the official SDK spells <c>0</c>.</summary>
    /// <exception cref="ApiException">The cursor is not one of this list.</exception>
    public static long? Read(string list, string? cursor)
    {
        if (cursor is null || cursor.Length == 0 || cursor == "0")
        {
            return null;
        }

        if (cursor.Length <= 200 && Decode(cursor) is { } text)
        {
            var bar = text.LastIndexOf('|');
            if (
                bar > 0
                && text.Substring(0, bar) == list
                && long.TryParse(text.Substring(bar + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position)
                && position < long.MaxValue
            )
            {
                return position;
            }
        }

        throw ApiException.BadRequest("The cursor is not valid for this list.");
    }

    private static string? Decode(string cursor)
    {
        try
        {
            var base64 = cursor.Replace('-', '+').Replace('_', '/');
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64 + new string('=', (4 - (base64.Length % 4)) % 4)));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
