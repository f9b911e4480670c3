using System;
using System.IO;

namespace Membrane.PowerShell.Common;

/// <summary>Texts of this project that the build puts into the assembly.</summary>
internal static class EmbeddedText
{
    private static readonly char[] LineBreaks = ['\r', '\n'];

    /// <summary>Returns the lines of a text, without the empty ones.</summary>
    /// <param name="name">The name of its file.</param>
    public static string[] Lines(string name)
    {
        using var stream =
            typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The build lacks a text.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries);
    }
}
