using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Files;

namespace Membrane.Client.Checkpoints;

/// <summary>
/// A journal of what became of each input of a batch. A line is safe before what it speaks of happens: "started" before the input is sent,
/// the outcome before the result is shown. Lines of several inputs share one write.
/// </summary>
internal sealed class CheckpointJournal : IDisposable
{
    private readonly ICheckpointStore store;
    private readonly Dictionary<Guid, CheckpointState> known = [];
    private readonly GroupCommitWriter<string> writer;
    private int lines;
    private bool isClosed;

    private CheckpointJournal(ICheckpointStore store)
    {
        this.store = store;
        writer = new GroupCommitWriter<string>(Write);
    }

    /// <summary>
    /// What a person should know of the checkpoint; null where all is well. One that is not sealed lacks what was cut off its end, or is
    /// of a run that was stopped from outside: nothing can tell which.
    /// </summary>
    public string? Warning { get; private set; }

    /// <summary>Opens or creates a file, and reads its entries.</summary>
    /// <param name="path">The file.</param>
    /// <param name="purpose">What the batch does; a file of another purpose is refused.</param>
    /// <param name="disk">The disk; that of this machine by default.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program has open.</param>
    /// <exception cref="MembraneException">The file is damaged, in use, of another batch, or cannot be opened.</exception>
    public static CheckpointJournal OpenFile(
        string path,
        IReadOnlyDictionary<string, string> purpose,
        Disk? disk = null,
        CancellationToken cancellationToken = default
    ) => Open(CheckpointFile.Open(path, disk, cancellationToken), purpose);

    /// <summary>Begins a journal in a store, or goes on with the one that is there. The journal owns the store.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="purpose">What the batch does; a journal of another purpose is refused.</param>
    /// <exception cref="MembraneException">It is damaged, of another batch, or cannot be written.</exception>
    public static CheckpointJournal Open(ICheckpointStore store, IReadOnlyDictionary<string, string> purpose)
    {
        var journal = new CheckpointJournal(store);
        try
        {
            journal.Load(purpose);
            return journal;
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            store.Dispose();
            throw journal.CannotWrite(exception);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Returns the state of an input when the journal was opened.</summary>
    public CheckpointState StateOf(Guid identity) => known.TryGetValue(identity, out var state) ? state : CheckpointState.None;

    /// <summary>Writes the state of an input. When the task completes, it is safe.</summary>
    /// <param name="identity">The input.</param>
    /// <param name="state">Its state.</param>
    /// <param name="note">What else is to be known.</param>
    /// <exception cref="MembraneException">It could not be written, and the journal is as it was before.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public async Task WriteAsync(Guid identity, CheckpointState state, CheckpointNote? note = null)
    {
        var written = writer.AddAsync(CheckpointLine.Write(identity, state, note?.Write()));
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

    /// <summary>Seals and closes the journal when all states are written.</summary>
    public void Dispose()
    {
        writer.Close();
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        try
        {
            if (store.CanAppend)
            {
                store.Append(Encoding.ASCII.GetBytes(CheckpointLine.WriteSeal(lines)));
            }
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or NotSupportedException
                        or MembraneException
                        or OperationCanceledException
            )
        {
            // The disk is full perhaps, or the token has ended. Without the seal the next run says that the end may be missing, which is
            // true.
        }
        finally
        {
            store.Dispose();
        }
    }

    private void Write(IReadOnlyList<string> batch)
    {
        store.Append(Encoding.ASCII.GetBytes(string.Concat(batch)));
        lines += batch.Count;
    }

    private MembraneException CannotWrite(Exception cause) =>
        new(ErrorIds.CheckpointUnavailable, $"The {store.Name} cannot be written: {cause.Message}", store.WriteAdvice, cause)
        {
            Outcome = RequestOutcome.NotSent,
        };

    private void Load(IReadOnlyDictionary<string, string> purpose)
    {
        MembraneException? mismatch = null;
        var content = new CheckpointContent(store.Name, TakeHeader, (identity, state, _) => known[identity] = state);
        try
        {
            content.Read(store.OpenParts());
        }
        catch (MembraneException) when (mismatch is not null)
        {
            throw mismatch;
        }

        if (mismatch is not null)
        {
            if (content.IsSealed && known.Values.All(static state => state == CheckpointState.Failed))
            {
                mismatch.RecommendedAction =
                    "No input was done by that batch: delete the checkpoint if it is of a mistake, or choose another one.";
            }

            throw mismatch;
        }

        if (content.Lines == 0)
        {
            store.Begin(CheckpointHeader.Write(purpose));
            lines = 1;
            return;
        }

        if (!content.IsSealed)
        {
            Warning =
                $"The {store.Name} was not closed by the run that wrote it: that run was stopped from outside, or the end of it was cut "
                + "off since. Inputs that are not in it any more are sent again.";
        }

        lines = content.Lines;
        store.Continue(content.Whole, content.IsEnded);

        bool TakeHeader(string line, bool isEnded)
        {
            if (!isEnded && CheckpointHeader.IsBeginning(line, purpose))
            {
                return false;
            }

            var found = CheckpointHeader.Read(line, store.Name);
            try
            {
                CheckpointHeader.Require(found, purpose, store.Name);
            }
            catch (MembraneException exception)
            {
                // What to do depends on what follows.
                mismatch = exception;
            }

            return true;
        }
    }
}
