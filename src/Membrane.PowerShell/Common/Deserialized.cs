using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Numerics;

namespace Membrane.PowerShell.Common;

/// <summary>
/// What came through CLIXML, as from a job, a remote session or a file. Simple values that CLIXML does not know arrive as objects with
/// their
/// properties, or as the number of an enum; here they are what they were.
/// </summary>
internal static class Deserialized
{
    private const string Prefix = "Deserialized.System.";

    // The first property of each such value, which is cheap to ask for; type names are not.
    private static readonly HashSet<string> FirstProperties = new(StringComparer.Ordinal) { "IsPowerOfTwo", "Year", "Hour", "DateTime" };

    // The engine puts these on whatever a job or a remote session emits.
    private static readonly HashSet<string> AddedByJobs = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSComputerName",
        "RunspaceId",
        "PSShowComputerName",
        "PSSourceJobInstanceId",
    };

    // And these are what a row of a table has beside its columns.
    private static readonly HashSet<string> OfTableRows = new(StringComparer.OrdinalIgnoreCase)
    {
        "RowError",
        "RowState",
        "Table",
        "ItemArray",
        "HasErrors",
    };

    /// <summary>Returns whether a property does not belong to the object itself, but was added by remoting or serialization.</summary>
    public static bool IsAdded(PSObject value, string property) =>
        (AddedByJobs.Contains(property) && value.Properties["RunspaceId"]?.Value is Guid)
        || (OfTableRows.Contains(property) && value.TypeNames[0] == Prefix + "Data.DataRow");

    /// <summary>Returns the value without PowerShell's wrapping; an object with properties stays wrapped.</summary>
    public static object? Unwrap(PSObject value) =>
        value.BaseObject switch
        {
            PSCustomObject => Revive(value) ?? value,
            // An enum is its number, with its name as text.
            byte
            or sbyte
            or short
            or ushort
            or int
            or uint
            or long
            or ulong when value.ToString() is { Length: > 0 } name && char.IsLetter(name[0]) => name,
            var bare => bare,
        };

    private static object? Revive(PSObject value)
    {
        var first = value.Properties.FirstOrDefault();
        if (
            (first is not null && !FirstProperties.Contains(first.Name)) || !value.TypeNames[0].StartsWith(Prefix, StringComparison.Ordinal)
        )
        {
            return null;
        }

        return value.TypeNames[0].Substring(Prefix.Length) switch
        {
            "Numerics.BigInteger" or "Int128" or "UInt128" or "IntPtr" or "UIntPtr" => Whole(value),
            "Half" => Fraction(value),
            "DBNull" => DBNull.Value,
            "DateOnly" => Day(value),
            "TimeOnly" => Time(value),
            "DateTimeOffset" => new DateTimeOffset(
                DateTime.SpecifyKind(Get<DateTime>(value, "DateTime"), DateTimeKind.Unspecified),
                Get<TimeSpan>(value, "Offset")
            ),
            _ => null,
        };
    }

    private static BigInteger? Whole(PSObject value) =>
        BigInteger.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Fraction(PSObject value) =>
        double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // As text, since only newer frameworks have the types.
    private static string Day(PSObject value) =>
        new DateTime(Get<int>(value, "Year"), Get<int>(value, "Month"), Get<int>(value, "Day")).ToString(
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );

    private static string Time(PSObject value) =>
        new DateTime(Get<long>(value, "Ticks")).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static T Get<T>(PSObject value, string property) =>
        (T)LanguagePrimitives.ConvertTo(value.Properties[property]?.Value, typeof(T), CultureInfo.InvariantCulture);
}
