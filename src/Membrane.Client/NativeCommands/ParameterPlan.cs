using System.Collections.Generic;

namespace Membrane.Client.NativeCommands;

/// <summary>A parameter of a command, for one property of the input.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Property">The name of the property, as the schema has it.</param>
/// <param name="Kind">What it takes.</param>
internal sealed record ParameterPlan(string Name, string Property, ParameterKind Kind)
{
    /// <summary>Whether it takes several of these.</summary>
    public bool IsArray { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>The values, as text; empty where the schema names none, or more than can be shown.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether the values are suggestions, and others are taken too.</summary>
    public bool AllowsOthers { get; init; }

    /// <summary>The smallest value, for numbers, as the schema writes it.</summary>
    public string? Minimum { get; init; }

    /// <summary>The largest value, for numbers, as the schema writes it.</summary>
    public string? Maximum { get; init; }

    /// <summary>The longest text, in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The regular expression that text meets.</summary>
    public string? Pattern { get; init; }

    /// <summary>What is taken where nothing is given, as JSON text.</summary>
    public string? Default { get; init; }

    /// <summary>The format of text, such as email.</summary>
    public string? Format { get; init; }

    /// <summary>What it is, for people.</summary>
    public string? Description { get; init; }

    /// <summary>The members of an object that can be completed.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Whether null is a value of the property.</summary>
    public bool AllowsNull { get; init; }
}
