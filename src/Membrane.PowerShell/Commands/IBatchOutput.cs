using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.PowerShell.Commands;

/// <summary>What a batch needs from its command. Everything but the token is used on the pipeline thread alone.</summary>
internal interface IBatchOutput
{
    /// <summary>Canceled when the pipeline is stopped or the command ends.</summary>
    CancellationToken StopToken { get; }

    /// <summary>Whether a person sees the progress.</summary>
    bool HasPerson { get; }

    /// <summary>Waits for work, and writes meanwhile what the command has to report.</summary>
    void Await(Func<CancellationToken, Task> work);

    /// <summary>Emits the result of an item, with the position of its input from 0.</summary>
    void Emit(object result, long index);

    /// <summary>Returns the error that a result itself reports, or null.</summary>
    MembraneException? FindError(object result);

    /// <summary>Returns what a report has of a result.</summary>
    object? ReportedOutput(object result);

    /// <summary>Writes the error of an item. One of the sign-in ends the command: no other item can succeed without it.</summary>
    void WriteItemError(MembraneException error, object? target);

    /// <summary>Shows the progress.</summary>
    void WriteProgress(ProgressRecord progressRecord);
}
