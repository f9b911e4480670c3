using System;
using System.Diagnostics;
using Jint;

namespace Membrane.Emulator.CodeWorker;

/// <summary>Ends a script that takes too many statements or too much time of the processor, whatever it waits for in between.</summary>
internal sealed class ScriptLimits : Constraint
{
    private const long Statements = 20_000_000;
    private const int BetweenLooks = 4_096;

    private static readonly TimeSpan Processor = TimeSpan.FromSeconds(5);

    private readonly TimeSpan start = Used;
    private long statements;

    /// <summary>The engine, whose stack tells where the script was.</summary>
    public Engine? Engine { get; set; }

    /// <summary>Where it was when it came to a limit.</summary>
    public string? Stack { get; private set; }

    private static TimeSpan Used
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }

    /// <inheritdoc/>
    public override void Check()
    {
        if (++statements > Statements)
        {
            throw Ended($"it has run {Statements:N0} statements");
        }

        if (statements % BetweenLooks == 0 && Used - start > Processor)
        {
            throw Ended($"it has taken {Processor.TotalSeconds} seconds of the processor");
        }
    }

    /// <summary>Does nothing: a run has its limits once, not each time that a promise goes on.</summary>
    public override void Reset() { }

    private TimeoutException Ended(string why)
    {
        Stack = Engine?.Advanced.StackTrace;
        return new TimeoutException($"The code was ended: {why}.");
    }
}
