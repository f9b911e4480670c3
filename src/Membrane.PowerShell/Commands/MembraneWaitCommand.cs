using System;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>The base of the commands that wait: the time-out and the progress.</summary>
public abstract class MembraneWaitCommand : MembraneApiCommand
{
    /// <summary>How many seconds to wait at most, from 1. What was waited for goes on at the service.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc cref="MembraneApiCommand.WaitFor"/>
    internal WaitOptions<T> WaitFor<T>(string activity, Func<T, string> describe) =>
        WaitFor(activity, describe, TimeSpan.FromSeconds(TimeoutSec));
}
