using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using Membrane.Client.Actions;
using Membrane.Client.Json;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>A page of what an action lists.</summary>
/// <param name="selector">The action.</param>
/// <param name="input">The input of the first page.</param>
/// <param name="target">The input, for error records.</param>
/// <param name="cursor">Where the page begins; null for the first one.</param>
internal sealed class ActionPage(ActionSelector selector, object? input, object? target, object? cursor)
{
    public ActionSelector Selector { get; } = selector;

    public object? Target { get; } = target;

    /// <summary>The page after this one; null where the answer names none, or this one again.</summary>
    public ActionPage? Next(object? output, string cursorProperty)
    {
        object? next = Find(output, cursorProperty) ?? cursorProperty.Split('.').Aggregate(output, Find);
        return next is null or "" or false || Equals(next, cursor) ? null : new ActionPage(Selector, input, Target, next);
    }

    /// <summary>The input that asks for this page.</summary>
    public object Input(string cursorInput)
    {
        var members = new OrderedDictionary(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in ObjectMembers.Of(input, PowerShellObjectModel.Instance) ?? [])
        {
            members[member.Key] = member.Value;
        }

        members[cursorInput] = cursor;
        return members;
    }

    private static object? Find(object? value, string name) => (value as PSObject)?.Properties[name]?.Value;
}
