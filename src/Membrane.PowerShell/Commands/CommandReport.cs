using System;
using System.Text.Json;
using Membrane.Client.Json;
using Membrane.Client.Reports;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>The report of a command with a batch: what its items are is turned into JSON here, on the pipeline thread.</summary>
internal sealed class CommandReport(BatchReport report)
{
    private const int LargestValue = 64 * 1024;

    /// <summary>Adds what became of an item.</summary>
    public void Add(long index, ReportOutcome outcome, object? target, TimeSpan time, object? output = null, Exception? error = null)
    {
        var item = new ReportItem(index, outcome)
        {
            Time = time,
            Input = Value(target),
            Output = Value(output),
        };
        if (error is not null)
        {
            var known = error as MembraneException ?? (error is OperationCanceledException ? null : MembraneCommand.Unexpected(error));
            item.ErrorId = known?.ErrorId ?? "Stopped";
            item.Message = known?.Message ?? "The command was stopped before this was answered.";
            item.RecommendedAction = known is null ? null : ModuleAdvice.Of(known);
        }

        report.Add(item);
    }

    /// <summary>Completes the report.</summary>
    /// <exception cref="MembraneException">It could not be written.</exception>
    public void Complete(TimeSpan duration, bool isStopped) => report.Complete(duration, isStopped);

    /// <summary>Completes the report where that was not done, because the command was stopped or ended with an error.</summary>
    public void Close(TimeSpan duration, bool isStopped)
    {
        try
        {
            report.Complete(duration, isStopped);
        }
        catch (MembraneException)
        {
            // A command that has been stopped can write no error any more.
        }
    }

    private static JsonElement Value(object? value)
    {
        if (value is null)
        {
            return default;
        }

        try
        {
            var bytes = JsonValueWriter.ToBytes(value, PowerShellObjectAdapter.Instance, "InputObject");
            if (bytes.Length > LargestValue)
            {
                return JsonSerializer.SerializeToElement($"A value of {bytes.Length / 1024} KB, which is too large for a report.");
            }

            using var document = JsonDocument.Parse(bytes, JsonNodes.DeepEnough);
            return document.RootElement.Clone();
        }
        catch (MembraneInputException exception)
        {
            // What has no form in JSON is the error of its item already.
            return JsonSerializer.SerializeToElement(exception.Message);
        }
    }
}
