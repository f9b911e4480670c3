using System;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>Shows the state of an operation that the command waits for, from any thread.</summary>
/// <typeparam name="T">A state's type.</typeparam>
internal sealed class StateProgress<T>(MembraneCommand command, string activity, Func<T, string> describe, Action<T>? notice = null)
    : IProgress<T>
{
    private const int ProgressId = 0x4D42;

    public void Report(T value) =>
        command.Post(() =>
        {
            var status = describe(value);
            // A progress record without a status is refused.
            command.WriteProgress(new ProgressRecord(ProgressId, activity, string.IsNullOrWhiteSpace(status) ? "Waiting" : status));
            notice?.Invoke(value);
        });

    /// <summary>Removes the progress.</summary>
    public void End() =>
        command.Post(() =>
            command.WriteProgress(new ProgressRecord(ProgressId, activity, "Done") { RecordType = ProgressRecordType.Completed })
        );
}
