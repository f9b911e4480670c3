using System;
using System.Globalization;
using System.Management.Automation;

namespace Membrane;

/// <summary>A value as the views show it.</summary>
public static class ShownValue
{
    /// <summary>
    /// Writes out what would steer a terminal in text of strangers, a time as that of the clock on the wall (2026-11-28 13:20:38), and a
    /// duration with its unit (140 ms, 12.3 s, 3 min 20 s, 2 h 5 min); other values stay as they are.
    /// </summary>
    /// <param name="value">The value of a property.</param>
    public static object? Of(object? value) =>
        value switch
        {
            string text => ShownText.Of(text),
            DateTimeOffset time => time.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            TimeSpan duration => Of(duration),
            MembraneModel model => ShownText.Of(model.ToString() ?? string.Empty),
            _ => value,
        };

    /// <summary>Returns the app of a connection, as far as the service says: the key or name of its integration.</summary>
    /// <param name="connection">A connection.</param>
    public static object? App(Connection connection)
    {
        var name = AppKey(connection) ?? Integration(connection, "name");
        return name is null ? null : ShownText.OfLine(name);
    }

    /// <summary>Returns the key of the integration of a connection, as far as the service says.</summary>
    internal static string? AppKey(Connection connection)
    {
        connection.GetUnknownFields().TryGetValue("integrationKey", out var key);
        return Integration(connection, "key") ?? (key is string { Length: > 0 } text ? text : null);
    }

    private static string? Integration(Connection connection, string name) =>
        connection.Integration is { } integration && PSObject.AsPSObject(integration).Properties[name]?.Value is string { Length: > 0 } text
            ? text
            : null;

    private static string Of(TimeSpan duration)
    {
        // What would be rounded up to a whole minute or hour is written as one.
        var seconds = Math.Round(duration.TotalSeconds);
        FormattableString text = duration.TotalMilliseconds switch
        {
            < 999.5 => $"{duration.TotalMilliseconds:0} ms",
            < 59_950 => $"{duration.TotalSeconds:0.0} s",
            _ when seconds < 3600 => $"{Math.Floor(seconds / 60):0} min {seconds % 60:0} s",
            _ => $"{Math.Floor(seconds / 3600):0} h {Math.Floor(seconds % 3600 / 60):0} min",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }
}
