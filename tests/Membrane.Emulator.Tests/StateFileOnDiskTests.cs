using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Emulator.Durability;
using Membrane.Emulator.Store;
using Membrane.Emulator.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Emulator.Tests;

/// <summary>The state file as the systems of different machines treat it.</summary>
public sealed class StateFileOnDiskTests(ITestOutputHelper output)
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
        File.Move(path, path + ".rewriting");
        Assert.Equal(9, Last(path));
        Assert.False(File.Exists(path + ".rewriting"));
    }

    [Fact]
    public async Task Others_cannot_read_it_from_the_moment_it_exists_even_where_they_could()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = TestFiles.Path();
        await Grow(path, static () => { });
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await Grow(path, static () => { });
        Require(path);
        File.Delete(path);
        await Grow(path, static () => { });
        Require(path);

        await File.AppendAllTextAsync(path, "torn");
        Last(path);
        Require(path + ".torn-1");

        static void Require(string file) => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("membrane-emulator", "not a state file")]
    [InlineData("notes", "not a state file")]
    public async Task A_file_without_its_header_is_refused_and_left_as_it_is(string text, string reason)
    {
        var path = TestFiles.Path();
        await File.WriteAllTextAsync(path, text);
        var problem = Assert.Throws<InvalidDataException>(() => StateFile.Open(path, reports.Add));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData(".new", true)]
    [InlineData(".torn", true)]
    [InlineData(".rewriting", false)]
    public async Task A_file_of_the_user_beside_it_is_never_removed(string ending, bool opens)
    {
        var path = TestFiles.Path();
        await File.WriteAllTextAsync(path + ending, "notes");
        if (opens)
        {
            await Grow(path, static () => { });
        }
        else
        {
            Assert.Contains(
                path + ending,
                Assert.Throws<IOException>(() => StateFile.Open(path, reports.Add)).Message,
                StringComparison.Ordinal
            );
        }

        Assert.Equal("notes", await File.ReadAllTextAsync(path + ending));
    }

    [Fact]
    public async Task Damage_in_the_middle_is_told_from_a_torn_end_and_what_follows_it_is_kept()
    {
        var random = new Chaos(output).Random;
        var path = TestFiles.Path();
        var ends = await Record(path, 30);
        var whole = await File.ReadAllBytesAsync(path);
        for (var round = 0; round < Chaos.Rounds(150); round++)
        {
            reports.Clear();
            var damaged = TestFiles.Path();
            var bytes = (byte[])whole.Clone();
            var at = random.Next((int)ends[0], bytes.Length);
            var hit = ends.FindIndex(end => at < end);
            bytes[at] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(damaged, bytes);
            var isLast = hit == ends.Count - 1;

            Assert.Equal(Enumerable.Range(1, 30).Where(number => number != hit), Numbers(damaged));
            Assert.Contains(isLast ? "not written whole" : "damaged", Assert.Single(reports), StringComparison.Ordinal);
            var copy = await File.ReadAllBytesAsync(damaged + (isLast ? ".torn-1" : ".damaged-1"));
            Assert.Equal(isLast ? bytes[(int)ends[^2]..] : bytes, copy);

            // What was rewritten is whole.
            reports.Clear();
            Assert.Equal(29, Numbers(damaged).Count);
            Assert.Empty(reports);
        }
    }

    [Fact]
    public async Task Every_rescue_copy_has_a_name_of_its_own()
    {
        var path = TestFiles.Path();
        await Record(path, 2);
        for (var number = 1; number <= 3; number++)
        {
            await File.AppendAllTextAsync(path, $"torn {number}");
            Assert.Equal([1, 2], Numbers(path));
            Assert.Equal($"torn {number}", await File.ReadAllTextAsync($"{path}.torn-{number}"));
        }

        Assert.Equal(3, reports.Count);
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

    // The ends of the header and of each of the changes.
    private async Task<List<long>> Record(string path, int changes)
    {
        using var file = StateFile.Open(path, reports.Add, disk);
        var store = new WorkspaceStore(null, file);
        file.Serve(store, Array.Empty<JournalEntry>());
        var ends = new List<long> { new FileInfo(path).Length };
        for (var number = 1; number <= changes; number++)
        {
            store.Change(transaction => transaction.Put("things", new JsonObject { ["id"] = $"{number}", ["text"] = "Größe\0[n" }));
            await store.WhenDurable();
            ends.Add(new FileInfo(path).Length);
        }

        return ends;
    }

    private List<int> Numbers(string path)
    {
        using var file = StateFile.Open(path, reports.Add);
        return file.Kept.Select(static entry => int.Parse(entry.Id, CultureInfo.InvariantCulture)).ToList();
    }

    private static int Last(string path)
    {
        using var file = StateFile.Open(path, static _ => { });
        return file.Kept[^1].Element!.Body.GetProperty("round").GetInt32();
    }
}
