using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Membrane.Client.Reports;

/// <summary>Everything, as one JSON object: the items as they come, then what is known at the end.</summary>
internal sealed class JsonReport : IReportWriter
{
    private const int FlushBytes = 64 * 1024;

    private readonly Utf8JsonWriter writer;

    public JsonReport(Stream stream)
    {
        writer = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2000 }
        );
        writer.WriteStartObject();
        writer.WriteStartArray("items");
    }

    public void Add(ReportItem item)
    {
        writer.WriteStartObject();
        writer.WriteNumber("inputIndex", item.Index);
        writer.WriteString("outcome", item.Outcome.ToString());
        writer.WriteNumber("seconds", Math.Round(item.Time.TotalSeconds, 3));
        if (item.ErrorId is not null)
        {
            writer.WriteString("errorId", item.ErrorId);
            writer.WriteString("message", ReportText.Clean(item.Message ?? string.Empty));
            if (item.RecommendedAction is { } advice)
            {
                writer.WriteString("recommendedAction", advice);
            }
        }

        Write("input", item.Input);
        Write("output", item.Output);
        writer.WriteEndObject();
        if (writer.BytesPending > FlushBytes)
        {
            writer.Flush();
        }
    }

    public void Complete(ReportHead head, ReportCounts counts)
    {
        writer.WriteEndArray();
        writer.WriteString("title", head.Title);
        writer.WriteString("startedAt", head.StartedAt);
        writer.WriteNumber("durationSeconds", Math.Round(head.Duration.TotalSeconds, 3));
        writer.WriteBoolean("stopped", head.IsStopped);
        writer.WriteStartObject("summary");
        writer.WriteNumber("total", counts.Total);
        foreach (var outcome in ReportCounts.Outcomes)
        {
            writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()), counts[outcome]);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("causes");
        foreach (var cause in counts.Causes)
        {
            writer.WriteStartObject();
            writer.WriteString("errorId", cause.ErrorId);
            writer.WriteNumber("count", cause.Count);
            writer.WriteString("message", ReportText.Clean(cause.Message));
            if (cause.RecommendedAction is { } advice)
            {
                writer.WriteString("recommendedAction", advice);
            }

            writer.WriteStartArray("inputIndexes");
            foreach (var index in cause.Indexes)
            {
                writer.WriteNumberValue(index);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("rate");
        writer.WriteNumber("slotSeconds", counts.SlotLength.TotalSeconds);
        writer.WriteStartArray("slots");
        foreach ((var done, var failed) in counts.Rate)
        {
            writer.WriteStartObject();
            writer.WriteNumber("succeeded", done);
            writer.WriteNumber("failed", failed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
    }

    public void Dispose() => writer.Dispose();

    private void Write(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
