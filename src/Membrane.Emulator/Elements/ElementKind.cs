using System;
using System.Collections.Generic;

namespace Membrane.Emulator.Elements;

/// <summary>A kind of workspace element: its name in the API, where it is kept, and what is common to all of the kind.</summary>
internal sealed class ElementKind(string type, string collection, string prefix, string singular, string plural)
{
    /// <summary>The API's name of the kind: <c>field-mapping</c>.</summary>
    public string Type { get; } = type;

    public string Collection { get; } = collection;

    /// <summary>How ids of the kind begin.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>One of the kind, as the ids of the operations have it: <c>FieldMapping</c>.</summary>
    public string Singular { get; } = singular;

    /// <summary>Several of the kind, as the ids of the operations have it.</summary>
    public string Plural { get; } = plural;

    /// <summary>Exists universally, for an integration and for a connection, the narrower hiding the wider.</summary>
    public bool Layered { get; init; }

    /// <summary>What an instance of the kind belongs to.</summary>
    public InstancePlace InstancesAt { get; init; }

    /// <summary>The kind of the parent of an instance, where that is another one.</summary>
    public ElementKind? ParentKind { get; init; }

    /// <summary>The kind of the element that an element of this kind follows.</summary>
    public ElementKind Parent => ParentKind ?? this;

    /// <summary>The member that names the parent.</summary>
    public string ParentMember { get; init; } = "parentId";

    /// <summary>The parameter that names the parent by its key: <c>flowKey</c> for <c>flowId</c>.</summary>
    public string ParentKeyName => ParentMember.Substring(0, ParentMember.Length - 2) + "Key";

    /// <summary>Whether an element of the kind can have a parent.</summary>
    public bool HasParent => Layered || InstancesAt != InstancePlace.None;

    /// <summary>The member that names the universal element at the root; null when the kind does not tell.</summary>
    public string? UniversalMember { get; init; } = "universalParentId";

    /// <summary>Members that the emulator keeps of every element, and that answers of this kind do not have.</summary>
    public IReadOnlyList<string> Untold { get; init; } = Array.Empty<string>();

    /// <summary>Deleting it is final; others are archived and can be restored.</summary>
    public bool DeletedForGood { get; init; }

    /// <summary>Restoring and refreshing answer with what every element has, not with the whole element.</summary>
    public bool AnswersBrief { get; init; }

    /// <summary>The kind as a person reads it.</summary>
    public string DisplayName => Type.Replace('-', ' ');
}
