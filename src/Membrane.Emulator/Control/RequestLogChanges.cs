using System.Collections.Generic;

namespace Membrane.Emulator.Control;

/// <summary>What is new in the log of requests.</summary>
/// <param name="Revision">What to ask after next time.</param>
/// <param name="Arrived">How many requests have arrived in all.</param>
/// <param name="First">The number of the oldest request that is still kept.</param>
/// <param name="Entries">The requests that arrived or ended, the oldest first.</param>
internal sealed record RequestLogChanges(long Revision, long Arrived, long First, IReadOnlyList<RequestLog.Entry> Entries);
