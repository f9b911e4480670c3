using System;
using System.Management.Automation;
using Membrane.Client.Waiting;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>The base of the commands that wait: the time-out and the progress.</summary>
public abstract class MembraneWaitCommand : MembraneApiCommand
{
    /// <summary>How many seconds to wait at the most, from 1. What was waited for goes on at the service.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>How long to wait, and showing each state meanwhile.</summary>
    /// <param name="activity">What is waited for.</param>
    /// <param name="describe">A state in words.</param>
    /// <param name="timeout">How long, where it is not <see cref="TimeoutSec"/>.</param>
    /// <param name="notice">Told of each state as well, on the pipeline thread.</param>
    private protected WaitOptions<T> WaitFor<T>(
        string activity,
        Func<T, string> describe,
        TimeSpan? timeout = null,
        Action<T>? notice = null
    ) =>
        new()
        {
            Timeout =
                timeout is null ? TimeSpan.FromSeconds(TimeoutSec)
                : timeout.Value < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1)
                : timeout.Value,
            What = activity,
            Progress = new StateProgress<T>(this, activity, describe, notice),
        };

    /// <summary>Takes the progress away.</summary>
    private protected void EndProgress(string activity) => new StateProgress<object>(this, activity, static _ => string.Empty).End();
}
