using System;
using System.Linq;
using Membrane.Client.Transport;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>What is wrong with a run that has ended.</summary>
internal static class FlowRunErrors
{
    /// <summary>The error of a run that failed or was stopped, or null.</summary>
    public static MembraneException? Of(FlowRun run)
    {
        if (string.Equals(run.State, "completed", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var reasons = run.Errors is { Count: > 0 } errors ? ": " + string.Join(" ", errors.Select(static error => error.ToString())) : ".";
        return new MembraneException(
            (run.Errors ?? [])
                .Select(static error => AppAnswer.IdOf(error, ErrorIds.FlowRunFailed, PowerShellObjectAdapter.Instance))
                .FirstOrDefault(static id => id != ErrorIds.FlowRunFailed)
                ?? ErrorIds.FlowRunFailed,
            $"The flow run {run.Id} ended with state '{run.State}'{reasons}",
            "Look at Errors and Nodes of the run, and at the runs of a node with Get-MembraneFlowRun -NodeKey."
        );
    }
}
