namespace Membrane.Emulator.Elements;

/// <summary>A kind of workspace element: its name in the API, where it is kept, and what is common to all of the kind.</summary>
internal sealed class ElementKind
{
    public ElementKind(string type, string collection, string prefix)
    {
        Type = type;
        Collection = collection;
        Prefix = prefix;
    }

    /// <summary>The API's name of the kind: <c>field-mapping</c>.</summary>
    public string Type { get; }

    public string Collection { get; }

    /// <summary>How ids of the kind begin.</summary>
    public string Prefix { get; }

    /// <summary>Exists universally, for an integration and for a connection, the narrower hiding the wider.</summary>
    public bool Layered { get; init; }

    /// <summary>The kind as a person reads it.</summary>
    public string Words => Type.Replace('-', ' ');
}
