#if !NET
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client;

/// <summary>Task.WaitAsync for netstandard2.0.</summary>
internal static class TaskWaiting
{
    /// <summary>Waits for the task until the wait is cancelled; the task itself goes on.</summary>
    public static async Task<T> WaitAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        return await (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
#endif
