using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Numerics;

namespace Membrane.PowerShell.Common;

/// <summary>
/// What came through CLIXML, as from a job, a remote session or a file. Simple values that CLIXML does not know arrive as objects with
/// their properties, or as the number of an enum, and objects below its depth as text with properties; here they are what they were.
/// </summary>
internal static class Deserialized
{
    private const string Prefix = "System.";

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
        || (OfTableRows.Contains(property) && OriginalType.NameOf(value) == Prefix + "Data.DataRow");

    /// <summary>Returns the value without PowerShell's wrapping; an object with properties stays wrapped.</summary>
    public static object? Unwrap(PSObject value) =>
        value.BaseObject switch
        {
            PSCustomObject => Revive(value) ?? value,
            string text => Restore(value) ?? (object)text,
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

    /// <summary>Returns the object that was below the depth of CLIXML: its text, which has its properties. Null for any other value.</summary>
    public static PSObject? Restore(object value)
    {
        if (value is not PSObject { BaseObject: string text } cut || !text.StartsWith("@{", StringComparison.Ordinal))
        {
            return null;
        }

        // Text from a file or a job has properties, too, of which its beginning says nothing.
        var members = cut.Properties.OfType<PSNoteProperty>().ToArray();
        if (members.Length == 0 || !text.StartsWith("@{" + members[0].Name + "=", StringComparison.Ordinal))
        {
            return null;
        }

        var whole = new PSObject();
        foreach (var member in members)
        {
            whole.Properties.Add(new PSNoteProperty(member.Name, member.Value));
        }

        return whole;
    }

    private static object? Revive(PSObject value)
    {
        var first = value.Properties.FirstOrDefault();
        if (first is not null && !FirstProperties.Contains(first.Name))
        {
            return null;
        }

        var type = OriginalType.NameOf(value);
        return !type.StartsWith(Prefix, StringComparison.Ordinal)
            ? null
            : type.Substring(Prefix.Length) switch
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
