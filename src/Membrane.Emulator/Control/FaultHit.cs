using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Emulator.Control;

/// <summary>A fault as it hits one request.</summary>
internal sealed class FaultHit
{
    private readonly int delayMilliseconds;
    private readonly Task cleared;

    public FaultHit(Fault fault, int delayMilliseconds, Task cleared)
    {
        Fault = fault;
        this.delayMilliseconds = delayMilliseconds;
        this.cleared = cleared;
    }

    public Fault Fault { get; }

    /// <summary>Holds the request back for as long as the fault says, or until the faults are cleared.</summary>
    public async Task HoldBack(CancellationToken stopping)
    {
        if (delayMilliseconds == 0)
            return;

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(delayMilliseconds, timer.Token), cleared);
        timer.Cancel();
        stopping.ThrowIfCancellationRequested();
    }
}
