using System;

namespace Membrane.Client.Reports;

/// <summary>What a report is of.</summary>
/// <param name="title">What was done, such as the name of the command.</param>
/// <param name="startedAt">When it began.</param>
internal sealed class ReportHead(string title, DateTimeOffset startedAt)
{
    public string Title { get; } = title;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>How long it took; known at the end.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Whether it was stopped before its end.</summary>
    public bool IsStopped { get; set; }
}
