using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Durability;
using Membrane.Emulator.Store;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class CompactionTests
{
    [Fact]
    public async Task A_file_that_has_grown_far_beyond_what_is_alive_is_written_anew()
    {
        var path = TestFiles.Path();
        var catalog = new[] { Entry("apps", "kept", 1), Entry("apps", "removed", 2) };
        using (var file = StateFile.Open(path, _ => { }))
        {
            var store = new WorkspaceStore(null, file);
            store.Load(catalog);
            file.Serve(store, catalog);
            store.Change(transaction => transaction.Remove("apps", "removed"));
            string filling = new('x', 100_000);
            for (var round = 0; round < 400; round++)
            {
                store.Change(transaction =>
                    transaction.Put(
                        "things",
                        new JsonObject
                        {
                            ["id"] = $"t{round % 5}",
                            ["filling"] = filling,
                            ["round"] = round,
                        }
                    )
                );
                if (round % 50 == 0)
                {
                    await store.WhenDurable();
                }
            }

            await store.WhenDurable();
        }

        Assert.InRange(new FileInfo(path).Length, 1, 36_000_000);
        Assert.False(File.Exists(path + ".new"));
        using var again = StateFile.Open(path, _ => { });
        var reopened = new WorkspaceStore(null, new NoJournal());
        reopened.Load(catalog);
        reopened.Load(again.Kept);
        Assert.Equal(
            new[] { 395, 396, 397, 398, 399 },
            reopened.All("things").Select(thing => thing.Body.GetProperty("round").GetInt32()).Order()
        );
        Assert.Equal(new[] { "kept" }, reopened.All("apps").Select(app => app.Id));
    }

    [Fact]
    public async Task Clearing_forgets_what_was_written_before()
    {
        var path = TestFiles.Path();
        using (var file = StateFile.Open(path, _ => { }))
        {
            var store = new WorkspaceStore(null, file);
            file.Serve(store, Array.Empty<JournalEntry>());
            store.Change(transaction => transaction.Put("things", new JsonObject { ["id"] = "before" }));
            store.Reset(Array.Empty<JournalEntry>());
            store.Change(transaction => transaction.Put("things", new JsonObject { ["id"] = "after" }));
            await store.WhenDurable();
        }

        using var again = StateFile.Open(path, _ => { });
        Assert.Equal(new[] { "after" }, again.Kept.Select(entry => entry.Id));
    }

    [Fact]
    public void A_change_that_fails_leaves_nothing_behind()
    {
        var store = new WorkspaceStore(null, new NoJournal());
        store.Change(transaction => transaction.Put("things", new JsonObject { ["id"] = "a", ["value"] = 1 }));

        Assert.Throws<KeyNotFoundException>(() =>
            store.Change(transaction =>
            {
                transaction.Put("things", new JsonObject { ["id"] = "a", ["value"] = 2 });
                transaction.Put("things", new JsonObject { ["id"] = "b" });
                transaction.Remove("things", "a");
                throw new KeyNotFoundException();
            })
        );

        Assert.Equal(1, Assert.Single(store.All("things")).Body.GetProperty("value").GetInt32());
    }

    private static JournalEntry Entry(string collection, string id, long sequence)
    {
        var element = new StoredElement(collection, sequence, Json.EmulatorJson.Freeze(new JsonObject { ["id"] = id }));
        return new JournalEntry(collection, id, element);
    }

    [Fact]
    public async Task A_file_written_anew_is_cut_into_records_by_their_size()
    {
        var path = TestFiles.Path();
        string filling = new('x', 200_000);
        using (var file = StateFile.Open(path, _ => { }))
        {
            var store = new WorkspaceStore(null, file);
            file.Serve(store, Array.Empty<JournalEntry>());
            for (var round = 0; round < 200; round++)
            {
                store.Change(transaction =>
                    transaction.Put(
                        "things",
                        new JsonObject
                        {
                            ["id"] = $"t{round % 50}",
                            ["filling"] = filling,
                            ["round"] = round,
                        }
                    )
                );
                if (round % 10 == 0)
                {
                    await store.WhenDurable();
                }
            }

            await store.WhenDurable();
        }

        var bytes = await File.ReadAllBytesAsync(path);
        Assert.InRange(bytes.Length, 1, 39_000_000);
        var sizes = new List<int>();
        for (var start = RecordFormat.Header.Length; start < bytes.Length; start += 8 + sizes[^1])
        {
            sizes.Add(BitConverter.ToInt32(bytes, start));
        }

        Assert.InRange(sizes.Max(), 1, 2_000_000);
        using var again = StateFile.Open(path, _ => { });
        var reopened = new WorkspaceStore(null, new NoJournal());
        reopened.Load(again.Kept);
        Assert.Equal(Enumerable.Range(150, 50), reopened.All("things").Select(thing => thing.Body.GetProperty("round").GetInt32()).Order());
    }
}
