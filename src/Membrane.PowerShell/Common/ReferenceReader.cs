using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Membrane.PowerShell.Common;

/// <summary>Reads references of one kind from arguments. Each kind of reference has one, in a field named Reader.</summary>
/// <param name="what">What is needed, for a person: a connection.</param>
/// <param name="create">Makes a reference of an id or key, and of the object that it was taken from.</param>
internal sealed class ReferenceReader(string what, Func<string, GivenObject?, ElementReference> create)
{
    /// <summary>What is needed, for a person.</summary>
    public string What => what;

    /// <summary>The objects that have the id, and where.</summary>
    public IReadOnlyList<IdRule> Ids { get; init; } = [];

    /// <summary>
    /// Where objects of other kinds have the id of the one that they refer to, the best first. A property with its name alone would not do:
    /// some objects have a property Integration or Connection that is empty unless the service embeds it.
    /// </summary>
    public IReadOnlyList<string> ForeignKeys { get; init; } = [];

    /// <summary>Reads what is neither text nor an object of the module; null where this kind does not take it either.</summary>
    public Func<object, ElementReference?> ReadOther { get; init; } = static _ => null;

    /// <summary>Returns the reader of a kind of reference.</summary>
    /// <exception cref="ArgumentException">The type is not a kind of reference.</exception>
    public static ReferenceReader Of(Type reference) =>
        reference.GetField("Reader", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) as ReferenceReader
        ?? throw new ArgumentException($"{reference} is not a kind of reference.", nameof(reference));

    /// <summary>Reads the reference that text, or an object with its id, means; null for anything else.</summary>
    public ElementReference? Read(object? value) =>
        Bare.ValueOrObject(value) switch
        {
            null => null,
            string text => create(text, null),
            var bare => Read(GivenObject.Find(value)) ?? ReadOther(bare),
        };

    /// <summary>Reads the reference that an object means; null where it is of another kind.</summary>
    public ElementReference? Read(GivenObject? given) =>
        given is not null && Ids.FirstOrDefault(one => one.Matches(given)) is { } rule && given.Text(rule.Property) is { } id
            ? create(id, given)
            : null;

    /// <summary>Reads the reference in an object of another kind; null where it has none.</summary>
    public ElementReference? ReadRelated(GivenObject given) =>
        ForeignKeys.Select(given.Text).FirstOrDefault(static id => id is not null) is { } id ? create(id, null) : null;
}
