using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Membrane.Client.Rows;

/// <summary>Days and times as ISO 8601 writes them, and no other: 3/4 is March in one country and April in the next.</summary>
internal static class TimeText
{
    private static readonly Regex TimeForm = new(
        "^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<clock>[0-9]{2}:[0-9]{2})(?:(?<second>:[0-9]{2})(?<fraction>\\.[0-9]+)?)?"
            + "(?<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?$",
        RegexOptions.CultureInvariant
    );

    /// <summary>A day, such as 2026-03-04.</summary>
    /// <returns>The day; null where the text is not one.</returns>
    public static string? Day(string text)
    {
        text = text.Trim();
        return DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;
    }

    /// <summary>A day and a time, such as 2026-03-04T15:00:00Z. A zone is not made up where none is named.</summary>
    /// <returns>The time with seconds, and with a colon in its zone, as RFC 3339 wants both; null where the text is not one.</returns>
    public static string? Time(string text)
    {
        var match = TimeForm.Match(text.Trim());
        if (!match.Success || Day(match.Groups["day"].Value) is not { } day)
        {
            return null;
        }

        var clock = match.Groups["clock"].Value + (match.Groups["second"].Success ? match.Groups["second"].Value : ":00");
        var zone = match.Groups["zone"].Value;
        return TimeSpan.TryParseExact(clock, "hh\\:mm\\:ss", CultureInfo.InvariantCulture, out _) && Zone(zone) is { } written
            ? $"{day}T{clock}{match.Groups["fraction"].Value}{written}"
            : null;
    }

    private static string? Zone(string zone)
    {
        if (zone.Length <= 1)
        {
            return zone.ToUpperInvariant();
        }

        var digits = zone.Substring(1).Replace(":", string.Empty).PadRight(4, '0');
        var written = zone[0] + digits.Insert(2, ":");
        return TimeSpan.TryParseExact(written.Substring(1), "hh\\:mm", CultureInfo.InvariantCulture, out _) ? written : null;
    }
}
