using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Tools;

/// <summary>The tools that a model may call, and nothing else. Names are compared character by character.</summary>
internal sealed class Toolbox
{
    private readonly List<Tool> tools = [];
    private readonly Dictionary<string, Tool> byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> ambiguous = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool?> strictness = new(StringComparer.Ordinal);

    /// <summary>The tools, each once.</summary>
    public IReadOnlyList<Tool> Tools => tools;

    /// <summary>Makes tools from actions: named, in the given order, each action on each connection once.</summary>
    public static IReadOnlyList<ActionTool> Make(IEnumerable<ToolTarget> targets, IObjectAdapter objects) =>
        MakeAll(targets, objects).Select(static made => made.Tool).ToArray();

    /// <summary>Adds a tool. A name that already exists is ambiguous from then on and finds nothing.</summary>
    public void Add(Tool tool)
    {
        if (tools.Contains(tool))
        {
            return;
        }

        tools.Add(tool);
        AddName(tool.Name, tool);
    }

    /// <summary>Adds the actions of connections, also under the names that they have among other actions than these.</summary>
    /// <param name="targets">The actions.</param>
    /// <param name="objects">The objects of this host.</param>
    /// <param name="names">The names of the tools that are wanted; null for all.</param>
    public void AddActions(IEnumerable<ToolTarget> targets, IObjectAdapter objects, ISet<string>? names = null)
    {
        IReadOnlyList<(ActionTool Tool, ToolTarget Target)> made = MakeAll(targets, objects);
        var stems = made.Select(static one => one.Target).ToLookup(static target => target.Stem, StringComparer.Ordinal);
        foreach ((var tool, var target) in made)
        {
            string[] aliases = [tool.Name, .. ToolNames.Sure(target)];
            if (names is not null && !aliases.Any(names.Contains))
            {
                if (names.Contains(target.Stem))
                {
                    ambiguous.Add(target.Stem);
                }

                continue;
            }

            tools.Add(tool);
            foreach (var alias in aliases.Distinct(StringComparer.Ordinal).Where(alias => names is null || names.Contains(alias)))
            {
                AddName(alias, tool);
            }
        }

        ambiguous.UnionWith(
            stems.Where(static same => same.Skip(1).Any()).Select(static same => same.Key).Where(stem => !byName.ContainsKey(stem))
        );
    }

    /// <summary>Notes whether the tool of a name was described for the strict mode, as it decides what a null or a text in a call means.</summary>
    public void NoteStrict(string name, bool isStrict) =>
        strictness[name] = strictness.TryGetValue(name, out var noted) && noted != isStrict ? null : isStrict;

    /// <summary>Whether the tool of a name was described for the strict mode; null where it is not known.</summary>
    public bool? IsStrict(string name) => strictness.TryGetValue(name, out var isStrict) ? isStrict : null;

    /// <summary>Finds the tool with a name.</summary>
    /// <exception cref="MembraneException">There is no such tool, or several have the name.</exception>
    public Tool Find(string name)
    {
        if (!ambiguous.Contains(name) && byName.TryGetValue(name, out var tool))
        {
            return tool;
        }

        var shown = ShownText.OfLine(name, 100);
        throw ambiguous.Contains(name)
            ? new MembraneException(ErrorIds.Ambiguous, $"The name '{shown}' means more than one tool here.")
            : new MembraneException(ErrorIds.NotFound, $"There is no tool '{shown}'.");
    }

    private static List<(ActionTool Tool, ToolTarget Target)> MakeAll(IEnumerable<ToolTarget> targets, IObjectAdapter objects)
    {
        var distinct = targets.GroupBy(static target => target.Mark, StringComparer.Ordinal).Select(static same => same.First()).ToArray();
        return distinct.Zip(ToolNames.Of(distinct), (target, name) => (new ActionTool(name, target, objects), target)).ToList();
    }

    private void AddName(string name, Tool tool)
    {
        if (byName.TryGetValue(name, out var present) && present != tool)
        {
            ambiguous.Add(name);
            return;
        }

        byName[name] = tool;
    }
}
