using System;
using Membrane.Client.Elements;

namespace Membrane.Client;

/// <summary>A type of elements: its name, where the API has it, and what can be done with it.</summary>
public sealed class ElementType
{
    internal ElementType(string name, string path, ElementAbilities abilities)
    {
        Name = name;
        Path = path;
        Abilities = abilities;
    }

    /// <summary>The name, such as data-source.</summary>
    public string Name { get; }

    /// <summary>The path of the list, such as data-sources.</summary>
    public string Path { get; }

    /// <summary>What the API can do with the type.</summary>
    internal ElementAbilities Abilities { get; }

    /// <summary>The path of a single element that is named in the query; null where it is named in the path.</summary>
    internal string? SingularPath { get; init; }

    /// <summary>Whether elements of the type hold secrets, so that no error may show any of them.</summary>
    internal bool HasSecrets { get; init; }

    /// <summary>Whether the API can do that.</summary>
    internal bool Can(ElementAbilities ability) => (Abilities & ability) == ability;

    /// <summary>The type.</summary>
    public override string ToString() => Name;

    /// <summary>Refuses what the API cannot do with the type.</summary>
    /// <param name="ability">What is wanted.</param>
    /// <param name="what">The same as a verb, for the message.</param>
    /// <exception cref="MembraneInputException">It cannot (UnsupportedOperation).</exception>
    internal void Require(ElementAbilities ability, string what)
    {
        if (!Can(ability))
        {
            throw new MembraneInputException(
                ErrorIds.UnsupportedOperation,
                "Type",
                $"The API has no operation to {what} elements of the type '{Name}'.",
                $"It can do this with: {string.Join(", ", ElementTypes.That(ability))}."
            );
        }
    }

    internal bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
