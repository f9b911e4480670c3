using System;

namespace Membrane.Client.Paging;

/// <summary>
/// Bounds what a long list leaves behind. The runtime lets garbage lie until it has about the size of the processor's
/// cache, which on a large machine is hundreds of megabytes, and a sandbox of 400 MB would be ended for it.
/// </summary>
internal sealed class GarbageBound
{
    private const long MaxBytes = 24 * 1024 * 1024;

    private readonly object gate = new();
    private long bytesThen;
    private int collectionsThen;

    /// <summary>
    /// Has the youngest objects collected where many have come since the last time, and the runtime has not done it itself.
    /// </summary>
    public void Check()
    {
        lock (gate)
        {
            var bytes = GC.GetTotalMemory(forceFullCollection: false);
            if (GC.CollectionCount(0) == collectionsThen && bytes - bytesThen > MaxBytes)
            {
                GC.Collect(0);
                bytes = GC.GetTotalMemory(forceFullCollection: false);
            }

            if (GC.CollectionCount(0) != collectionsThen)
            {
                collectionsThen = GC.CollectionCount(0);
                bytesThen = bytes;
            }
        }
    }
}
