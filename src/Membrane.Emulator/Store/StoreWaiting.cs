using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Emulator.Store;

/// <summary>Waiting for the store to come into some state.</summary>
internal static class StoreWaiting
{
    /// <summary>Waits until the condition holds or the time is up; it is looked at after each change only.</summary>
    public static async Task WaitUntil(this WorkspaceStore store, Func<bool> condition, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            var change = store.NextChange();
            if (condition())
            {
                return;
            }

            var left = timeout - TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(change, Task.Delay(left, timer.Token));
            timer.Cancel();
        }
    }
}
