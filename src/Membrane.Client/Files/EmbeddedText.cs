using System.IO;

namespace Membrane.Client.Files;

/// <summary>Texts that are files of the source and part of the assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>Reads a text; its lines end in a line feed on every system.</summary>
    public static string Read(string name)
    {
        using var stream =
            typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The assembly has no such resource.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
