using System;

namespace Membrane.Emulator.Store;

/// <summary>The workspace's time, which tests can move.</summary>
internal sealed class EmulatorClock
{
    /// <summary>How far the time can be moved at most.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(36_525);

    private long offsetTicks;

    public DateTimeOffset Now => DateTimeOffset.UtcNow + Offset;

    /// <summary>How far the workspace's time is ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(System.Threading.Interlocked.Read(ref offsetTicks));
        set => System.Threading.Interlocked.Exchange(ref offsetTicks, value.Ticks);
    }
}
