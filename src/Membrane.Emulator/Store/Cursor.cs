using System.Globalization;
using System.Text;
using Membrane.Client.Tokens;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Store;

/// <summary>Where the next page of a list begins, as text that says nothing to anybody else.</summary>
internal static class Cursor
{
    public static string Write(string list, long position) =>
        Base64Url.Encode(Encoding.UTF8.GetBytes(list + "|" + position.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads a cursor; null means from the beginning, which the official SDK spells <c>0</c>.</summary>
    /// <exception cref="ApiException">The cursor is not one of this list.</exception>
    public static long? Read(string list, string? cursor)
    {
        if (cursor is null || cursor.Length == 0 || cursor == "0")
        {
            return null;
        }

        if (cursor.Length <= 200 && Base64Url.Decode(cursor) is { } bytes)
        {
            var text = Encoding.UTF8.GetString(bytes);
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
}
