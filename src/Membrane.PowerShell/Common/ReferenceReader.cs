using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Membrane.PowerShell.Common;

/// <summary>How references of one kind are read from what was given. Each kind of reference has one, in a field named Reader.</summary>
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

    /// <summary>Reads what is neither text nor an object of ours; null where it is nothing to this kind either.</summary>
    public Func<object, ElementReference?> ReadOther { get; init; } = static _ => null;

    /// <summary>The reader of a kind of reference.</summary>
    /// <exception cref="ArgumentException">The type is no kind of reference.</exception>
    public static ReferenceReader Of(Type reference) =>
        reference.GetField("Reader", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) as ReferenceReader
        ?? throw new ArgumentException($"{reference} is no kind of reference.", nameof(reference));

    /// <summary>The reference that text, or an object that has its id, means; null where it is something else.</summary>
    public ElementReference? Read(object? value) =>
        (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
        {
            null => null,
            string text => create(text, null),
            var bare => Read(GivenObject.Find(value)) ?? ReadOther(bare),
        };

    /// <summary>The reference that an object means; null where it is of another kind.</summary>
    public ElementReference? Read(GivenObject? given) =>
        given is not null && Ids.FirstOrDefault(one => one.Fits(given)) is { } rule && given.Text(rule.Property) is { } id
            ? create(id, given)
            : null;

    /// <summary>The reference that an object of another kind has; null where it has none.</summary>
    public ElementReference? ReadRelated(GivenObject given) =>
        ForeignKeys.Select(given.Text).FirstOrDefault(static id => id is not null) is { } id ? create(id, null) : null;
}
