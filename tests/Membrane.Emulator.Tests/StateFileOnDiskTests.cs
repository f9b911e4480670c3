using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Emulator.Durability;
using Membrane.Emulator.Store;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>The state file as the systems of different machines treat it.</summary>
public sealed class StateFileOnDiskTests
{
    private readonly RefusingDisk disk = new();
    private readonly List<string> reports = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_written_anew_is_waited_for_where_another_program_has_it_open(bool stopsHalfWay)
    {
        var path = TestFiles.Path();
        disk.StopsHalfWay = stopsHalfWay;
        await Grow(path, () => disk.Refuse(3));
        Assert.Equal(3, disk.Pauses);
        Assert.Empty(reports);
        Assert.InRange(new FileInfo(path).Length, 1, 16_000_000);
        Assert.Equal(9, Last(path));
    }

    [Fact]
    public async Task Where_it_stays_open_the_old_one_goes_on()
    {
        var path = TestFiles.Path();
        await Grow(path, () => disk.Refuse(int.MaxValue));
        Assert.Contains(reports, static report => report.Contains("could not be rewritten", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(path).Length, 18_000_000, 30_000_000);
        Assert.Equal(9, Last(path));
    }

    [Fact]
    public async Task Where_the_system_has_stopped_half_way_for_good_the_next_start_takes_up_the_new_one()
    {
        var path = TestFiles.Path();
        await Grow(path, static () => { });
        File.Move(path, path + ".new");
        Assert.Equal(9, Last(path));
        Assert.False(File.Exists(path + ".new"));
    }

    [Fact]
    public async Task Others_cannot_read_it_from_the_moment_it_exists_even_where_they_could()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = TestFiles.Path();
        await File.WriteAllTextAsync(path, string.Empty);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await Grow(path, static () => { });
        Require(path);
        File.Delete(path);
        await Grow(path, static () => { });
        Require(path);

        await File.AppendAllTextAsync(path, "torn");
        Last(path);
        Require(path + ".torn");

        static void Require(string file) => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void What_keeps_nothing_is_refused()
    {
        var folder = Path.GetDirectoryName(TestFiles.Path())!;
        Assert.Contains(
            "folder",
            Assert.Throws<IOException>(() => EmulatorHost.Start(new EmulatorOptions { StatePath = folder })).Message,
            StringComparison.Ordinal
        );
        var device = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        Assert.Contains(
            "device",
            Assert.Throws<IOException>(() => EmulatorHost.Start(new EmulatorOptions { StatePath = device })).Message,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(folder + ".lock"));
    }

    // Ten versions of one thing, which together are large enough to be written anew before the last.
    private async Task Grow(string path, System.Action beforeLast)
    {
        using var file = StateFile.Open(path, reports.Add, disk);
        var store = new WorkspaceStore(null, file);
        file.Serve(store, Array.Empty<JournalEntry>());
        for (var round = 0; round < 10; round++)
        {
            if (round == 9)
            {
                beforeLast();
            }

            store.Change(transaction =>
                transaction.Put(
                    "things",
                    new JsonObject
                    {
                        ["id"] = "one",
                        ["filling"] = new string('x', 2_000_000),
                        ["round"] = round,
                    }
                )
            );
            await store.WhenDurable();
        }
    }

    private static int Last(string path)
    {
        using var file = StateFile.Open(path, static _ => { });
        return file.Kept[^1].Element!.Body.GetProperty("round").GetInt32();
    }
}
