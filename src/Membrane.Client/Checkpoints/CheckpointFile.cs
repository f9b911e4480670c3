using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Files;

namespace Membrane.Client.Checkpoints;

/// <summary>
/// A journal of what became of each input of a batch. A line is on the disk before what it speaks of happens: "started"
/// before the input is sent, the outcome before the result is shown. Lines of several inputs share one flush.
/// </summary>
/// <remarks>
/// The first line is a JSON object that says what the file is for; every further one is a <see cref="CheckpointLine"/>.
/// A regular end is sealed. A last line that is cut off was never relied upon, and is dropped. Any other damage refuses the
/// file, and leaves it as it is.
/// </remarks>
internal sealed class CheckpointFile : IDisposable
{
    private const string Format = "membrane-checkpoint";
    private const int Version = 2;

    // Lines are written whole and flushed at once; what a full disk did not take must not be tried again later.
    private const int NoBuffer = 1;

    private readonly string path;
    private readonly FileStream file;
    private readonly Dictionary<Guid, CheckpointState> known = [];
    private readonly GroupCommitWriter<string> writer;
    private int lines;
    private long whole;

    private CheckpointFile(string path, FileStream file)
    {
        this.path = path;
        this.file = file;
        writer = new GroupCommitWriter<string>(Write);
    }

    /// <summary>
    /// What a person should know of the file; null where all is well. A file that is not sealed lacks what was cut off its end,
    /// or is of a run that was stopped from outside: nothing can tell which.
    /// </summary>
    public string? Warning { get; private set; }

    /// <summary>Opens or creates the file, and reads its entries.</summary>
    /// <param name="path">The file.</param>
    /// <param name="purpose">What the batch does; a file of another purpose is refused.</param>
    /// <param name="disk">The disk; that of this machine by default.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program has open.</param>
    /// <exception cref="MembraneException">The file is damaged, in use, of another batch, or cannot be opened.</exception>
    public static CheckpointFile Open(
        string path,
        IReadOnlyDictionary<string, string> purpose,
        Disk? disk = null,
        CancellationToken cancellationToken = default
    )
    {
        disk ??= Disk.Default;
        FileStream file;
        try
        {
            file = HeldFile.Wait(
                disk,
                () => disk.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, NoBuffer),
                cancellationToken
            );
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new MembraneException(
                ErrorIds.CheckpointUnavailable,
                $"The checkpoint file '{path}' cannot be opened: {exception.Message}",
                "Another run may be using it: wait for it, or choose another file. The folder must exist and be writable.",
                exception
            );
        }

