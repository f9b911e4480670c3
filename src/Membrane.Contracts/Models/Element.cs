namespace Membrane;

/// <summary>An element of any type. The fields of its type are properties under their own names.</summary>
public class Element : WorkspaceElement
{
    /// <summary>The type of the element, such as connector or flow.</summary>
    public string? ElementType { get; internal set; }

    /// <summary>The address of the logo.</summary>
    public string? LogoUri { get; internal set; }

    /// <summary>The integration that the element belongs to; empty for universal elements.</summary>
    public string? IntegrationId { get; internal set; }

    /// <summary>The connection that the element belongs to; empty above the connection layer.</summary>
    public string? ConnectionId { get; internal set; }
}
