using System;
using System.IO;

namespace Membrane.Emulator.Tests.Support;

/// <summary>Files of one test run.</summary>
internal static class TestFiles
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("membrane-emulator-tests-").FullName;

    static TestFiles() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    public static string Path(string? name = null) => System.IO.Path.Combine(Folder, Guid.NewGuid().ToString("N") + name);

    /// <summary>Returns the path of a file of the repository.</summary>
    public static string Repository(params string[] parts)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder!.FullName, "Membrane.psd1")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine([folder.FullName, .. parts]);
    }

    public static string Write(string text)
    {
        var path = Path(".json");
        File.WriteAllText(path, text);
        return path;
    }
}