        var checkpoint = new CheckpointFile(path, file);
        try
        {
            checkpoint.Load(purpose);
            return checkpoint;
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            file.Dispose();
            throw checkpoint.CannotWrite(exception);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Returns the state of an input when the file was opened.</summary>
    public CheckpointState StateOf(Guid identity) => known.TryGetValue(identity, out var state) ? state : CheckpointState.None;

    /// <summary>Writes the state of an input. When the task completes, it is on the disk.</summary>
    /// <exception cref="MembraneException">It could not be written, and the file is as it was before.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public async Task WriteAsync(Guid identity, CheckpointState state)
    {
        var written = writer.AddAsync(CheckpointLine.Write(identity, state));
        try
        {
            await written.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Each input has its own: they are told apart by their position and outcome.
            throw CannotWrite(exception);
        }
    }

    /// <summary>Seals and closes the file when all states are written.</summary>
    public void Dispose()
    {
        writer.Close();
        try
        {
            // After what could not be taken back nothing can be added.
            if (file.CanWrite && file.Length == whole)
            {
                Write([CheckpointLine.WriteSeal(lines)]);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The disk is full perhaps. Without the seal the next run says that the end may be missing, which is true.
        }

        file.Dispose();
    }

    private void Write(IReadOnlyList<string> batch)
    {
        try
        {
            var bytes = Encoding.ASCII.GetBytes(string.Concat(batch));
            file.Write(bytes, 0, bytes.Length);
            file.Flush(flushToDisk: true);
            whole += bytes.Length;
            lines += batch.Count;
        }
        catch (Exception) when (TakeBack() is { } cause)
        {
            throw cause;
        }
    }

    // Half a line would damage the file as soon as another one follows.
    private IOException? TakeBack()
    {
        try
        {
            file.SetLength(whole);
            file.Seek(0, SeekOrigin.End);
            return null;
        }
        catch (IOException exception)
        {
            return exception;
        }
    }

    private MembraneException CannotWrite(Exception cause) =>
        new(
            ErrorIds.CheckpointUnavailable,
            $"The checkpoint file '{path}' cannot be written: {cause.Message}",
            "Make room on the disk and start the same command again: it goes on where it was.",
            cause
        )
        {
            Outcome = RequestOutcome.NotSent,
        };

    private void Load(IReadOnlyDictionary<string, string> purpose)
    {
        // What has no length is empty, or endless.
        if (file.Length == 0)
        {
            Begin(purpose);
            return;
        }

        var reader = new CheckpointReader(file);
        var isSealed = false;
        var isEnded = true;
        while (Next(reader) is { } line)
        {
            if (reader.Number > 1 && !reader.IsEnded && CheckpointLine.CanBegin(line))
            {
                break;
            }

            if (reader.Number == 1)
            {
                if (!reader.IsEnded && IsBeginning(line, purpose))
                {
                    Begin(purpose);
                    return;
                }

                CheckPurpose(line, purpose);
            }
            else if (!isSealed && CheckpointLine.TryRead(line, out var identity, out var state))
            {
                known[identity] = state;
            }
            else if (!isSealed && CheckpointLine.TryReadSeal(line, out var before) && before == lines)
            {
                // It is the last line until this run ends.
                isSealed = true;
                continue;
            }
            else
            {
                throw Damaged(reader.Number, null);
            }

            lines++;
            whole = reader.End;
            isEnded = reader.IsEnded;
        }

        if (!isSealed)
        {
            Warning =
                $"The checkpoint file '{path}' was not closed by the run that wrote it: that run was stopped from outside, or the end "
                + "of the file was cut off since. Inputs that are not in it any more are sent again.";
        }

        Continue(isEnded);
    }

    private string? Next(CheckpointReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(reader.Number + 1, exception);
        }
    }

    private static bool IsBeginning(string line, IReadOnlyDictionary<string, string> purpose) =>
        Encoding.ASCII.GetString(MakeHeader(purpose)).StartsWith(line, StringComparison.Ordinal);

    private void Begin(IReadOnlyDictionary<string, string> purpose)
    {
        file.SetLength(0);
        var header = MakeHeader(purpose);
        file.Write(header, 0, header.Length);
        file.Flush(flushToDisk: true);
        whole = header.Length;
        lines = 1;
        if (file.Length != whole)
        {
            throw new IOException("What is written to it is not kept.");
        }
    }

    private void Continue(bool isEnded)
    {
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        if (!isEnded)
        {
            file.WriteByte((byte)'\n');
            whole++;
        }
    }

    private static byte[] MakeHeader(IReadOnlyDictionary<string, string> purpose)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            foreach (var entry in purpose)
            {
                writer.WriteString(entry.Key, entry.Value);
            }

            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private void CheckPurpose(string header, IReadOnlyDictionary<string, string> purpose)
    {
        Dictionary<string, string> found;
        try
        {
            using var document = JsonDocument.Parse(header);
            found = document
                .RootElement.EnumerateObject()
                .ToDictionary(static property => property.Name, static property => property.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Damaged(1, exception);
        }

        if (!found.TryGetValue("format", out var format) || format != Format)
        {
            throw Damaged(1, null);
        }

        if (!found.TryGetValue("version", out var version) || version != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new MembraneException(
                ErrorIds.CheckpointMismatch,
                version == "1"
                    ? $"The checkpoint file '{path}' is of an earlier version of this library, which did not write down for which "
                        + $"workspace and tenant it is."
                    : $"The checkpoint file '{path}' has version '{version}' of the form, and this library knows version {Version}.",
                "Finish the batch with the version that began it, or choose another file and check by hand what was done " + "already."
            );
        }

        foreach (var wanted in purpose)
        {
            if (!found.TryGetValue(wanted.Key, out var value) || value != wanted.Value)
            {
                throw new MembraneException(
                    ErrorIds.CheckpointMismatch,
                    $"The checkpoint file '{path}' belongs to another batch: its {wanted.Key} is '{value}', not '{wanted.Value}'.",
                    "Choose another file for this batch."
                );
            }
        }
    }

    private MembraneException Damaged(int line, Exception? exception) =>
        new(
            ErrorIds.CheckpointDamaged,
            $"The checkpoint file '{path}' is damaged in line {line}, or no checkpoint file at all. It was left as it is.",
            "Restore it from a copy, or choose another file and check by hand what was done already.",
            exception
        );
}
