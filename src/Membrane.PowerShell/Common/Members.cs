using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Membrane.Client.Json;

namespace Membrane.PowerShell.Common;

/// <summary>Dictionaries that a person wrote, as the client takes them.</summary>
internal static class Members
{
    /// <summary>Returns the entries, or null without a dictionary.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>>? Of(IDictionary? dictionary) =>
        dictionary is null ? null : Dictionaries.Pairs(dictionary);

    /// <summary>Returns the dictionary with its secure strings in plain text, to be sent and not to be kept.</summary>
    public static object? Reveal(IDictionary? dictionary) => dictionary is null ? null : Reveal((object?)dictionary);

    private static object? Reveal(object? value) =>
        value is PSObject wrapped ? Reveal(wrapped.BaseObject is PSCustomObject ? null : wrapped.BaseObject) ?? value
        : value is SecureString secret ? Secrets.Reveal(secret)
        : value is IDictionary members
            ? members.Entries().ToDictionary(static entry => entry.Key.ToString()!, static entry => Reveal(entry.Value))
        : value;
}
