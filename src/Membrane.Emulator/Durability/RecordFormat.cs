using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Durability;

/// <summary>
/// The records of the state file: length, checksum, and a JSON array of what one change did. A change is one record,
/// so it is there as a whole or not at all.
/// </summary>
internal static class RecordFormat
{
    /// <summary>How the file begins.</summary>
    public static readonly byte[] Header = Encoding.ASCII.GetBytes("membrane-emulator-state 1\n");

    private const int FrameSize = 8;

    /// <summary>The array and the object around what is stored, and room.</summary>
    private const int Wrapping = 8;

    private const int SplitSize = 1024 * 1024;

    /// <summary>
    /// No change is larger. So no text of a payload looks like a length: its bytes are 0x20 and more, which is half a gigabyte.
    /// </summary>
    private const int LargestPayload = 256 * 1024 * 1024;

    /// <summary>Writes the record of one change.</summary>
    public static byte[] Write(IEnumerable<JournalEntry> entries) =>
        Frame(
            EmulatorJson.Write(writer =>
            {
                writer.WriteStartArray();
                foreach (var entry in entries)
                {
                    Write(writer, entry);
                }

                writer.WriteEndArray();
            })
        );

    /// <summary>Records of about a megabyte, for what need not be there as a whole: however much it is, no record gets too large.</summary>
    public static IEnumerable<byte[]> Split(IReadOnlyList<JournalEntry> entries)
    {
        var next = 0;
        while (next < entries.Count)
        {
            yield return Frame(
                EmulatorJson.Write(writer =>
                {
                    writer.WriteStartArray();
                    while (next < entries.Count && writer.BytesCommitted + writer.BytesPending < SplitSize)
                    {
                        Write(writer, entries[next++]);
                    }

                    writer.WriteEndArray();
                })
            );
        }
    }

    /// <summary>Writes the record after which nothing before counts.</summary>
    public static byte[] WriteClear() => Frame(EmulatorJson.Write(writer => writer.WriteNullValue()));

    /// <summary>Whether a file begins like a state file, or is the beginning of one.</summary>
    public static bool IsBegun(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var start = new byte[Math.Min(Header.Length, file.Length)];
        return Fill(file, start, start.Length) && start.AsSpan().SequenceEqual(Header.AsSpan(0, start.Length));
    }

    /// <summary>Reads records up to the first that is not whole, and says where that is.</summary>
    public static long ReadAll(Stream stream, List<JournalEntry> entries)
    {
        var good = stream.Position;
        while (ReadPayload(stream) is { } payload)
        {
            Read(EmulatorJson.Parse(payload, Wrapping), entries);
            good = stream.Position;
        }

        return good;
    }

    /// <summary>Finds the first whole record after a place where none is; null where there is none.</summary>
    public static long? FindNext(Stream stream, long after)
    {
        var window = new byte[SplitSize];
        for (var start = after + 1; start + FrameSize < stream.Length; start += window.Length - FrameSize)
        {
            stream.Position = start;
            var filled = (int)Math.Min(window.Length, stream.Length - start);
            if (!Fill(stream, window, filled))
            {
                return null;
            }

            for (var offset = 0; offset + FrameSize < filled; offset++)
            {
                if (!LooksLikeRecord(window, offset, stream.Length - start - offset))
                {
                    continue;
                }

                stream.Position = start + offset;
                if (ReadPayload(stream) is not null)
                {
                    return start + offset;
                }
            }
        }

        return null;
    }

    private static bool LooksLikeRecord(byte[] bytes, int offset, long room) =>
        BitConverter.ToInt32(bytes, offset) is > 0 and <= LargestPayload and var length
        && length <= room - FrameSize
        && bytes[offset + FrameSize] is (byte)'[' or (byte)'n';

    /// <summary>Reads the payload of the record at the stream's position; null where no whole record is.</summary>
    private static byte[]? ReadPayload(Stream stream)
    {
        var frame = new byte[FrameSize];
        if (!Fill(stream, frame, FrameSize))
        {
            return null;
        }

        var length = BitConverter.ToInt32(frame, 0);
        if (length is <= 0 or > LargestPayload || length > stream.Length - stream.Position)
        {
            return null;
        }

        var payload = new byte[length];
        return Fill(stream, payload, length) && Checksum.Of(payload, 0, length) == BitConverter.ToUInt32(frame, 4) ? payload : null;
    }

    private static void Write(Utf8JsonWriter writer, JournalEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("c", entry.Collection);
        if (entry.Element is null)
        {
            writer.WriteString("d", entry.Id);
        }
        else
        {
            writer.WriteNumber("s", entry.Element.Sequence);
            writer.WritePropertyName("e");
            entry.Element.Body.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void Read(JsonElement record, List<JournalEntry> entries)
    {
        if (record.ValueKind == JsonValueKind.Null)
        {
            entries.Clear();
            return;
        }

        foreach (var change in record.EnumerateArray())
        {
            var collection = change.Text("c")!;
            if (change.Text("d") is { } removed)
            {
                entries.Add(new JournalEntry(collection, removed, null));
            }
            else
            {
                var element = new StoredElement(collection, change.GetProperty("s").GetInt64(), change.GetProperty("e").Clone());
                entries.Add(new JournalEntry(collection, element.Id, element));
            }
        }
    }

    private static byte[] Frame(byte[] payload)
    {
        if (payload.Length > LargestPayload)
        {
            throw new IOException($"One change of {payload.Length} bytes is more than the state file takes ({LargestPayload}).");
        }

        var record = new byte[FrameSize + payload.Length];
        BitConverter.GetBytes(payload.Length).CopyTo(record, 0);
        Buffer.BlockCopy(payload, 0, record, FrameSize, payload.Length);
        BitConverter.GetBytes(Checksum.Of(record, FrameSize, payload.Length)).CopyTo(record, 4);
        return record;
    }

    private static bool Fill(Stream stream, byte[] buffer, int count)
    {
        var filled = 0;
        while (filled < count)
        {
            var read = stream.Read(buffer, filled, count - filled);
            if (read == 0)
            {
                return false;
            }

            filled += read;
        }

        return true;
    }
}
