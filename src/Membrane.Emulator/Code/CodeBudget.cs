using System;
using System.ComponentModel;
using System.Diagnostics;

namespace Membrane.Emulator.Code;

/// <summary>What a run may take of the processor and of the clock, and whether it has.</summary>
internal sealed class CodeBudget(Process process, TimeSpan duration, TimeSpan processor)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly TimeSpan before = Used(process);

    /// <summary>What was too much.</summary>
    public string? Broken { get; private set; }

    /// <summary>Looks whether the run has taken too much.</summary>
    public bool IsSpent()
    {
        Broken =
            watch.Elapsed > duration ? $"Error: The code was ended: it took longer than {duration.TotalSeconds} seconds."
            : Used(process) - before > processor
                ? $"Error: The code was ended: it took more than {processor.TotalSeconds} seconds of the processor."
            : null;
        return Broken is not null;
    }

    private static TimeSpan Used(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended, and takes no more.
            return TimeSpan.Zero;
        }
    }
}
