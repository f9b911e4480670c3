using Membrane.Emulator.Elements;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>How a file names another element: by its uuid or, when simplified, by its key.</summary>
internal sealed class FileReference(string name, ElementKind kind, string member)
{
    public string Uuid { get; } = name + "Uuid";

    public string Key { get; } = name + "Key";

    public ElementKind Kind { get; } = kind;

    /// <summary>The member of the element that holds the id.</summary>
    public string Member { get; } = member;
}
