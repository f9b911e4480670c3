using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Json;
using Membrane.Client.Rows;

namespace Membrane.Client.NativeCommands;

/// <summary>Plans the commands of an app from its actions.</summary>
internal sealed class AppPlanner(CommandNaming naming, IObjectAdapter objects)
{
    /// <summary>The last words of properties that identify an object.</summary>
    private static readonly HashSet<string> Telling = new(StringComparer.Ordinal)
    {
        "id",
        "ids",
        "uid",
        "uuid",
        "key",
        "slug",
        "name",
        "email",
        "number",
        "code",
    };

    /// <summary>Whether actions are named by their keys, which are the same in every workspace, and not by their ids.</summary>
    public bool UsesKeys { get; init; }

    /// <summary>Plans the commands.</summary>
    /// <param name="module">The name of the module.</param>
    /// <param name="app">The name of the app.</param>
    /// <param name="connection">The connection, by id or key.</param>
    /// <param name="actions">All actions of the connection: also those without a command, so that names do not depend on a choice.</param>
    /// <param name="known">Names that were given before, by the key or id of the action.</param>
    /// <param name="filter">Selects the actions that get a command.</param>
    public AppPlan Plan(
        string module,
        string app,
        string connection,
        IReadOnlyList<MembraneAction> actions,
        IReadOnlyDictionary<string, CommandName>? known = null,
        Func<CommandName, MembraneAction, bool>? filter = null
    )
    {
        var names = naming.NameAll(
            actions.Select(action => new NamedAction(
                Selector(action),
                action.Key,
                action.Name,
                action.CreatedAt,
                NeedsNothing(action.InputSchema)
            )),
            known
        );
        var commands = actions
            .GroupBy(Selector, StringComparer.Ordinal)
            .Select(static same => same.First())
            .Where(action => filter is null || filter(names[Selector(action)], action))
            .Select(action => Plan(action, names[Selector(action)]))
            .OrderBy(static command => command.Name.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(static command => command.Name.Name, StringComparer.Ordinal)
            .ToArray();
        return new AppPlan(module, app, connection, commands);
    }

    private string Selector(MembraneAction action) =>
        (UsesKeys && RecordedNames.IsSelector(action.Key ?? string.Empty) ? action.Key : action.Id ?? action.Key) ?? string.Empty;

    private CommandPlan Plan(MembraneAction action, CommandName name)
    {
        var plan = new CommandPlan(name, Selector(action))
        {
            Key = action.Key,
            Title = action.Name,
            Description = action.Description,
            Output = Read(action.CustomOutputSchema ?? action.OutputSchema) is { } output
                ? OutputPlanner.Plan(
                    new InputSchemaReader(output),
                    naming.TypeName(new NamedAction(Selector(action), action.Key, action.Name))
                )
                : null,
        };
        if (Read(action.InputSchema) is not { ValueKind: JsonValueKind.Object } input || !input.EnumerateObject().Any())
        {
            return plan with { TakesMore = true };
        }

        return ParameterPlanner.Plan(new InputSchemaReader(input)) is (IReadOnlyList<ParameterPlan> parameters, bool takesMore)
            ? plan with
            {
                Parameters = parameters,
                TakesMore = takesMore,
            }
            : plan with
            {
                TakesWhole = true,
            };
    }

    // A schema that requires nothing and has no property that identifies an object. One with references may require more.
    private bool NeedsNothing(object? schema) =>
        ObjectMembers.Member(schema, "properties", objects) is { } properties
        && (ObjectMembers.Member(schema, "required", objects) as ICollection ?? Array.Empty<object>()).Count == 0
        && ObjectMembers
            .Of(schema, objects)!
            .All(static member => member.Key is not ("$ref" or "allOf" or "anyOf" or "oneOf" or "if" or "dependentRequired"))
        && ObjectMembers
            .Of(properties, objects)
            ?.All(static property => !(NameWords.Split(property.Key) is { Count: > 0 } words && Telling.Contains(words[words.Count - 1])))
            == true;

    // A schema that cannot be written as JSON is ignored.
    private JsonElement? Read(object? schema)
    {
        try
        {
            return schema is null ? null : JsonNodes.Element(schema, objects, "InputSchema");
        }
        catch (MembraneInputException)
        {
            return null;
        }
    }
}
