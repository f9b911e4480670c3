using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Actions;

/// <summary>A page of what an action lists.</summary>
/// <param name="target">The action.</param>
/// <param name="input">The input of the first page.</param>
/// <param name="source">What errors name: the input as the caller gave it.</param>
internal sealed class ActionPage(ActionTarget target, object? input, object? source)
{
    // Of all pages of the input: a cursor that leads back would be followed for ever.
    private HashSet<string> seen = new(StringComparer.Ordinal);
    private object? cursor;
    private bool isSeen;

    public ActionTarget Target { get; } = target;

    public object? Source { get; } = source;

    /// <summary>Finds the page after this one; null where the output names none, or this one again, as some apps do at the end.</summary>
    /// <param name="output">The output of this one.</param>
    /// <param name="cursorProperty">Where the output says where the next one begins.</param>
    /// <param name="objects">What objects look like on this host.</param>
    public ActionPage? Next(object? output, string cursorProperty, IObjectAdapter objects)
    {
        object? Find(object? value, string name) =>
            ObjectMembers
                .Of(value, objects)
                ?.Where(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(member => string.Equals(member.Key, name, StringComparison.Ordinal))
                .FirstOrDefault()
                .Value;

        var next = Find(output, cursorProperty) ?? cursorProperty.Split('.').Aggregate(output, Find);
        return next is null or "" or false || Equals(next, cursor)
            ? null
            : new ActionPage(Target, input, Source)
            {
                cursor = next,
                seen = seen,
                isSeen = !seen.Add(JsonNodes.Element(next, objects, cursorProperty).GetRawText()),
            };
    }

    /// <summary>Returns the input that asks for this page.</summary>
    /// <exception cref="MembraneException">The page was asked for before (MalformedResponse).</exception>
    public object? Input(string cursorInput, IObjectAdapter objects)
    {
        if (cursor is null)
        {
            return input;
        }

        if (isSeen)
        {
            throw new MembraneException(
                ErrorIds.MalformedResponse,
                "The app answered with a cursor that it had sent before, so the list would never end.",
                "Ask for the pages one by one, or report it to the app's support."
            );
        }

        var members = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var member in ObjectMembers.Of(input, objects) ?? [])
        {
            members[member.Key] = member.Value;
        }

        members[cursorInput] = cursor;
        return members;
    }
}
