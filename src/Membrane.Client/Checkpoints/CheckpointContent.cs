using System;
using System.Collections.Generic;
using System.IO;

namespace Membrane.Client.Checkpoints;

/// <summary>Reads what is in a checkpoint, line by line. Nothing is written, and what is cut off the end is left out.</summary>
/// <remarks>
/// The first line says what the checkpoint is for; every further one is a <see cref="CheckpointLine"/>. A regular end is sealed; where the
/// store cannot take the seal away, a run that goes on writes behind it. A last line that is cut off was never relied upon. Any other
/// damage refuses the checkpoint.
/// </remarks>
/// <param name="name">What messages call the checkpoint.</param>
/// <param name="first">Told of the first line, and whether a line break follows it; false where it must be written again.</param>
/// <param name="entry">Told of the state of an input, and of the note of it as text, which may be empty.</param>
internal sealed class CheckpointContent(string name, Func<string, bool, bool> first, Action<Guid, CheckpointState, string> entry)
{
    /// <summary>How many lines there are, seals aside.</summary>
    public int Lines { get; private set; }

    /// <summary>Where the last line ends that is no seal, in bytes.</summary>
    public long Whole { get; private set; }

    /// <summary>Whether the last run that wrote it came to its end.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Whether a line break follows the last line.</summary>
    public bool IsEnded { get; private set; } = true;

    /// <summary>Reads all parts.</summary>
    /// <exception cref="MembraneException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Read(IEnumerable<Stream> parts)
    {
        long before = 0;
        foreach (var part in parts)
        {
            var reader = new CheckpointReader(part);
            while (Next(reader) is { } line && TakeLine(line, reader.IsEnded, before + reader.End)) { }

            before += reader.End;
        }
    }

    // False where nothing can follow.
    private bool TakeLine(string line, bool isEnded, long end)
    {
        if (Lines == 0)
        {
            try
            {
                if (!first(line, isEnded))
                {
                    return false;
                }
            }
            catch (InvalidDataException exception)
            {
                throw Damaged(1, exception);
            }
        }
        else if (CheckpointLine.TryRead(line, out var identity, out var state, out var note))
        {
            entry(identity, state, note);
            IsSealed = false;
        }
        else if (CheckpointLine.TryReadSeal(line, out var before) && before == Lines)
        {
            IsSealed = true;
            return true;
        }
        else
        {
            return !isEnded && CheckpointLine.CanBegin(line) ? false : throw Damaged(Lines + 1, null);
        }

        Lines++;
        Whole = end;
        IsEnded = isEnded;
        return true;
    }

    private string? Next(CheckpointReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(Lines + 1, exception);
        }
    }

    private MembraneException Damaged(int line, Exception? exception) =>
        new(
            ErrorIds.CheckpointDamaged,
            $"The {name} is damaged in line {line}, or no checkpoint at all. It was left as it is.",
            "Restore it from a copy, or choose another one and check by hand what was done already.",
            exception
        );
}
