namespace Membrane.Client.Reports;

/// <summary>How an input of a batch ended, in the words of the summary.</summary>
internal enum ReportOutcome
{
    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It was never sent.</summary>
    NotSent,

    /// <summary>It was sent without an answer.</summary>
    Unknown,

    /// <summary>An earlier run had done it.</summary>
    Skipped,
}
