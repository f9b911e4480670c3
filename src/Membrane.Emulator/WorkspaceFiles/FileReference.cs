using Membrane.Emulator.Elements;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>How a file names another element: by its uuid or, when simplified, by its key.</summary>
internal sealed class FileReference
{
    public FileReference(string name, ElementKind kind, string member)
    {
        Uuid = name + "Uuid";
        Key = name + "Key";
        Kind = kind;
        Member = member;
    }

    public string Uuid { get; }

    public string Key { get; }

    public ElementKind Kind { get; }

    /// <summary>The member of the element that holds the id.</summary>
    public string Member { get; }
}
