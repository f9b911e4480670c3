using System;
using System.Management.Automation;
using Membrane.Client.Waiting;

namespace Membrane.PowerShell.Common;

/// <summary>The base of the commands that wait: the time-out and the progress.</summary>
public abstract class MembraneWaitCommand : MembraneApiCommand
{
    private const int ProgressId = 0x4D42;

    /// <summary>How many seconds to wait at the most, from 1. What was waited for goes on at the service.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>How long to wait, and showing each state meanwhile.</summary>
    /// <param name="activity">What is waited for.</param>
    /// <param name="describe">A state in words.</param>
    private protected WaitOptions<T> WaitFor<T>(string activity, Func<T, string> describe) => new()
    {
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        What = activity,
        Progress = new PostedProgress<T>(state => Post(() => WriteProgress(new ProgressRecord(ProgressId, activity, describe(state))))),
    };

    /// <summary>Takes the progress away.</summary>
    private protected void EndProgress(string activity) =>
        WriteProgress(new ProgressRecord(ProgressId, activity, "Done") { RecordType = ProgressRecordType.Completed });

    // Progress<T> would use the synchronization context of whoever makes it.
    private sealed class PostedProgress<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
