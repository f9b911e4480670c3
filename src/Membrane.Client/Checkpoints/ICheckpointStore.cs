using System;
using System.Collections.Generic;
using System.IO;

namespace Membrane.Client.Checkpoints;

/// <summary>Where a checkpoint is kept: bytes that are only added to, by one run at a time.</summary>
internal interface ICheckpointStore : IDisposable
{
    /// <summary>What messages call it: <c>checkpoint file 'leads.checkpoint'</c>.</summary>
    string Name { get; }

    /// <summary>What to do where it cannot be written.</summary>
    string WriteAdvice { get; }

    /// <summary>Whether something can still be added.</summary>
    bool CanAppend { get; }

    /// <summary>Returns what is in it: the parts one after the other, each of whole lines but the last.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    IEnumerable<Stream> OpenParts();

    /// <summary>Puts the first line in the place of all that is there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Begin(byte[] header);

    /// <summary>Drops what is behind the last whole line, and a seal; ends that line where it lacks the line break.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Continue(long whole, bool isEnded);

    /// <summary>Adds whole lines, all of them or none. When it returns, they outlive this process and this machine's power.</summary>
    /// <exception cref="IOException">It cannot be written, and is as it was before.</exception>
    void Append(byte[] lines);
}
