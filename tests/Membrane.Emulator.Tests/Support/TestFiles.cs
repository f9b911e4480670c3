using System;
using System.IO;

namespace Membrane.Emulator.Tests.Support;

/// <summary>Files of one test run.</summary>
internal static class TestFiles
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("membrane-emulator-tests-").FullName;

    static TestFiles() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    public static string Path(string? name = null) => System.IO.Path.Combine(Folder, Guid.NewGuid().ToString("N") + name);

    public static string Write(string text)
    {
        var path = Path(".json");
        File.WriteAllText(path, text);
        return path;
    }
}
