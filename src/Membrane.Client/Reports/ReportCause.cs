using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Membrane.Client.Reports;

/// <summary>Errors with one cause: the same id, and a message that differs in numbers, ids and what is in quotes only.</summary>
/// <param name="first">The first of them.</param>
/// <param name="isRest">Whether it stands for all causes that are too many to tell apart.</param>
internal sealed class ReportCause(ReportItem first, bool isRest)
{
    private const int MostIndexes = 10;
    private const int LongestKey = 500;

    private static readonly Regex Particular = new(
        "'[^']{0,200}'|\"[^\"]{0,200}\"|\\b[0-9a-f]{8}-[0-9a-f-]{27}\\b|\\b[a-z]{2,5}_[0-9a-zA-Z]{8,}\\b|\\d+",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    private readonly List<long> indexes = [];

    /// <summary>The id of the errors.</summary>
    public string ErrorId { get; } = isRest ? "Other" : first.ErrorId!;

    /// <summary>What the first one says.</summary>
    public string Message { get; } = isRest ? "Errors with further causes." : first.Message ?? string.Empty;

    /// <summary>What to do about it.</summary>
    public string? RecommendedAction { get; } = isRest ? null : first.RecommendedAction;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The positions of the first inputs with it.</summary>
    public IReadOnlyList<long> Indexes => indexes;

    /// <summary>Returns what the errors of one cause have in common.</summary>
    public static string KeyOf(ReportItem item)
    {
        var message = item.Message ?? string.Empty;
        var start = message.Length > LongestKey ? message.Remove(LongestKey) : message;
        return item.ErrorId + ":" + Particular.Replace(start, "*");
    }

    public void Add(ReportItem item)
    {
        Count++;
        if (indexes.Count < MostIndexes)
        {
            indexes.Add(item.Index);
        }
    }
}
