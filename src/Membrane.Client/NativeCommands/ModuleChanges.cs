using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>Tells what is different between two states of a module.</summary>
internal static class ModuleChanges
{
    /// <summary>The differences, by command and parameter.</summary>
    public static IReadOnlyList<CommandChange> Between(ModuleRecord before, ModuleRecord after)
    {
        var was = ByName(before);
        var now = ByName(after);
        return was
            .Keys.Union(now.Keys, StringComparer.OrdinalIgnoreCase)
            .OrderBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(name =>
                Of(name, was.TryGetValue(name, out var old) ? old : null, now.TryGetValue(name, out var young) ? young : null)
            )
            .ToArray();
    }

    private static Dictionary<string, RecordedCommand> ByName(ModuleRecord record) =>
        record
            .Commands.GroupBy(static command => command.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static same => same.Key, static same => same.First(), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<CommandChange> Of(string name, RecordedCommand? was, RecordedCommand? now)
    {
        if (was is null || now is null)
        {
            yield return new CommandChange(was is null ? "Added" : "Removed", name, (now ?? was)!.Action);
            yield break;
        }

        foreach (
            var parameter in was
                .Parameters.Keys.Union(now.Parameters.Keys, StringComparer.Ordinal)
                .OrderBy(static one => one, StringComparer.Ordinal)
        )
        {
            var before = was.Parameters.TryGetValue(parameter, out var old) ? old : null;
            var after = now.Parameters.TryGetValue(parameter, out var young) ? young : null;
            if (before != after)
            {
                var kind =
                    before is null ? "Added"
                    : after is null ? "Removed"
                    : "Changed";
                yield return new CommandChange(kind, name, now.Action, parameter, before, after);
            }
        }

        if (was.Output != now.Output)
        {
            yield return new CommandChange("Changed", name, now.Action, Before: was.Output, After: now.Output);
        }
    }
}
