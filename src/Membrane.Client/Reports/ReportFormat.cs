namespace Membrane.Client.Reports;

/// <summary>In which form a report of a batch is written.</summary>
internal enum ReportFormat
{
    /// <summary>A page for people.</summary>
    Html,

    /// <summary>A row for each input.</summary>
    Csv,

    /// <summary>Everything, for programs.</summary>
    Json,
}
