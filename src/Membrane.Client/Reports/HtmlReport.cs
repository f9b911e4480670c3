using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using Membrane.Client.Files;

namespace Membrane.Client.Reports;

/// <summary>
/// A page for people, in one file that asks for nothing else: the counts, the picture of rate and failures, the causes of errors, and
/// the inputs, those that did not succeed first. Of those it has so many that a browser can show it.
/// </summary>
internal sealed class HtmlReport(Stream stream) : IReportWriter
{
    private const int MostProblems = 2000;
    private const int MostSuccesses = 200;
    private const int LongestMessage = 1000;
    private const string Stopped = "The run was stopped before its end. What follows is what had come to an end by then.";

    private readonly StringBuilder problems = new();
    private readonly StringBuilder successes = new();
    private int problemCount;
    private int successCount;

    public void Add(ReportItem item)
    {
        var isProblem = item.Outcome is not (ReportOutcome.Succeeded or ReportOutcome.Skipped);
        if (isProblem ? problemCount >= MostProblems : successCount >= MostSuccesses)
        {
            return;
        }

        (isProblem ? problems : successes).Append(Row(item));
        problemCount += isProblem ? 1 : 0;
        successCount += isProblem ? 0 : 1;
    }

    public void Complete(ReportHead head, ReportCounts counts)
    {
        var failed = counts.Total - counts[ReportOutcome.Succeeded] - counts[ReportOutcome.Skipped];
        var page = EmbeddedText
            .Read("Reports/BatchReport.html")
            .Replace("{style}", EmbeddedText.Read("Reports/BatchReport.css"))
            .Replace("{title}", Text(head.Title))
            .Replace("{started}", head.StartedAt.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture))
            .Replace("{duration}", Duration(head.Duration))
            .Replace("{stopped}", head.IsStopped ? $"<p class=\"stopped\" role=\"status\">{Stopped}</p>" : string.Empty)
            .Replace("{counts}", Counts(counts))
            .Replace("{picture}", ReportPicture.Draw(counts))
            .Replace("{causes}", Causes(counts));

        // The rows last: what strangers wrote must not be taken for a place of the page.
        var rows = page.IndexOf("{rows}", StringComparison.Ordinal);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true);
        writer.Write(page.Substring(0, rows));
        writer.Write(problems.ToString());
        writer.Write(successes.ToString());
        writer.Write(page.Substring(rows + "{rows}".Length).Replace("{left}", Left(counts, failed)));
    }

    public void Dispose()
    {
        // It holds nothing but text.
    }

    private static string Counts(ReportCounts counts) =>
        Count("total", "Inputs", counts.Total)
        + string.Concat(ReportCounts.Outcomes.Select(one => Count(one.ToString().ToLowerInvariant(), Words(one), counts[one])));

    private static string Count(string kind, string words, long number) =>
        $"<div class=\"count {kind}{(number == 0 ? " none" : string.Empty)}\"><dt>{words}</dt><dd>{Number(number)}</dd></div>";

    private static string Causes(ReportCounts counts)
    {
        var causes = counts.Causes;
        if (causes.Count == 0)
        {
            return "<p>There were no errors.</p>";
        }

        return "<div class=\"wide\"><table><thead><tr><th class=\"number\" scope=\"col\">Count</th><th scope=\"col\">Error</th>"
            + "<th scope=\"col\">Message</th><th class=\"number\" scope=\"col\">Inputs</th></tr></thead><tbody>\n"
            + string.Concat(causes.Select(Cause))
            + "</tbody></table></div>";
    }

    private static string Cause(ReportCause cause)
    {
        var advice = cause.RecommendedAction is { } action ? $"<p class=\"advice\">{Text(Short(action))}</p>" : string.Empty;
        var indexes = string.Join(", ", cause.Indexes.Select(Number)) + (cause.Count > cause.Indexes.Count ? " …" : string.Empty);
        return $"<tr><td class=\"number\">{Number(cause.Count)}</td><td><code>{Text(cause.ErrorId)}</code></td>"
            + $"<td>{Text(Short(cause.Message))}{advice}</td><td class=\"number\">{indexes}</td></tr>\n";
    }

    private static string Row(ReportItem item)
    {
        var result = item.ErrorId is null
            ? Text(ReportText.Of(item.Output))
            : $"<code>{Text(item.ErrorId)}</code> {Text(Short(item.Message ?? string.Empty))}";
        return $"<tr class=\"{item.Outcome.ToString().ToLowerInvariant()}\"><td class=\"number\">{Number(item.Index)}</td>"
            + $"<td class=\"outcome\">{Words(item.Outcome)}</td><td>{result}</td>"
            + $"<td class=\"input\">{Text(ReportText.Of(item.Input))}</td></tr>\n";
    }

    private string Left(ReportCounts counts, long failed)
    {
        var left = Math.Max(0, failed - problemCount) + Math.Max(0, counts.Total - failed - successCount);
        return left == 0
            ? string.Empty
            : $"<p>{Number(left)} further inputs are not shown. A report with the extension .csv or .json has all of them.</p>";
    }

    private static string Words(ReportOutcome outcome) =>
        outcome switch
        {
            ReportOutcome.NotSent => "Not sent",
            ReportOutcome.Unknown => "Outcome unknown",
            ReportOutcome.Skipped => "Done before",
            _ => outcome.ToString(),
        };

    private static string Duration(TimeSpan duration) =>
        duration.TotalSeconds < 60
            ? duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
            : duration.ToString(duration.TotalHours < 24 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= LongestMessage ? text : text.Remove(LongestMessage - 1) + "…";

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    // A brace would be taken for a place of the page.
    private static string Text(string text) => WebUtility.HtmlEncode(ReportText.Clean(text)).Replace("{", "&#123;");
}
