using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using Membrane.Client.WorkspaceFiles;

namespace Membrane.Client;

/// <summary>The files of a workspace, by their names relative to its folder.</summary>
public sealed class WorkspaceArchive
{
    /// <summary>How large the files may be together, in bytes: 100 MB.</summary>
    internal const int MaxBytes = 100 * 1024 * 1024;

    /// <summary>How many files there may be.</summary>
    internal const int MaxFiles = 100_000;

    // Zip files have times; the same files shall give the same bytes.
    private static readonly DateTimeOffset Beginning = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> ignored = [];
    private long length;

    /// <summary>The files, in the order of their names.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => files;

    /// <summary>The names of files that are not part of the layout, and were left out.</summary>
    public IReadOnlyList<string> Ignored => ignored;

    /// <summary>Reads a zip file.</summary>
    /// <exception cref="MembraneException">It is not an archive, is too large unpacked, or has names that must not become files
    /// (MalformedResponse).</exception>
    public static WorkspaceArchive FromZip(byte[] zip)
    {
        var archive = new WorkspaceArchive();
        try
        {
            using var stream = new MemoryStream(zip, writable: false);
            using var reader = new ZipArchive(stream, ZipArchiveMode.Read);
            if (reader.Entries.Count > MaxFiles)
            {
                throw Refuse($"has more than {MaxFiles} entries");
            }

            foreach (var entry in reader.Entries)
            {
                var isFolder = entry.FullName.EndsWith("/", StringComparison.Ordinal);
                var name = isFolder ? entry.FullName.Substring(0, entry.FullName.Length - 1) : entry.FullName;
                if (WorkspacePath.Refuse(name) is { } why)
                {
                    throw Refuse($"has an entry whose name {why}: '{Shown(name)}'");
                }

                if (!isFolder)
                {
                    archive.Add(name, () => Unpack(entry, MaxBytes - archive.length));
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            throw Refuse("is not a zip file, or a damaged one: " + exception.Message, exception);
        }

        return archive;
    }

    /// <summary>Writes a zip file: the same files give the same bytes.</summary>
    public byte[] ToZip()
    {
        using var stream = new MemoryStream();
        using (var writer = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var entry = writer.CreateEntry(file.Key, CompressionLevel.Optimal);
                entry.LastWriteTime = Beginning;
                using var content = entry.Open();
                content.Write(file.Value, 0, file.Value.Length);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Adds a file, if it is part of the layout.</summary>
    internal void Add(string name, Func<byte[]> read)
    {
        if (WorkspacePath.Parse(name) is null)
        {
            ignored.Add(name);
            return;
        }

        if (!names.Add(name))
        {
            throw Refuse($"has two files of one name, as far as not every system tells capital letters from small ones: '{Shown(name)}'");
        }

        var content = read();
        length += content.Length;
        if (length > MaxBytes || files.Count >= MaxFiles)
        {
            throw Refuse(TooLarge);
        }

        files.Add(name, content);
    }

    private static string TooLarge => $"has more than {MaxFiles} files, or more than {MaxBytes / (1024 * 1024)} MB in them";

    // What an entry says of its length need not be true.
    private static byte[] Unpack(ZipArchiveEntry entry, long most)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            if (content.Length + read > most)
            {
                throw Refuse(TooLarge);
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static string Shown(string name) => ShownText.OfLine(name, 100);

    private static MembraneException Refuse(string why, Exception? exception = null) =>
        new(
            ErrorIds.MalformedResponse,
            $"The archive of the workspace {why}. Nothing of it is used.",
            "Look at where the archive comes from.",
            exception
        );
}
