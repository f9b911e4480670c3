using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Membrane.Client.Reports;

/// <summary>
/// A row for each input, in quotes throughout. A cell that a spreadsheet would take for a formula gets an apostrophe before it.
/// </summary>
internal sealed class CsvReport : IReportWriter
{
    private readonly StreamWriter writer;

    public CsvReport(Stream stream)
    {
        // With a byte order mark: without one, Excel takes the text for that of its own code page.
        writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true)
        {
            NewLine = "\r\n",
        };
        Write("InputIndex", "Outcome", "Seconds", "ErrorId", "Message", "RecommendedAction", "Input", "Output");
    }

    public void Add(ReportItem item) =>
        Write(
            item.Index.ToString(CultureInfo.InvariantCulture),
            item.Outcome.ToString(),
            item.Time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture),
            item.ErrorId,
            item.Message,
            item.RecommendedAction,
            ReportText.Of(item.Input),
            ReportText.Of(item.Output)
        );

    public void Complete(ReportHead head, ReportCounts counts) => writer.Flush();

    public void Dispose() => writer.Dispose();

    private void Write(params string?[] cells) => writer.WriteLine(string.Join(",", cells.Select(Cell)));

    private static string Cell(string? text)
    {
        text = ReportText.Clean(text ?? string.Empty);
        var isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
        return "\"" + (isFormula ? "'" : string.Empty) + text.Replace("\"", "\"\"") + "\"";
    }
}
