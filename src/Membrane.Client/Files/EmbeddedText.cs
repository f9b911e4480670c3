using System.IO;
using System.Reflection;

namespace Membrane.Client.Files;

/// <summary>Texts that are files of the source and part of the assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>Reads a text of the client; its lines end in a line feed on every system.</summary>
    public static string Read(string name) => Read(typeof(EmbeddedText).Assembly, name);

    /// <summary>Reads a text of an assembly; its lines end in a line feed on every system.</summary>
    public static string Read(Assembly assembly, string name)
    {
        using var stream =
            assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException("The assembly has no such resource.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
