using System;
using System.Collections.Concurrent;
using System.Threading;

namespace Membrane.Emulator.Ranking;

/// <summary>Concepts as numbers, so that ranking compares numbers only.</summary>
internal static class Vocabulary
{
    private static readonly ConcurrentDictionary<string, int> Numbers = new(StringComparer.Ordinal);
    private static int last;

    public static int NumberOf(string concept) => Numbers.GetOrAdd(concept, _ => Interlocked.Increment(ref last));

    /// <summary>Returns the number of a concept that some element has; null when none has it.</summary>
    public static int? Known(string concept) => Numbers.TryGetValue(concept, out var number) ? number : null;
}
