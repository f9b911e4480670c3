using System;
using System.Text.Json;

namespace Membrane.Client.Reports;

/// <summary>What became of one input of a batch.</summary>
/// <param name="index">The position of the input, from 0.</param>
/// <param name="outcome">How it ended.</param>
internal sealed class ReportItem(long index, ReportOutcome outcome)
{
    public long Index { get; } = index;

    public ReportOutcome Outcome { get; } = outcome;

    /// <summary>When it ended, since the batch began.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>The input; undefined where it has no form in JSON.</summary>
    public JsonElement Input { get; set; }

    /// <summary>What came of it; undefined where nothing did.</summary>
    public JsonElement Output { get; set; }

    /// <summary>The id of its error; null without one.</summary>
    public string? ErrorId { get; set; }

    /// <summary>What its error says.</summary>
    public string? Message { get; set; }

    /// <summary>What to do about it.</summary>
    public string? RecommendedAction { get; set; }
}
