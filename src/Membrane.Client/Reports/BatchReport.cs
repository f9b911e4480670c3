using System;
using System.IO;
using Membrane.Client.Files;

namespace Membrane.Client.Reports;

/// <summary>
/// The report of a batch, written while it runs into a file beside its own, which it takes the place of at the end: there is a whole
/// report or none.
/// </summary>
internal sealed class BatchReport : IDisposable
{
    private readonly ReportCounts counts = new();
    private readonly ReportHead head;
    private readonly string path;
    private readonly string trial;
    private readonly FileStream file;
    private readonly IReportWriter writer;
    private IOException? failure;
    private bool isComplete;

    private BatchReport(string path, string trial, FileStream file, ReportFormat format, ReportHead head)
    {
        this.path = path;
        this.trial = trial;
        this.file = file;
        this.head = head;
        writer = format switch
        {
            ReportFormat.Csv => new CsvReport(file),
            ReportFormat.Json => new JsonReport(file),
            _ => new HtmlReport(file),
        };
    }

    /// <summary>Begins a report.</summary>
    /// <param name="path">The whole path of its file; the extension says the form.</param>
    /// <param name="replaces">Whether it may take the place of a file that is there.</param>
    /// <param name="title">What was done.</param>
    /// <param name="parameterName">The parameter with the path.</param>
    /// <exception cref="MembraneInputException">No report can be written there.</exception>
    public static BatchReport Begin(string path, bool replaces, string title, string parameterName)
    {
        var format = FormatOf(path, parameterName);
        KeptFile.Require(path, parameterName);
        if (File.Exists(path) && !replaces)
        {
            throw Refuse(parameterName, $"'{path}' is there already.", "Name another file, or have it replaced.");
        }

        try
        {
            // Inputs and outputs are in it: it is for its owner alone.
            (var trial, var file) = OwnerOnly.CreateFile(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path));
            return new BatchReport(path, trial, file, format, new ReportHead(title, DateTimeOffset.Now));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refuse(
                parameterName,
                $"'{path}' cannot be written: {exception.Message}",
                "Name a file in a folder that is there and can be written."
            );
        }
    }

    /// <summary>Returns the form that the extension of a path says.</summary>
    /// <exception cref="MembraneInputException">It says none.</exception>
    public static ReportFormat FormatOf(string path, string parameterName) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" => ReportFormat.Html,
            ".csv" => ReportFormat.Csv,
            ".json" => ReportFormat.Json,
            _ => throw Refuse(parameterName, $"'{path}' says no form of a report.", "Name a file with the extension .html, .csv or .json."),
        };

    /// <summary>Adds what became of an input. Where the disk is full, that is told at the end: the batch goes on.</summary>
    public void Add(ReportItem item)
    {
        counts.Add(item);
        if (failure is not null)
        {
            return;
        }

        try
        {
            writer.Add(item);
        }
        catch (IOException exception)
        {
            failure = exception;
        }
    }

    /// <summary>Completes the report, once.</summary>
    /// <param name="duration">How long the batch took.</param>
    /// <param name="isStopped">Whether it was stopped.</param>
    /// <exception cref="MembraneException">It could not be written (FileAccess).</exception>
    public void Complete(TimeSpan duration, bool isStopped)
    {
        if (isComplete)
        {
            return;
        }

        isComplete = true;
        head.Duration = duration;
        head.IsStopped = isStopped;
        try
        {
            if (failure is not null)
            {
                throw failure;
            }

            writer.Complete(head, counts);
            writer.Dispose();
            file.Dispose();
            Disk.Default.Put(trial, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MembraneException(
                ErrorIds.FileAccess,
                $"The report '{path}' could not be written: {exception.Message}",
                "The batch itself is not affected by that.",
                exception
            );
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Removes what is not a report.</summary>
    public void Dispose()
    {
        try
        {
            writer.Dispose();
            file.Dispose();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // What could not be written any more is not wanted any more either.
        }

        Disk.Default.DeleteFile(trial);
    }

    private static MembraneInputException Refuse(string parameterName, string message, string advice) =>
        new(ErrorIds.InvalidInput, parameterName, message, advice);
}
