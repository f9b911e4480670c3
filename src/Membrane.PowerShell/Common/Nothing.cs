using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;

namespace Membrane.PowerShell.Common;

/// <summary>Recognizes empty arguments: a variable that was never set, an empty cell, a pipeline without output.</summary>
internal static class Nothing
{
    /// <summary>
    /// Describes an empty value; null where it is not empty. A list of empty values is empty, too, and so is an object that has nothing to
    /// select by.
    /// </summary>
    public static string? Describe(object? value) => DescribeItself(value) ?? DescribeMembers(value) ?? DescribeItems(value);

    /// <summary>The same for data, whose lists may have anything in them.</summary>
    public static string? DescribeItself(object? value)
    {
        var bare = Bare.Value(value);
        return bare switch
        {
            null or NullString => "null",
            DBNull => "DBNull",
            string text => string.IsNullOrWhiteSpace(text) ? "empty text" : null,
            ElementReference reference => DescribeItself(reference.IdOrKey),
            IDictionary => null,
            ICollection { Count: 0 } => "an empty list",
            _ => ReferenceEquals(value, AutomationNull.Value) ? "no output" : null,
        };
    }

    /// <summary>
    /// Says the same of what a parameter must not be given. Blank text alone is left to the command, whose error names what is wrong.
    /// </summary>
    public static string? Refuse(object? value) => Bare.Value(value) is string ? null : Describe(value);

    private static string? DescribeMembers(object? value) =>
        Bare.Value(value) switch
        {
            IDictionary { Count: 0 } => "an empty hashtable",
            PSCustomObject when value is PSObject custom && !custom.Properties.Any() => "an object without properties",
            _ => null,
        };

    private static string? DescribeItems(object? value)
    {
        if (Bare.Value(value) is not ICollection list || list is IDictionary)
        {
            return null;
        }

        var position = 0;
        foreach (var item in list)
        {
            position++;
            if (Describe(item) is { } nothing)
            {
                return $"{nothing} as item {position} of {list.Count}";
            }
        }

        return null;
    }
}
