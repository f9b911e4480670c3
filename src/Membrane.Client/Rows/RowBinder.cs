using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Rows;

/// <summary>
/// Makes the input of an action of a row: of a table, a database or a job, or any object with properties. A row never says anything of the
/// next one. What is empty is left out, what the schema does not know is not sent, and what does not fit is that row's error.
/// </summary>
internal sealed class RowBinder
{
    private const string ParameterName = "InputObject";

    private readonly string action;
    private readonly RowCommand command;
    private readonly IObjectAdapter objects;
    private readonly ValueConverter converter;
    private readonly RowMap map;
    private readonly (string Name, InputPath Path, ValueRule? Rule)[] properties;
    private readonly bool isFree;
    private readonly OrderedDictionary arguments = new(StringComparer.Ordinal);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private IReadOnlyList<int>? reported;

    /// <summary>A binder for the rows of one command.</summary>
    /// <param name="action">The action, for messages.</param>
    /// <param name="schema">The schema of its input; null where none is known.</param>
    /// <param name="command">What holds for all rows.</param>
    /// <param name="objects">What objects look like on this host.</param>
    /// <exception cref="MembraneActionInputException">A value that was given by name does not fit.</exception>
    public RowBinder(string action, object? schema, RowCommand command, IObjectAdapter objects)
    {
        this.action = action;
        this.command = command;
        this.objects = objects;
        converter = new ValueConverter(objects, ParameterName);
        var reader = Read(schema, objects);
        var shape = reader?.Shape(reader.Root);
        isFree = shape is null or { Properties.Count: 0, AllowsMore: true } && command.Parameters.Count == 0;
        properties = shape is null
            ? command.Parameters.Select(static one => (one.Value, InputPath.Of(one.Value), (ValueRule?)null)).ToArray()
            : shape.Properties.Select(one => (one.Key, InputPath.Of(one.Key), (ValueRule?)new ValueRule(reader!, one.Value))).ToArray();
        map = new RowMap(properties.Select(static one => one.Name).ToArray(), command.Parameters);
        BindArguments();
    }

    /// <summary>Told of members that fit no property, each name once.</summary>
    public System.Action<IReadOnlyList<string>>? Unknown { get; init; }

    /// <summary>The input of a row.</summary>
    /// <exception cref="MembraneInputException">It is not a row, or something in it does not fit.</exception>
    public object Bind(object? row)
    {
        var members = Members(row);
        var input = new OrderedDictionary(StringComparer.Ordinal);
        if (isFree)
        {
            foreach (var member in members.Where(member => !converter.IsBlank(member.Value)))
            {
                input[member.Key] = member.Value;
            }
        }

        var places = map.MembersOf(members.Select(static member => member.Key).ToArray());
        for (var index = 0; index < properties.Length; index++)
        {
            (var name, var path, var rule) = properties[index];
            if (arguments.Contains(name))
            {
                input[name] = arguments[name];
            }
            else if (places[index] >= 0 && members[places[index]].Value is { } value && !converter.IsBlank(value))
            {
                input[name] = rule is null ? value : converter.Convert(value, rule, path);
            }
        }

        // Also of a row that is refused: a column with another name is often why.
        Report(members, places);
        Refuse(converter.TakeProblems());
        AddOthers(input);
        return input;
    }

    // What is not a schema says nothing.
    private static InputSchemaReader? Read(object? schema, IObjectAdapter objects)
    {
        try
        {
            return schema is not null && JsonNodes.Element(schema, objects, "InputSchema") is { ValueKind: JsonValueKind.Object } read
                ? new InputSchemaReader(read)
                : null;
        }
        catch (MembraneInputException)
        {
            return null;
        }
    }

    private void BindArguments()
    {
        RefuseSecondValues();
        var rules = properties.ToDictionary(static one => one.Name, static one => one.Rule, StringComparer.Ordinal);
        foreach (var argument in command.Arguments)
        {
            rules.TryGetValue(argument.Key, out var rule);
            arguments[argument.Key] = rule is null ? argument.Value : converter.Convert(argument.Value, rule, InputPath.Of(argument.Key));
        }

        Refuse(converter.TakeProblems());
    }

    // Which of two values is meant cannot be told.
    private void RefuseSecondValues()
    {
        foreach (var further in command.AdditionalInput)
        {
            var parameter = command.Parameters.FirstOrDefault(one =>
                string.Equals(one.Value, further.Key, StringComparison.OrdinalIgnoreCase)
            );
            if (parameter.Key is not null)
            {
                throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    "AdditionalInput",
                    $"AdditionalInput has '{further.Key}', for which there is the parameter {parameter.Key}.",
                    "Pass it by that parameter, or as a column of the rows."
                );
            }
        }
    }

    private KeyValuePair<string, object?>[] Members(object? row) =>
        (objects.Unwrap(row) is { } bare ? ObjectMembers.Of(row, objects)?.ToArray() : throw NoRow("is nothing"))
        ?? throw NoRow($"is a {bare.GetType().Name}, which has no columns");

    // What was given by name and is not a property of the schema, as of an action that has changed since, is for the service to judge.
    private void AddOthers(OrderedDictionary input)
    {
        foreach (var name in arguments.Keys.Cast<string>().Where(name => !input.Contains(name)))
        {
            input[name] = arguments[name];
        }

        foreach (var further in command.AdditionalInput)
        {
            input[further.Key] = further.Value;
        }
    }

    private void Report(KeyValuePair<string, object?>[] members, IReadOnlyList<int> places)
    {
        if (isFree || Unknown is null || ReferenceEquals(places, reported))
        {
            return;
        }

        reported = places;
        var used = new HashSet<int>(places);
        var unknown = members
            .Where((member, place) => !used.Contains(place) && told.Add(member.Key))
            .Select(static member => member.Key)
            .ToArray();
        if (unknown.Length > 0)
        {
            Unknown(unknown);
        }
    }

    private void Refuse(IReadOnlyList<ActionInputProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new MembraneActionInputException(
                ErrorIds.InvalidActionInput,
                $"The input does not fit the action '{action}': {string.Join(" ", problems)}",
                "Correct the named fields; the InputSchema of the action says what it takes.",
                problems
            );
        }
    }

    private static MembraneInputException NoRow(string what) =>
        new(
            ErrorIds.InvalidInput,
            ParameterName,
            $"The input {what}, and a row is needed.",
            "Pipe objects with properties, hashtables or rows of a table, or name the parameters."
        );
}
