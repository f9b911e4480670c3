using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Membrane.Client.Json;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.DataCollections;

/// <summary>The parameters of a collection that a record or a collection remembers.</summary>
internal static class KeptParameters
{
    /// <summary>The parameters; null where there are none. After JSON they are an object, after CLIXML a hashtable.</summary>
    public static IReadOnlyDictionary<string, string>? Read(object? value) =>
        Bare.ValueOrObject(value) switch
        {
            IReadOnlyDictionary<string, string> kept => kept,
            IDictionary copy => copy.Entries().ToDictionary(static entry => Text(entry.Key), static entry => Text(entry.Value)),
            PSObject copy => copy.Properties.ToDictionary(static property => property.Name, static property => Text(property.Value)),
            _ => null,
        };

    private static string Text(object? value) => System.Convert.ToString(Bare.Value(value), CultureInfo.InvariantCulture) ?? string.Empty;
}
