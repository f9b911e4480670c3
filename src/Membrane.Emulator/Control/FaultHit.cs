namespace Membrane.Emulator.Control;

/// <summary>A fault as it hits one request.</summary>
internal sealed class FaultHit
{
    public FaultHit(Fault fault, int delayMilliseconds)
    {
        Fault = fault;
        DelayMilliseconds = delayMilliseconds;
    }

    public Fault Fault { get; }

    public int DelayMilliseconds { get; }
}
