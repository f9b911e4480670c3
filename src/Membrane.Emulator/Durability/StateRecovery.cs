using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Membrane.Client.Files;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Durability;

/// <summary>
/// Reads what earlier runs have left in a state file. A torn end and damage in the middle are told apart: behind the one
/// nothing is whole, behind the other there is, and it is kept. What cannot be read is set aside, never thrown away.
/// </summary>
internal sealed class StateRecovery(FileStream file, string path, System.Action<string> report)
{
    /// <summary>What the file holds, in the order it was written.</summary>
    public List<JournalEntry> Entries { get; } = new();

    /// <summary>Whether the file has damage in the middle, and must be rewritten before anything is added.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Reads the file, and cuts a torn end off.</summary>
    /// <exception cref="InvalidDataException">The file is something else.</exception>
    /// <exception cref="IOException">It cannot be read, or what is cut off cannot be set aside.</exception>
    public void Run()
    {
        RequireHeader();
        var good = RecordFormat.ReadAll(file, Entries);
        long lost = 0;
        long changes = 0;
        var first = good;
        while (good < file.Length && RecordFormat.FindNext(file, good) is { } next)
        {
            IsDamaged = true;
            lost += next - good;
            var before = Entries.Count;
            file.Position = next;
            good = RecordFormat.ReadAll(file, Entries);
            changes += Math.Max(0, Entries.Count - before);
        }

        var torn = file.Length - good;
        if (IsDamaged)
        {
            var copy = SetAside("damaged", from: 0);
            report(
                $"Membrane emulator: {lost} bytes of the state file '{path}' are damaged, the first at {first}: the changes in them are "
                    + $"lost, and the {changes} after them are kept. The file as it was is in '{copy}'."
            );
        }
        else if (torn > 0)
        {
            var copy = SetAside("torn", from: good);
            report(
                $"Membrane emulator: the last {torn} bytes of the state file '{path}' were not written whole and are left out. They are in "
                    + $"'{copy}'."
            );
            file.SetLength(good);
            file.Flush(flushToDisk: true);
        }

        file.Position = good;
    }

    private void RequireHeader()
    {
        var header = RecordFormat.Header;
        var start = new byte[Math.Min(header.Length, file.Length)];
        var read = file.Read(start, 0, start.Length);
        if (read < header.Length || !start.SequenceEqual(header))
        {
            throw new InvalidDataException(
                file.Length == 0
                    ? $"'{path}' is empty, and so not a state file of the emulator: delete it, or choose a path where no file is."
                    : $"'{path}' is not a state file of the emulator; it is left as it is."
            );
        }
    }

    // The last run may have lost power, or the disk is at fault: then a person may want to see it.
    private string SetAside(string what, long from)
    {
        using var copy = CreateCopy(what);
        OwnerOnly.ProtectFile(copy.Name);
        file.Position = from;
        file.CopyTo(copy);
        copy.Flush(flushToDisk: true);
        return copy.Name;
    }

    private FileStream CreateCopy(string what)
    {
        for (var number = 1; ; number++)
        {
            var name = $"{path}.{what}-{number}";
            if (!File.Exists(name))
            {
                return OwnerOnly.OpenFile(name, FileMode.Create, FileAccess.Write, FileShare.Read);
            }
        }
    }
}
