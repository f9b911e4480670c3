using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Membrane.Client.NativeCommands;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Files;

/// <summary>The folder of an exported module while another program has one of its files open: Windows refuses to move it.</summary>
public sealed class HeldModuleFolderTests : IDisposable
{
    // Directory.Move says so by an IOException, unlike File.Move.
    private const int AccessDenied = unchecked((int)0x80070005);

    private readonly Folder folder = new();
    private readonly RefusingDisk disk = new();
    private readonly ModuleFolder module;

    public HeldModuleFolderTests()
    {
        module = new ModuleFolder(folder.File("Module"), disk);
        module.Replace(Files("old"));
        File.WriteAllText(folder.File("Module", "own.txt"), "mine");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_waited_for()
    {
        disk.Refuse(3, AccessDenied);
        module.Replace(Files("new"));
        Assert.Equal(3, disk.Pauses);
        Require("new");
    }

    [Fact]
    public void When_it_stays_open_what_was_there_is_there()
    {
        disk.Refuse(11, AccessDenied);
        Assert.Equal(ErrorIds.FileAccess, Assert.Throws<MembraneException>(() => module.Replace(Files("new"))).ErrorId);
        Require("old");
    }

    [Fact]
    public void When_the_wait_is_cancelled_what_was_there_is_there()
    {
        using var cancelling = new CancellationTokenSource();
        disk.Refuse(1, AccessDenied).Waiting = _ => cancelling.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => module.Replace(Files("new"), cancelling.Token));
        Require("old");
    }

    [Fact]
    public void A_file_that_is_spelled_anew_has_its_new_name_on_a_disk_without_capital_letters()
    {
        var caseless = new ModuleFolder(module.Path, new CaselessDisk());
        caseless.Replace(new Dictionary<string, byte[]> { ["en-us/help.txt"] = Encoding.UTF8.GetBytes("new") });
        Assert.Equal(["en-us/help.txt", "own.txt"], Names());
    }

    private static Dictionary<string, byte[]> Files(string content) => new() { ["en-US/Help.txt"] = Encoding.UTF8.GetBytes(content) };

    private string[] Names() =>
        Directory
            .GetFiles(module.Path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(module.Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();

    private void Require(string content)
    {
        Assert.Equal(["en-US/Help.txt", "own.txt"], Names());
        Assert.Equal(content, File.ReadAllText(folder.File("Module", "en-US", "Help.txt")));
        Assert.Equal(["Module"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }
}
