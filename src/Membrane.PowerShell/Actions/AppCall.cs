using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Membrane.Client.Json;
using Membrane.Client.Rows;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>A call of a native command: what its module knows of the action, and what the caller named.</summary>
internal sealed class AppCall
{
    private AppCall(IDictionary facts, IDictionary bound)
    {
        Name = Text(facts, "Name");
        Words = Text(facts, "Words");
        Cmdlet = Bare.Value(facts["Cmdlet"]) as PSCmdlet;
        TakesWhole = Bare.Value(facts["TakesWhole"]) is true;
        var parameters =
            ((IDictionary?)Bare.Value(facts["Parameters"]))
                ?.Entries()
                .Select(static entry => new KeyValuePair<string, string>((string)entry.Key, (string)Bare.Value(entry.Value)!))
                .ToArray()
            ?? [];
        Rows = new RowCommand
        {
            Parameters = parameters,
            Arguments = parameters
                .Where(parameter => bound.Contains(parameter.Key))
                .Select(parameter => new KeyValuePair<string, object?>(parameter.Value, bound[parameter.Key]))
                .ToArray(),
            AdditionalInput = Bare.Value(bound["AdditionalInput"]) is IDictionary further ? Dictionaries.Pairs(further) : [],
        };
    }

    /// <summary>The name of the command.</summary>
    public string Name { get; }

    /// <summary>What it does, for people.</summary>
    public string Words { get; }

    /// <summary>The command, whose session is the caller's.</summary>
    public PSCmdlet? Cmdlet { get; }

    /// <summary>Whether the input is not an object, so that it is passed as a whole.</summary>
    public bool TakesWhole { get; }

    /// <summary>What it knows of its rows.</summary>
    public RowCommand Rows { get; }

    /// <summary>Reads what the script of the module says.</summary>
    public static AppCall? Read(IDictionary? facts) => facts is null ? null : new AppCall(facts, (IDictionary)Bare.Value(facts["Bound"])!);

    private static string Text(IDictionary facts, string name) => Bare.Value(facts[name]) as string ?? string.Empty;
}
