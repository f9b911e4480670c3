using System;
using System.IO;
using System.Linq;
using System.Threading;
using Membrane.Client.Tests.Support;
using Membrane.Client.WorkspaceFiles;
using Xunit;

namespace Membrane.Client.Tests.WorkspaceFiles;

public sealed class HeldWorkspaceFileTests : IDisposable
{
    private readonly Folder folder = new();
    private readonly RefusingDisk disk = new();
    private readonly WorkspaceFolder workspace;

    public HeldWorkspaceFileTests()
    {
        workspace = new WorkspaceFolder(folder.Path, disk);
        workspace.Write(Archive("old"));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(RefusingDisk.SharingViolation)]
    public void A_file_that_another_program_has_open_is_waited_for(int result)
    {
        disk.Refuse(3, result);
        workspace.Write(Archive("new"));
        Assert.Equal(3, disk.Pauses);
        Require("new");
    }

    [Fact]
    public void When_it_stays_open_everything_is_as_it_was()
    {
        disk.Refuse(11);
        Assert.Equal(ErrorIds.FileAccess, Assert.Throws<MembraneException>(() => workspace.Write(Archive("new"))).ErrorId);
        Require("old");
    }

    [Fact]
    public void The_wait_can_be_cancelled_and_everything_is_as_it_was()
    {
        using var cancelling = new CancellationTokenSource();
        disk.Refuse(3).Waiting = _ => cancelling.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => workspace.Write(Archive("new"), cancelling.Token));
        disk.Waiting = null;
        Require("old");
    }

    private static WorkspaceArchive Archive(string content) =>
        WorkspaceArchive.FromZip(Zip.Of(("membrane/actions/a/a.yaml", content), ("membrane/flows/f/f.yaml", content)));

    private void Require(string content)
    {
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(content, File.ReadAllText(file)));
        Assert.Equal(["membrane"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }
}
