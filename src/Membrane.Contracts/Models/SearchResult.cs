namespace Membrane;

/// <summary>An element that a search found.</summary>
public sealed class SearchResult : MembraneModel
{
    /// <summary>The type of the element, such as connector, integration, connection or action.</summary>
    public string? ElementType { get; internal set; }

    /// <summary>The element.</summary>
    public Element? Element { get; internal set; }

    /// <summary>The id of the element.</summary>
    public string? Id => Element?.Id;

    /// <summary>The name of the element.</summary>
    public string? Name => Element?.Name;

    /// <summary>The type and the name of the element.</summary>
    public override string ToString() => ElementType + " " + Element;
}
