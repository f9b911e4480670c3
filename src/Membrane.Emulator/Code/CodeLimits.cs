using System;

namespace Membrane.Emulator.Code;

/// <summary>How much code may take. The worker stops code that counts for itself; the emulator ends a worker that does not stop.</summary>
internal sealed class CodeLimits
{
    /// <summary>How many runs may be within one another.</summary>
    public const int Depth = 4;

    /// <summary>The time of the processor: a little more than the worker takes for itself, so that it can say where the code was.</summary>
    public TimeSpan Processor { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>The time from beginning to end, with all that the code waits for.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The memory of a worker, in bytes.</summary>
    public long Memory { get; set; } = 256 * 1024 * 1024;

    /// <summary>How many runs go on at the same time, without those within others.</summary>
    public int AtOnce { get; set; } = 2;

    /// <summary>How long a run waits for its turn.</summary>
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(60);
}
