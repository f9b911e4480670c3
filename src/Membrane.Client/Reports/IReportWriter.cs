using System;

namespace Membrane.Client.Reports;

/// <summary>Writes a report in one form, while the batch runs.</summary>
internal interface IReportWriter : IDisposable
{
    /// <summary>Writes an item.</summary>
    void Add(ReportItem item);

    /// <summary>Writes what is known at the end. Nothing may be added afterwards.</summary>
    void Complete(ReportHead head, ReportCounts counts);
}
