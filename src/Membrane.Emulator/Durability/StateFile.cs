using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Membrane.Client.Files;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Durability;

/// <summary>
/// The state on disk: a journal to which every change is added and flushed before anybody is told of it, and which is
/// rewritten when it has grown far beyond the live elements. Changes that come while one flush runs share the next.
/// </summary>
internal sealed class StateFile : IJournal
{
    private const long SmallestCompaction = 16 * 1024 * 1024;

    private readonly object gate = new();
    private readonly string path;
    private readonly Disk disk;
    private readonly System.Action<string> report;
    private readonly FileStream lockFile;
    private FileStream file;
    private WorkspaceStore? store;
    private IReadOnlyList<JournalEntry> baseline = Array.Empty<JournalEntry>();
    private long compactionSize = SmallestCompaction;
    private Batch pending = new();
    private Batch? inFlight;
    private Exception? broken;
    private bool disposed;

    private StateFile(string path, Disk disk, FileStream lockFile, FileStream file, List<JournalEntry> kept, System.Action<string> report)
    {
        this.path = path;
        this.disk = disk;
        this.report = report;
        this.lockFile = lockFile;
        this.file = file;
        Kept = kept;
    }

    /// <summary>What earlier runs have left, in the order it was written.</summary>
    public IReadOnlyList<JournalEntry> Kept { get; private set; }

