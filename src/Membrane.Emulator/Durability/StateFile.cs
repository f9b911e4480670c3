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

    private readonly string path;
    private readonly Disk disk;
    private readonly System.Action<string> report;
    private readonly FileStream lockFile;
    private FileStream file;
    private WorkspaceStore? store;
    private IReadOnlyList<JournalEntry> baseline = Array.Empty<JournalEntry>();
    private long compactionSize = SmallestCompaction;
    private readonly GroupCommitWriter<byte[]> writer;
    private volatile Exception? broken;
    private volatile bool disposed;

    private StateFile(string path, Disk disk, FileStream lockFile, FileStream file, List<JournalEntry> kept, System.Action<string> report)
    {
        this.path = path;
        this.disk = disk;
        this.report = report;
        this.lockFile = lockFile;
        this.file = file;
        writer = new GroupCommitWriter<byte[]>(Write);
        Kept = kept;
    }

    /// <summary>What earlier runs have left, in the order it was written.</summary>
    public IReadOnlyList<JournalEntry> Kept { get; private set; }

    /// <summary>Opens or makes the file. What cannot be read of it is set aside and told of.</summary>
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
            HeldFile.Wait(disk, () => FinishRewriting(disk, full));
            file = Open(disk, full);
            Protect(full, report);
            var recovery = new StateRecovery(file, full, report);
            recovery.Run();
            if (recovery.IsDamaged)
            {
                Rewrite(Fresh(full), recovery.Entries);
                file.Dispose();
                HeldFile.Wait(disk, () => disk.Put(Fresh(full), full));
                file = Open(disk, full);
                file.Position = file.Length;
            }

            return new StateFile(full, disk, lockFile, file, recovery.Entries, report);
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

    // What cannot be kept any more must not be told of either.
    public Task WhenDurable() => broken is { } reason ? Task.FromException(Unsaved(reason)) : writer.WhenWrittenAsync();

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        writer.Close();
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

    private static FileStream Open(Disk disk, string path) =>
        HeldFile.Wait(disk, () => disk.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read));

    /// <summary>Returns where the file is rewritten before it replaces the old one.</summary>
    private static string Fresh(string path) => path + ".rewriting";

    /// <summary>
    /// A new file is used where Windows has taken the old one away and not put the new one there; else it was not finished.
    /// Where there is neither, the file is made whole at once: one without its header is another's.
    /// </summary>
    private static void FinishRewriting(Disk disk, string path)
    {
        var fresh = Fresh(path);
        if (disk.HasFile(fresh) && !RecordFormat.IsBegun(fresh))
        {
            throw new IOException(
                $"'{fresh}' is in the way: the state is written there when it is made smaller, and the file is not the emulator's. "
                    + "Move it, or choose another path for the state."
            );
        }

        if (disk.HasFile(path))
        {
            disk.DeleteFile(fresh);
            return;
        }

        if (!disk.HasFile(fresh))
        {
            Rewrite(fresh, []);
        }

        disk.MoveFile(fresh, path);
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

    private void Add(byte[] record)
    {
        if (broken is { } reason)
        {
            throw Unsaved(reason);
        }

        if (!disposed)
        {
            _ = writer.AddAsync(record);
        }
    }

    private static IOException Unsaved(Exception reason) => new("The state can no longer be saved: " + reason.Message, reason);

    private void Write(IReadOnlyList<byte[]> records)
    {
        if (broken is { } reason)
        {
            throw Unsaved(reason);
        }

        try
        {
            // What is in the batch is in the store already, so a new file has it with the rest.
            if (file.Position > compactionSize && store is not null && TryCompact(store))
            {
                return;
            }

            foreach (var record in records)
            {
                file.Write(record, 0, record.Length);
            }

            file.Flush(flushToDisk: true);
        }
        catch (Exception error)
        {
            broken = error;
            report("Membrane emulator: the state could not be saved: " + error.Message);
            throw new IOException("The state could not be saved: " + error.Message, error);
        }
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
            var fresh = Fresh(path);
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
            file = Open(disk, path);
            file.Position = file.Length;
        }

        compactionSize = Math.Max(SmallestCompaction, file.Length * 2);
        return done;
    }

    private static void Rewrite(string fresh, IReadOnlyList<JournalEntry> entries)
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
}
