using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Pages;

/// <summary>What a connection will be able to do, in a person's words, out of the actions of its app.</summary>
internal static class AccessSummary
{
    private const int Named = 4;

    public static IEnumerable<string> Of(IReadOnlyCollection<StoredElement> actions, string app)
    {
        var lines = new[]
        {
            Line("See", actions, ActionVerb.List, ActionVerb.Get, ActionVerb.GetBy, ActionVerb.Search),
            Line("Create and change", actions, ActionVerb.Create, ActionVerb.Update, ActionVerb.Upsert, ActionVerb.Mark),
            Line("Delete", actions, ActionVerb.Delete),
        }
            .OfType<string>()
            .ToArray();
        return lines.Length > 0 ? lines : new[] { $"See and change your data in {app}" };
    }

    private static string? Line(string verb, IEnumerable<StoredElement> actions, params ActionVerb[] verbs)
    {
        var things = actions
            .Where(action => Array.IndexOf(verbs, action.Plan.Verb) >= 0)
            .GroupBy(action => action.Plan.Collection.Replace('-', ' '), StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .ToArray();
        if (things.Length == 0)
        {
            return null;
        }

        var named =
            things.Length > Named + 1
                ? things.Take(Named).Concat(new[] { $"{things.Length - Named} more kinds of things" }).ToArray()
                : things;
        var list = named.Length == 1 ? named[0] : string.Join(", ", named.Take(named.Length - 1)) + " and " + named[named.Length - 1];
        return $"{verb} {list}";
    }
}
