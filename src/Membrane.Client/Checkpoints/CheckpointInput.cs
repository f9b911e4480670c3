using System;

namespace Membrane.Client.Checkpoints;

/// <summary>One input in a checkpoint. Its notes stay text until they are asked for.</summary>
internal sealed class CheckpointInput(Guid identity)
{
    private string? begin;
    private string? end;

    public Guid Identity { get; } = identity;

    /// <summary>The last state.</summary>
    public CheckpointState State { get; private set; }

    /// <summary>The note of the last start, which says which input it is.</summary>
    public CheckpointNote Begin => CheckpointNote.Read(begin ?? string.Empty);

    /// <summary>The note of the last outcome; null where the last start has none.</summary>
    public CheckpointNote? End => end is null ? null : CheckpointNote.Read(end);

    public void Add(CheckpointState state, string note)
    {
        State = state;
        if (state == CheckpointState.Started)
        {
            begin = note;
            end = null;
        }
        else
        {
            end = note;
        }
    }
}
