using System;
using System.IO;

namespace Membrane.Client.Tests.Support;

/// <summary>A folder of a test's own, gone after it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("membrane-test-");

    public string Path => folder.FullName;

    public string File(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => folder.Delete(recursive: true);
}
