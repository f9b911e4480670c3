using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>The types of several commands, where those of one name are one type.</summary>
internal static class OutputTypes
{
    public static IReadOnlyList<OutputPlan> Merge(IEnumerable<CommandPlan> commands) =>
        commands
            .Select(static command => command.Output)
            .OfType<OutputPlan>()
            .Where(static output => output.Properties.Count > 0)
            .GroupBy(static output => output.TypeName, StringComparer.OrdinalIgnoreCase)
            .Select(static type =>
                type.First() with
                {
                    // The type with the most properties says best what to show.
                    Properties = type.OrderByDescending(static output => output.Properties.Count)
                        .SelectMany(static output => output.Properties)
                        .Distinct(StringComparer.OrdinalIgnoreCase)
                        .ToArray(),
                    Columns = type.OrderByDescending(static output => output.Columns.Count)
                        .ThenByDescending(static output => output.Properties.Count)
                        .First()
                        .Columns,
                }
            )
            .OrderBy(static type => type.TypeName, StringComparer.Ordinal)
            .ToArray();
}
