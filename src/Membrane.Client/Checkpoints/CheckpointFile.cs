using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
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
/// The first line is a JSON object that says what the file is for; every further one is <c>state identity checksum</c>.
/// A last line that is cut off was never relied upon, and is dropped. Any other damage refuses the file.
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
    private readonly object sync = new();
    private List<(string Line, TaskCompletionSource<bool> Done)> pending = [];
    private Task writer = Task.CompletedTask;
    private bool isClosed;
    private long whole;

    private CheckpointFile(string path, FileStream file)
    {
        this.path = path;
        this.file = file;
    }

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
            checkpoint.Dispose();
            throw checkpoint.CannotWrite(exception);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Returns the state of an input when the file was opened.</summary>
    public CheckpointState StateOf(Guid identity) => known.TryGetValue(identity, out var state) ? state : CheckpointState.None;

    /// <summary>Writes the state of an input. When the task completes, it is on the disk.</summary>
    /// <exception cref="MembraneException">It could not be written, and the file is as it was before.</exception>
    public Task WriteAsync(Guid identity, CheckpointState state)
    {
        var text = Letter(state) + " " + identity.ToString("N");
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (sync)
        {
            if (isClosed)
            {
                throw new ObjectDisposedException(nameof(CheckpointFile));
            }

            pending.Add((text + " " + Checksum(text) + "\n", done));
            if (writer.IsCompleted)
            {
                writer = Task.Run(WritePending);
            }
        }

        return done.Task;
    }

    /// <summary>Closes the file when all states are written.</summary>
    public void Dispose()
    {
        Task last;
        lock (sync)
        {
            isClosed = true;
            last = writer;
        }

        // It tells those who wait of its errors, and throws none.
        last.Wait();
        file.Dispose();
    }

    private void WritePending()
    {
        while (true)
        {
            List<(string Line, TaskCompletionSource<bool> Done)> batch;
            lock (sync)
            {
                if (pending.Count == 0)
                {
                    writer = Task.CompletedTask;
                    return;
                }

                batch = pending;
                pending = [];
            }

            try
            {
                var bytes = Encoding.ASCII.GetBytes(string.Concat(batch.Select(static entry => entry.Line)));
                file.Write(bytes, 0, bytes.Length);
                file.Flush(flushToDisk: true);
                whole += bytes.Length;
                batch.ForEach(static entry => entry.Done.TrySetResult(true));
            }
#pragma warning disable CA1031 // Whatever went wrong, those who wait are told: a full disk alone has several exceptions.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                var cause = TakeBack() ?? exception;
                batch.ForEach(entry => entry.Done.TrySetException(CannotWrite(cause)));
            }
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

    // Each input has its own: they are told apart by their position and outcome.
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
        // All lines are ASCII, so characters are bytes. What has no length is empty, or endless.
        var length = file.Length;
        var number = 0;
        string? cutOff = null;
        using var reader = new StreamReader(file, Encoding.UTF8, false, 64 * 1024, leaveOpen: true);
        while (length > 0 && reader.ReadLine() is { } line)
        {
            var isCutOff = whole + line.Length + 1 > length;
            if (isCutOff)
            {
                cutOff = line;
                break;
            }

            whole += line.Length + 1;
            number++;
            if (number == 1)
            {
                CheckPurpose(line, purpose);
            }
            else
            {
                Read(line, number);
            }
        }

        var header = number == 0 ? MakeHeader(purpose) : null;
        if (
            header is not null
            && length > 0
            && (cutOff?.Length != length || !Encoding.ASCII.GetString(header).StartsWith(cutOff, StringComparison.Ordinal))
        )
        {
            // Whatever it is, it is not what we begin with.
            throw Damaged(1, null);
        }

        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        if (header is not null)
        {
            file.Write(header, 0, header.Length);
            file.Flush(flushToDisk: true);
            whole = header.Length;
            if (file.Length != whole)
            {
                throw new IOException("What is written to it is not kept.");
            }
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

    private void Read(string line, int number)
    {
        var parts = line.Split(' ');
        if (
            parts.Length != 3
            || Checksum(parts[0] + " " + parts[1]) != parts[2]
            || parts[0].Length != 1
            || !Guid.TryParseExact(parts[1], "N", out var identity)
        )
        {
            throw Damaged(number, null);
        }

        known[identity] = parts[0][0] switch
        {
            'S' => CheckpointState.Started,
            'D' => CheckpointState.Succeeded,
            'F' => CheckpointState.Failed,
            'N' => CheckpointState.None,
            _ => throw Damaged(number, null),
        };
    }

    private MembraneException Damaged(int line, Exception? exception) =>
        new(
            ErrorIds.CheckpointDamaged,
            $"The checkpoint file '{path}' is damaged in line {line}, or no checkpoint file at all. It was left as it is.",
            "Restore it from a copy, or choose another file and check by hand what was done already.",
            exception
        );

    private static char Letter(CheckpointState state) =>
        state switch
        {
            CheckpointState.Started => 'S',
            CheckpointState.Succeeded => 'D',
            CheckpointState.Failed => 'F',
            _ => 'N',
        };

    private static string Checksum(string text)
    {
#if NET
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(text));
#else
        using var algorithm = SHA256.Create();
        var hash = algorithm.ComputeHash(Encoding.ASCII.GetBytes(text));
#endif
        return BitConverter.ToString(hash, 0, 4).Replace("-", string.Empty);
    }
}
