using System;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using Membrane.Client.Json;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>A page of what an action lists.</summary>
/// <param name="action">The action, and how it is run.</param>
/// <param name="input">The input of the first page.</param>
/// <param name="cursor">Where the page begins; null for the first one.</param>
/// <param name="inputIndex">The position of the input; null where this is its first page.</param>
internal sealed class ActionPage(PlannedAction action, object? input, object? cursor = null, long? inputIndex = null)
{
    public PlannedAction Action { get; } = action;

    public long? InputIndex { get; } = inputIndex;

    /// <summary>The page after this one; null where the answer names none, or this one again.</summary>
    /// <param name="run">What came of this one.</param>
    /// <param name="cursorProperty">Where the answer says where the next one begins.</param>
    public ActionPage? Next(ActionRun run, string cursorProperty)
    {
        var next = Find(run.Output, cursorProperty) ?? cursorProperty.Split('.').Aggregate(run.Output, Find);
        return next is null or "" or false || Equals(next, cursor) ? null : new ActionPage(Action, input, next, run.InputIndex);
    }

    /// <summary>The input that asks for this page.</summary>
    public object Input(string cursorInput)
    {
        var members = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var member in ObjectMembers.Of(input, PowerShellObjectAdapter.Instance) ?? [])
        {
            members[member.Key] = member.Value;
        }

        members[cursorInput] = cursor;
        return members;
    }

    private static object? Find(object? value, string name) => (value as PSObject)?.Properties[name]?.Value;
}
