using System;
using System.Linq;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>The type that an object is or was of, whatever it came through.</summary>
internal static class OriginalType
{
    private static readonly string[] Marks = ["Deserialized.", "Selected."];

    /// <summary>
    /// Returns the name of the type, without what CLIXML, a job or Select-Object puts before it. The latter names an object of properties
    /// alone after that.
    /// </summary>
    public static string NameOf(PSObject value) =>
        value.TypeNames.Select(WithoutMarks).FirstOrDefault(static name => name != typeof(PSCustomObject).FullName) ?? string.Empty;

    private static string WithoutMarks(string name)
    {
        while (Marks.FirstOrDefault(mark => name.StartsWith(mark, StringComparison.Ordinal)) is { } found)
        {
            name = name.Substring(found.Length);
        }

        return name;
    }
}
