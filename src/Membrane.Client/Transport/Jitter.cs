using System;

namespace Membrane.Client.Transport;

/// <summary>Random numbers for delays.</summary>
internal static class Jitter
{
#if NET
    /// <summary>Gets a random number from 0 to 1.</summary>
    public static double Next() => Random.Shared.NextDouble();
#else
    private static readonly Random Source = new();

    /// <summary>Gets a random number from 0 to 1.</summary>
    public static double Next()
    {
        lock (Source)
        {
            return Source.NextDouble();
        }
    }
#endif
}