    /// <summary>Opens or makes the file; a record that was not written whole is cut off.</summary>
    /// <param name="path">The file. Its owner alone may read it, for the state holds credentials.</param>
    /// <param name="report">Is told what a person should know.</param>
    /// <param name="disk">The disk; that of this machine by default.</param>
    /// <exception cref="IOException">Another emulator uses it, or it cannot be had.</exception>
    /// <exception cref="InvalidDataException">The file is something else.</exception>
    public static StateFile Open(string path, System.Action<string> report, Disk? disk = null)
    {
        disk ??= Disk.Default;
        var full = Path.GetFullPath(path);
        if (KeptFile.Refuse(full) is { } why)
        {
            throw new IOException($"The state cannot be kept in '{path}': it {why}.");
        }

        var lockFile = Lock(full);
        FileStream? file = null;
        try
        {
            HeldFile.Wait(disk, () => TakeUp(disk, full));
            file = HeldFile.Wait(disk, () => OwnerOnly.OpenFile(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            Protect(full, report);
            var kept = new List<JournalEntry>();
            Recover(file, full, kept, report);
            return new StateFile(full, disk, lockFile, file, kept, report);
        }
        catch
        {
            file?.Dispose();
            lockFile.Dispose();
            throw;
        }
    }

    /// <summary>Lets the file know the store that it keeps, and what of it comes from the catalog and need not be kept.</summary>
    public void Serve(WorkspaceStore kept, IReadOnlyList<JournalEntry> catalog)
    {
        store = kept;
        baseline = catalog;
        Kept = Array.Empty<JournalEntry>();
        compactionSize = Math.Max(SmallestCompaction, file.Length * 2);
    }

    public void Append(IReadOnlyList<JournalEntry> entries) => Add(RecordFormat.Write(entries));

    public void Clear() => Add(RecordFormat.WriteClear());

    public Task WhenDurable()
    {
        lock (gate)
        {
            // What cannot be kept any more must not be told of either.
            if (broken is not null)
            {
                return Task.FromException(Unsaved(broken));
            }

            if (pending.Records.Count > 0)
            {
                return pending.Done.Task;
            }

            return inFlight?.Done.Task ?? Task.CompletedTask;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
        }

        try
        {
            WhenDurable().GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // Those who waited for it have been told.
        }

        file.Dispose();
        lockFile.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            // A file of its own, since compaction puts a new state file in the place of the old.
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException($"The state file '{path}' is in use by another emulator.", error);
        }
    }

    /// <summary>
    /// A new file is used where Windows has taken the old one away and not put the new one there; else it was not finished.
    /// </summary>
    private static void TakeUp(Disk disk, string path)
    {
        var fresh = path + ".new";
        if (disk.HasFile(path) || !disk.HasFile(fresh))
        {
            disk.DeleteFile(fresh);
        }
        else
        {
            disk.MoveFile(fresh, path);
        }
    }

    private static void Protect(string file, System.Action<string> report)
    {
        try
        {
            OwnerOnly.ProtectFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report(
                "Membrane emulator: others on this machine may be able to read the state, which holds credentials, for access to it "
                    + "cannot be limited: "
                    + error.Message
            );
        }
    }

    private static void Recover(FileStream file, string path, List<JournalEntry> kept, System.Action<string> report)
    {
        var header = RecordFormat.Header;
        var start = new byte[Math.Min(header.Length, file.Length)];
        var read = file.Read(start, 0, start.Length);
        if (read < start.Length || !start.SequenceEqual(header.Take(start.Length)))
        {
            throw new InvalidDataException($"'{path}' is not a state file of the emulator; it is left as it is.");
        }

        if (file.Length < header.Length)
        {
            file.SetLength(0);
            file.Position = 0;
            file.Write(header, 0, header.Length);
            file.Flush(flushToDisk: true);
            return;
        }

        var good = RecordFormat.ReadAll(file, kept);
        if (good < file.Length)
        {
            SetAside(file, path, good, report);
            file.SetLength(good);
            file.Flush(flushToDisk: true);
        }

        file.Position = good;
    }

    /// <summary>Copies what is cut off: it was never acknowledged, unless the disk is at fault, and then a user may need it.</summary>
    private static void SetAside(FileStream file, string path, long good, System.Action<string> report)
    {
        report(
            $"Membrane emulator: the last {file.Length - good} bytes of the state were not written whole and are left out; they are "
                + $"kept in '{path}.torn'."
        );
        file.Position = good;
        using var torn = OwnerOnly.OpenFile(path + ".torn", FileMode.Create, FileAccess.Write, FileShare.Read);
        Protect(path + ".torn", report);
        file.CopyTo(torn);
    }

    private void Add(byte[] record)
    {
        lock (gate)
        {
            if (broken is not null)
            {
                throw Unsaved(broken);
            }

            if (disposed)
            {
                return;
            }

            pending.Records.Add(record);
            if (inFlight is null)
            {
                TakePending();
                _ = Task.Run(WriteBatches);
            }
        }
    }

    private static IOException Unsaved(Exception reason) => new("The state can no longer be saved: " + reason.Message, reason);

    private void TakePending()
    {
        inFlight = pending;
        pending = new Batch();
    }

    private void WriteBatches()
    {
        while (true)
        {
            var batch = inFlight!;
            Exception? failure = null;
            try
            {
                Write(batch);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failure = error;
                report("Membrane emulator: the state could not be saved: " + error.Message);
            }

            Batch? next = null;
            lock (gate)
            {
                broken ??= failure;
                inFlight = null;
                if (pending.Records.Count > 0)
                {
                    TakePending();
                    next = inFlight;
                }
            }

            batch.Finish(failure);
            if (next is null)
            {
                return;
            }
        }
    }

    private void Write(Batch batch)
    {
        if (broken is not null)
        {
            throw Unsaved(broken);
        }

        // What is in the batch is in the store already, so a new file has it with the rest.
        if (file.Position > compactionSize && store is not null && TryCompact(store))
        {
            return;
        }

        foreach (var record in batch.Records)
        {
            file.Write(record, 0, record.Length);
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Writes what is alive into a new file, and puts that in the place of the old one. Where that cannot be done,
    /// for want of room perhaps, the old one is as good as before, and it is tried again when that has doubled.
    /// </summary>
    private bool TryCompact(WorkspaceStore alive)
    {
        var done = false;
        try
        {
            var fresh = path + ".new";
            Rewrite(fresh, alive.Freeze(Alive));
            file.Dispose();
            HeldFile.Wait(disk, () => disk.Put(fresh, path));
            done = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report("Membrane emulator: the state file could not be rewritten and keeps growing: " + error.Message);
        }

        if (!file.CanWrite)
        {
            file = HeldFile.Wait(disk, () => disk.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read));
            file.Position = file.Length;
        }

        compactionSize = Math.Max(SmallestCompaction, file.Length * 2);
        return done;
    }

    private static void Rewrite(string fresh, List<JournalEntry> entries)
    {
        using var target = OwnerOnly.OpenFile(fresh, FileMode.Create, FileAccess.Write, FileShare.None);
        target.Write(RecordFormat.Header, 0, RecordFormat.Header.Length);
        foreach (var record in RecordFormat.Split(entries))
        {
            target.Write(record, 0, record.Length);
        }

        target.Flush(flushToDisk: true);
    }

    private List<JournalEntry> Alive(IEnumerable<StoredElement> elements)
    {
        var catalog = new Dictionary<string, StoredElement>(StringComparer.Ordinal);
        foreach (var entry in baseline)
        {
            catalog[entry.Collection + "\n" + entry.Id] = entry.Element!;
        }

        var entries = new List<JournalEntry>();
        foreach (var element in elements)
        {
            var place = element.Collection + "\n" + element.Id;
            var unchanged = catalog.TryGetValue(place, out var original) && ReferenceEquals(original, element);
            catalog.Remove(place);
            if (!unchanged)
            {
                entries.Add(new JournalEntry(element.Collection, element.Id, element));
            }
        }

        // Elements of the catalog that were removed have to be removed again at the next start.
        entries.AddRange(catalog.Values.Select(element => new JournalEntry(element.Collection, element.Id, null)));
        return entries;
    }

    /// <summary>Records that share a flush, and those who wait for it.</summary>
    private sealed class Batch
    {
        public List<byte[]> Records { get; } = new();

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Finish(Exception? failure)
        {
            if (failure is null)
            {
                Done.TrySetResult(true);
            }
            else
            {
                Done.TrySetException(new IOException("The state could not be saved: " + failure.Message, failure));
            }
        }
    }
}
