using System;
using System.Buffers;

namespace Membrane.Client.Transport;

/// <summary>A part of a large body.</summary>
internal sealed class BodySegment : ReadOnlySequenceSegment<byte>
{
    public BodySegment(ReadOnlyMemory<byte> memory) => Memory = memory;

    /// <summary>Where in the body the part ends.</summary>
    public long End => RunningIndex + Memory.Length;

    /// <summary>Adds the part that follows, and returns it.</summary>
    public BodySegment Append(ReadOnlyMemory<byte> memory)
    {
        var next = new BodySegment(memory) { RunningIndex = End };
        Next = next;
        return next;
    }
}
