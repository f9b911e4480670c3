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

    /// <summary>The member that names the parent of a layered element.</summary>
    public string ParentMember { get; init; } = "parentId";

    /// <summary>The member that names the universal element at the root.</summary>
    public string UniversalMember { get; init; } = "universalParentId";

    /// <summary>Deleting it is final; others are archived and can be restored.</summary>
    public bool DeletedForGood { get; init; }

    /// <summary>Restoring and refreshing answer with what every element has, not with the whole element.</summary>
    public bool AnswersBrief { get; init; }

    /// <summary>The kind as a person reads it.</summary>
    public string DisplayName => Type.Replace('-', ' ');
}
