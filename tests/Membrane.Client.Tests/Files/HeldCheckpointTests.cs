using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Membrane.Client.Checkpoints;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Files;

public sealed class HeldCheckpointTests : IDisposable
{
    private static readonly Dictionary<string, string> Purpose = new() { ["action"] = "a" };

    private readonly Folder folder = new();
    private readonly RefusingDisk disk = new() { RefusesToOpen = true };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_checkpoint_file_that_another_program_has_open_for_a_moment_is_waited_for()
    {
        disk.Refuse(2);
        CheckpointJournal.OpenFile(folder.File("run"), Purpose, disk, CancellationToken.None).Dispose();
        Assert.Equal(2, disk.Pauses);
    }

    [Fact]
    public void One_that_stays_open_is_an_error_and_the_wait_can_be_cancelled()
    {
        disk.Refuse(int.MaxValue);
        Assert.Equal(
            ErrorIds.CheckpointUnavailable,
            Assert
                .Throws<MembraneException>(() => CheckpointJournal.OpenFile(folder.File("run"), Purpose, disk, CancellationToken.None))
                .ErrorId
        );
        using var cancelling = new CancellationTokenSource();
        disk.Waiting = _ => cancelling.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => CheckpointJournal.OpenFile(folder.File("run"), Purpose, disk, cancelling.Token));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    public void What_keeps_nothing_is_found_out_behind_a_link_too(string device)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.CreateSymbolicLink(folder.File("link"), device);
        var problem = Assert.Throws<MembraneException>(() => CheckpointJournal.OpenFile(folder.File("link"), Purpose));
        Assert.Equal(ErrorIds.CheckpointUnavailable, problem.ErrorId);
        Assert.Contains(folder.File("link"), problem.Message, StringComparison.Ordinal);
    }
}
