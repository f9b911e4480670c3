using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Emulator.Control;

/// <summary>A fault as it hits one request.</summary>
internal sealed class FaultHit(Fault fault, int delayMilliseconds, Task cleared, Task removed)
{
    public Fault Fault { get; } = fault;

    /// <summary>Holds the request back for as long as the fault says, or until it is removed.</summary>
    public async Task HoldBack(CancellationToken stopping)
    {
        if (delayMilliseconds == 0)
        {
            return;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(delayMilliseconds, timer.Token), cleared, removed);
        timer.Cancel();
        stopping.ThrowIfCancellationRequested();
    }
}
