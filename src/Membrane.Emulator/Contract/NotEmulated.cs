using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Membrane.Emulator.Contract;

/// <summary>Why the emulator does not have some of the operations.</summary>
internal static class NotEmulated
{
    private static readonly Lazy<Dictionary<string, string>> Reasons = new(Read);

    /// <summary>The operations, and why each is not there.</summary>
    public static IReadOnlyDictionary<string, string> All => Reasons.Value;

    /// <summary>Returns the reason; null when none is known.</summary>
    public static string? ReasonOf(string operationId) => All.TryGetValue(operationId, out var reason) ? reason : null;

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(NotEmulated).Assembly.GetManifestResourceStream("not-emulated.txt")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(':'))
            .SelectMany(parts => parts[1].Trim().Split(' ').Select(id => (Id: id, Reason: parts[0])))
            .ToDictionary(one => one.Id, one => one.Reason, StringComparer.Ordinal);
    }
}
